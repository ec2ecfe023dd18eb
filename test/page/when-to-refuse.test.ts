import { expect } from '@open-wc/testing';
import { whenToRefuse } from '../../src/page/when-to-refuse.js';
import type { ErrorCode } from '../../src/core/errors.js';
import { VirtualTime } from '../support/virtual-time.js';
import { documentWith } from '../support/window-with.js';

/** A page in virtual time that is parsed when the test says so. */
function page(readyState: DocumentReadyState) {
  const time = new VirtualTime();
  const events = new EventTarget();
  const document = documentWith({
    readyState,
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
  });
  let refused = 0;
  return {
    time,
    refused: () => refused,
    cannotStart: (code: ErrorCode) => whenToRefuse(code, { document }, () => refused++, time),
    parsed: () => events.dispatchEvent(new Event('DOMContentLoaded')),
  };
}

describe('an element that cannot start', () => {
  it('says so at once on a page that is parsed', () => {
    const { cannotStart, refused } = page('interactive');
    cannotStart('config-invalid');
    expect(refused()).to.equal(1);
  });

  it('waits for attributes until the page is parsed', () => {
    const { cannotStart, refused, parsed, time } = page('loading');
    cannotStart('config-invalid');
    expect(refused()).to.equal(0);
    parsed();
    expect(refused()).to.equal(1);
    parsed();
    time.advance(10_000);
    expect(refused(), 'once').to.equal(1);
  });

  it('waits for them at most a second', () => {
    const { cannotStart, refused, parsed, time } = page('loading');
    cannotStart('config-invalid');
    time.advance(999);
    expect(refused()).to.equal(0);
    time.advance(1);
    parsed();
    expect(refused()).to.equal(1);
  });

  it('waits half a second for the element that it replaces to go', () => {
    const { cannotStart, refused, time } = page('complete');
    cannotStart('duplicate-element');
    time.advance(499);
    expect(refused()).to.equal(0);
    time.advance(1);
    expect(refused()).to.equal(1);
  });

  for (const [code, readyState] of [
    ['config-invalid', 'loading'],
    ['duplicate-element', 'complete'],
  ] as const) {
    it(`says nothing when something has changed before: ${code}`, () => {
      const { cannotStart, refused, parsed, time } = page(readyState);
      cannotStart(code)();
      parsed();
      time.advance(10_000);
      expect(refused()).to.equal(0);
    });
  }

  it('reads no member of document that an element of the page overrides', () => {
    const forms = ['readyState', 'addEventListener', 'removeEventListener'].map((name) =>
      Object.assign(document.createElement('form'), { name }),
    );
    document.body.append(...forms);
    try {
      expect(document.readyState, 'the page does override it').to.equal(forms[0]);
      let refused = 0;
      whenToRefuse('config-invalid', window, () => refused++);
      expect(refused, 'the page is parsed').to.equal(1);
    } finally {
      for (const form of forms) form.remove();
    }
  });
});
