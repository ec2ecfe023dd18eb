import { expect } from '@open-wc/testing';
import { createMemoryPort } from '../../src/page/memory.js';
import type { MemoryPort } from '../../src/session/ports.js';
import { FakeMemoryPort } from '../support/fake-memory-port.js';

const scope = { authority: 'https://login.example.com', deploymentId: '3f0c-contract' };

const ports: ReadonlyArray<readonly [name: string, make: () => MemoryPort]> = [
  ['the fake memory', () => new FakeMemoryPort()],
  ["this browser's storages", () => createMemoryPort(window, scope)],
];

for (const [name, make] of ports) {
  describe(`MemoryPort: ${name}`, () => {
    afterEach(() => {
      localStorage.removeItem(`gc-auth-messenger:frames:${scope.authority}`);
      sessionStorage.removeItem(`gc-auth-messenger:tries:${scope.deploymentId}`);
    });

    it('takes frames for useful until it learns better, and learns again', () => {
      const port = make();
      expect(port.framesUseless()).to.equal(false);
      port.learnFrames(true);
      expect(port.framesUseless()).to.equal(true);
      port.learnFrames(false);
      expect(port.framesUseless()).to.equal(false);
    });

    it('keeps the tries it was given last', () => {
      const port = make();
      expect(port.tries()).to.eql([]);
      const at = Date.now();
      port.keepTries([['exchange', at]]);
      port.keepTries([
        ['exchange', at],
        ['redirect', at + 1],
      ]);
      expect(port.tries()).to.eql([
        ['exchange', at],
        ['redirect', at + 1],
      ]);
    });

    it('works in a browser that lets it', () => expect(make().works).to.equal(true));
  });
}
