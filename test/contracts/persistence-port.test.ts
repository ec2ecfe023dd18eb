import { expect } from '@open-wc/testing';
import { createPersistencePort } from '../../src/page/persistence.js';
import type { PersistencePort } from '../../src/session/ports.js';
import { FakePersistencePort } from '../support/fake-persistence-port.js';

const scope = { authority: 'https://login.example.com', deploymentId: '3f0c-contract' };

const ports: ReadonlyArray<readonly [name: string, make: () => PersistencePort]> = [
  ['the fake memory', () => new FakePersistencePort()],
  ["this browser's storages", () => createPersistencePort(window, scope)],
];

for (const [name, make] of ports) {
  describe(`PersistencePort: ${name}`, () => {
    afterEach(() => {
      localStorage.removeItem(`gc-auth-messenger:frames:${scope.authority}`);
      sessionStorage.removeItem(`gc-auth-messenger:tries:${scope.deploymentId}`);
    });

    it('takes frames for useful until it learns better, and learns again', () => {
      const port = make();
      expect(port.framesUnusable()).to.equal(false);
      port.rememberFrames(true);
      expect(port.framesUnusable()).to.equal(true);
      port.rememberFrames(false);
      expect(port.framesUnusable()).to.equal(false);
    });

    it('keeps the tries it was given last', () => {
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

    it('works in a browser that lets it', () => expect(make().available).to.equal(true));
  });
}
