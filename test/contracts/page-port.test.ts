import { expect } from '@open-wc/testing';
import { createPagePort } from '../../src/page/page-port.js';
import type { PagePort } from '../../src/session/ports.js';
import { FakePagePort } from '../support/fake-ports.js';

interface Harness {
  readonly port: PagePort;
  /** A cause of stopped timers ends. */
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
    it('emits each wake event to each subscriber, and none after unsubscribe', () => {
      const { port, wake } = make();
      const received: string[] = [];
      wake();
      const one = port.wake$.subscribe((reason) => received.push(`one ${reason}`));
      const two = port.wake$.subscribe((reason) => received.push(`two ${reason}`));
      wake();
      two.unsubscribe();
      wake();
      one.unsubscribe();
      wake();
      expect(received).to.eql(['one online', 'two online', 'one online']);
    });

    it('reads visibility and network', () => {
      const { port } = make();
      expect(port.isVisible()).to.equal(true);
      expect(port.isOnline()).to.equal(true);
    });
  });
}
