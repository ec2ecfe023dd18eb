import { expect } from '@open-wc/testing';
import { createPagePort } from '../../src/page/page-port.js';
import type { PagePort } from '../../src/session/ports.js';
import { FakePagePort } from '../support/fake-ports.js';

interface Harness {
  readonly port: PagePort;
  /** Something that may have stopped the timers is over. */
  wake(): void;
}

const ports: ReadonlyArray<readonly [name: string, make: () => Harness]> = [
  [
    'the fake page',
    () => {
      const port = new FakePagePort();
      return { port, wake: () => port.wake$.next('online') };
    },
  ],
  ['this page', () => ({ port: createPagePort(window), wake: () => window.dispatchEvent(new Event('online')) })],
];

for (const [name, make] of ports) {
  describe(`PagePort: ${name}`, () => {
    it('tells each who listens of each reason to look at the clock, and none after they left', () => {
      const { port, wake } = make();
      const heard: string[] = [];
      wake();
      const one = port.wake$.subscribe((reason) => heard.push(`one ${reason}`));
      const two = port.wake$.subscribe((reason) => heard.push(`two ${reason}`));
      wake();
      two.unsubscribe();
      wake();
      one.unsubscribe();
      wake();
      expect(heard).to.eql(['one online', 'two online', 'one online']);
    });

    it('knows at any moment whether it is seen and online', () => {
      const { port } = make();
      expect(port.isVisible()).to.equal(true);
      expect(port.isOnline()).to.equal(true);
    });
  });
}
