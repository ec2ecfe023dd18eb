import { expect } from '@open-wc/testing';
import { lastValueFrom, toArray } from 'rxjs';
import { createCodeLedger } from '../../src/oidc/code-ledger.js';
import type { LedgerPort } from '../../src/session/ports.js';
import { FakeLedgerPort } from '../support/fake-ports.js';

const ports: ReadonlyArray<readonly [name: string, make: () => LedgerPort]> = [
  ['the fake ledger', () => new FakeLedgerPort()],
  ['the ledger in local storage', () => createCodeLedger(window)],
];

for (const [name, make] of ports) {
  describe(`LedgerPort: ${name}`, () => {
    afterEach(() => localStorage.removeItem('gc-auth-messenger:spent'));

    const spend = (port: LedgerPort, value: string): Promise<boolean[]> =>
      lastValueFrom(port.markUsed(value).pipe(toArray()));

    it('says once that a value was never seen, and completes', async () => {
      const port = make();
      expect(await spend(port, 'a code')).to.eql([true]);
      expect(await spend(port, 'a code')).to.eql([false]);
      expect(await spend(port, 'another code')).to.eql([true]);
    });

    it('gives a value to one of two who spend it at the same time', async () => {
      const port = make();
      const both = await Promise.all([spend(port, 'a code'), spend(port, 'a code')]);
      expect(both.flat().sort()).to.eql([false, true]);
    });

    it('spends nothing before someone subscribes', async () => {
      const port = make();
      port.markUsed('a code');
      expect(await spend(port, 'a code')).to.eql([true]);
    });
  });
}
