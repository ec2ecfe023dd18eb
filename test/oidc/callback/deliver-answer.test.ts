import { expect } from '@open-wc/testing';
import { deliverAnswer } from '../../../src/oidc/callback/deliver-answer.js';

/** A window that is not framed. */
function popupWith(members: object): Window {
  const win = { location: { origin: location.origin }, opener: null, close: () => undefined, ...members };
  return Object.assign(win, { top: win }) as unknown as Window;
}

describe('an answer in a popup', () => {
  const { BroadcastChannel } = window;
  afterEach(() => Object.assign(window, { BroadcastChannel }));

  const refused = class {
    constructor() {
      throw new DOMException('Access is denied.', 'SecurityError');
    }
  };
  for (const [title, replacement] of [
    ['has no channels', undefined],
    ['refuses channels', refused],
  ] as const) {
    it(`reaches the opener where the browser ${title}`, () => {
      Object.assign(window, { BroadcastChannel: replacement });
      const posted: unknown[] = [];
      let closed = false;
      const win = popupWith({
        opener: { postMessage: (message: unknown, origin: string) => posted.push([message, origin]) },
        close: () => (closed = true),
      });
      deliverAnswer(win, new URLSearchParams('state=s1&code=c1'), () => undefined);
      const message = { type: 'gc-auth-messenger:answer', version: 1, params: 'state=s1&code=c1' };
      expect(posted).to.deep.equal([[message, location.origin]]);
      expect(closed).to.equal(true);
    });
  }

  it('opens a few channels at most, however often its state is repeated', () => {
    const opened: string[] = [];
    Object.assign(window, {
      BroadcastChannel: class {
        constructor(name: string) {
          opened.push(name);
        }
        postMessage() {}
        close() {}
      },
    });
    deliverAnswer(popupWith({}), new URLSearchParams(`code=c1${'&state=s1'.repeat(1000)}`), () => undefined);
    expect(opened).to.have.lengthOf(3);
  });
});
