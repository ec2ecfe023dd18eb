import { expect } from '@open-wc/testing';
import { createPersistencePort } from '../../src/page/persistence.js';
import type { PersistencePort } from '../../src/session/ports.js';
import { FakePersistencePort } from '../support/fake-persistence-port.js';

const scope = { authority: 'https://login.example.com', deploymentId: '3f0c-contract' };

const ports: ReadonlyArray<readonly [name: string, make: () => PersistencePort]> = [
  ['the fake', () => new FakePersistencePort()],
  ['the storages of this browser', () => createPersistencePort(window, scope)],
];

for (const [name, make] of ports) {
  describe(`PersistencePort: ${name}`, () => {
    afterEach(() => {
      localStorage.removeItem(`gc-auth-messenger:frames:${scope.authority}`);
      sessionStorage.removeItem(`gc-auth-messenger:loop:${scope.deploymentId}`);
    });

    it('counts frames as usable until the opposite is remembered, and back', () => {
      const port = make();
      expect(port.framesUnusable()).to.equal(false);
      port.rememberFrames(true);
      expect(port.framesUnusable()).to.equal(true);
      port.rememberFrames(false);
      expect(port.framesUnusable()).to.equal(false);
    });

    it('keeps the loop entries that were saved last', () => {
      const port = make();
      expect(port.loopEntries()).to.eql([]);
      const at = Date.now();
      port.saveLoopEntries([['exchange', at]]);
      port.saveLoopEntries([
        ['exchange', at],
        ['redirect', at + 1],
      ]);
      expect(port.loopEntries()).to.eql([
        ['exchange', at],
        ['redirect', at + 1],
      ]);
    });

    it('is available where storage can be written', () => expect(make().available).to.equal(true));
  });
}
