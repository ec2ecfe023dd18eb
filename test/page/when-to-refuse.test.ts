import { expect } from '@open-wc/testing';
import { whenToRefuse } from '../../src/page/when-to-refuse.js';
import { windowWith } from '../support/window-with.js';

/** A window whose time passes by hand. */
function page(readyState: DocumentReadyState) {
  const timers: Array<{ ms: number; callback: () => void }> = [];
  const events = new EventTarget();
  const document = Object.assign(events, { readyState });
  const win = windowWith({
    document: document,
    setTimeout: (callback: () => void, ms: number) => timers.push({ ms, callback }),
    clearTimeout: (handle: number) => void timers.splice(handle - 1, 1),
  });
  let refused = 0;
  return {
    win,
    timers,
    refuse: () => refused++,
    refused: () => refused,
    parsed: () => events.dispatchEvent(new Event('DOMContentLoaded')),
  };
}

describe('an element that cannot start', () => {
  it('says so at once on a page that is parsed', () => {
    const { win, refuse, refused } = page('interactive');
    whenToRefuse('config-invalid', win, refuse);
    expect(refused()).to.equal(1);
  });

  it('waits for attributes until the page is parsed', () => {
    const { win, refuse, refused, parsed, timers } = page('loading');
    whenToRefuse('config-invalid', win, refuse);
    expect(refused()).to.equal(0);
    parsed();
    parsed();
    expect([refused(), timers.length]).to.eql([1, 0]);
  });

  it('waits for them at most a second', () => {
    const { win, refuse, refused, parsed, timers } = page('loading');
    whenToRefuse('config-invalid', win, refuse);
    expect(timers[0]!.ms).to.equal(1_000);
    timers[0]!.callback();
    parsed();
    expect(refused()).to.equal(1);
  });

  it('waits half a second for the element that it replaces to go', () => {
    const { win, refuse, refused, timers } = page('complete');
    whenToRefuse('duplicate-element', win, refuse);
    expect([refused(), timers[0]!.ms]).to.eql([0, 500]);
    timers[0]!.callback();
    expect(refused()).to.equal(1);
  });

  for (const [code, readyState] of [
    ['config-invalid', 'loading'],
    ['duplicate-element', 'complete'],
  ] as const) {
    it(`says nothing when something has changed before: ${code}`, () => {
      const { win, refuse, refused, parsed, timers } = page(readyState);
      whenToRefuse(code, win, refuse)();
      parsed();
      expect([refused(), timers.length]).to.eql([0, 0]);
    });
  }
});
