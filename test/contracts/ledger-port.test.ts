import { expect } from '@open-wc/testing';
import { lastValueFrom, toArray } from 'rxjs';
import { createCodeLedger } from '../../src/oidc/code-ledger.js';
import type { LedgerPort } from '../../src/session/ports.js';
import { FakeLedgerPort } from '../support/fake-ports.js';

const ports: ReadonlyArray<readonly [name: string, make: () => LedgerPort]> = [
  ['the fake', () => new FakeLedgerPort()],
  ['local storage', () => createCodeLedger(window)],
];

for (const [name, make] of ports) {
  describe(`LedgerPort: ${name}`, () => {
    afterEach(() => localStorage.removeItem('gc-auth-messenger:spent'));

    const markUsed = (port: LedgerPort, value: string): Promise<boolean[]> =>
      lastValueFrom(port.markUsed(value).pipe(toArray()));

    it('emits true for a new value, afterwards false, and completes', async () => {
      const port = make();
      expect(await markUsed(port, 'a code')).to.eql([true]);
      expect(await markUsed(port, 'a code')).to.eql([false]);
      expect(await markUsed(port, 'another code')).to.eql([true]);
    });

    it('emits true to one of two concurrent subscribers', async () => {
      const port = make();
      const both = await Promise.all([markUsed(port, 'a code'), markUsed(port, 'a code')]);
      expect(both.flat().sort()).to.eql([false, true]);
    });

    it('marks nothing before subscribe', async () => {
      const port = make();
      port.markUsed('a code');
      expect(await markUsed(port, 'a code')).to.eql([true]);
    });
  });
}
