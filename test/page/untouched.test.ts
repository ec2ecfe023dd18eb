import { expect, fixture, html } from '@open-wc/testing';
import { watchUntouched } from '../../src/page/untouched.js';
import { windowWith } from '../support/window-with.js';

type Listener = (event: { readonly isTrusted: boolean }) => void;

/** A page that is younger than the one under test, and lets a test act like a person: script's events are not trusted. */
function young(now = 0, changes: object = {}) {
  const listeners = new Map<string, Listener>();
  const page = {
    get activeElement() {
      return document.activeElement;
    },
    querySelectorAll: (selector: string) => document.querySelectorAll(selector),
    addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
    removeEventListener: (type: string) => listeners.delete(type),
  };
  const members = { document: page, performance: { now: () => now }, PerformanceObserver: undefined };
  // Keeps getters.
  const win = windowWith(Object.defineProperties<object>(members, Object.getOwnPropertyDescriptors(changes)));
  return { win, listeners, send: (type: string, isTrusted = true) => listeners.get(type)?.({ isTrusted }) };
}

describe('watchUntouched()', () => {
  it('is true on a page that is being loaded', () => expect(watchUntouched(young().win)()).to.equal(true));

  it('is false later than 30 s after the navigation', () =>
    expect(watchUntouched(young(30_000).win)()).to.equal(false));

  it('is false on a page that is scrolled, unless it was opened at a fragment', () => {
    expect(watchUntouched(young(0, { scrollY: 10, location: { hash: '' } }).win)()).to.equal(false);
    expect(watchUntouched(young(0, { scrollY: 10, location: { hash: '#part' } }).win)()).to.equal(true);
  });

  it('is false after scrolling that sent no event yet, as on a page that is not drawn', () => {
    let scrollY = 0;
    const changes = {
      location: { hash: '' },
      get scrollY() {
        return scrollY;
      },
    };
    const untouched = watchUntouched(young(0, changes).win);
    expect(untouched()).to.equal(true);
    scrollY = 200;
    expect(untouched()).to.equal(false);
  });

  it('is false where somebody has typed, and where somebody edits', async () => {
    const field = await fixture<HTMLInputElement>(html`<input value="a" />`);
    const untouched = watchUntouched(young().win);
    expect(untouched()).to.equal(true);
    field.value = 'b';
    expect(untouched()).to.equal(false);
    field.value = 'a';
    const editor = await fixture<HTMLElement>(html`<p contenteditable>text</p>`);
    editor.focus();
    expect(untouched()).to.equal(false);
  });

  it('is false after an input before this script ran', () => {
    let notify = (): void => undefined;
    class Observer {
      constructor(callback: () => void) {
        notify = callback;
      }
      observe(options: object): void {
        expect(options).to.eql({ type: 'first-input', buffered: true });
      }
      disconnect(): void {}
    }
    const untouched = watchUntouched(young(0, { PerformanceObserver: Observer }).win);
    notify();
    expect(untouched()).to.equal(false);
  });

  it('survives a browser that cannot observe that', () => {
    class Observer {
      observe(): void {
        throw new TypeError('not supported');
      }
    }
    expect(watchUntouched(young(0, { PerformanceObserver: Observer }).win)()).to.equal(true);
  });

  for (const type of ['pointerdown', 'touchstart', 'wheel', 'scroll', 'keydown', 'input']) {
    it(`is false after ${type}`, () => {
      const { win, send, listeners } = young();
      const untouched = watchUntouched(win);
      send(type);
      expect([untouched(), listeners.size]).to.eql([false, 0]);
    });
  }

  it('ignores the events of script', () => {
    const { win, send } = young();
    const untouched = watchUntouched(win);
    send('scroll', false);
    expect(untouched()).to.equal(true);
  });
});
