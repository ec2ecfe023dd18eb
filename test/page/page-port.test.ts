import { expect } from '@open-wc/testing';
import { createPagePort } from '../../src/page/page-port.js';

/** A window of which a test decides whether it is seen and online. */
function fakeWindow() {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const navigator = { onLine: true };
  const win = Object.assign(new EventTarget(), { document, navigator });
  const woken: string[] = [];
  const port = createPagePort(win as unknown as Window);
  return { win, document, navigator, port, woken, listen: () => port.wake$.subscribe((reason) => woken.push(reason)) };
}

describe('what a page says of itself', () => {
  it('wakes when it is seen, and not when it is hidden', () => {
    const { document, listen, woken } = fakeWindow();
    listen();
    document.visibilityState = 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    expect(woken).to.eql([]);
    document.visibilityState = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    expect(woken).to.eql(['visibilitychange']);
  });

  it('wakes when it comes back from the back/forward cache, and not at its first load', () => {
    const { win, listen, woken } = fakeWindow();
    listen();
    win.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    expect(woken).to.eql([]);
    win.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(woken).to.eql(['pageshow']);
  });

  it('wakes when it is resumed, online or focused', () => {
    const { win, document, listen, woken } = fakeWindow();
    listen();
    document.dispatchEvent(new Event('resume'));
    win.dispatchEvent(new Event('online'));
    win.dispatchEvent(new Event('focus'));
    expect(woken).to.eql(['resume', 'online', 'focus']);
  });

  it('listens only while someone does', () => {
    const { win, document, listen, woken } = fakeWindow();
    win.dispatchEvent(new Event('focus'));
    const listening = listen();
    listening.unsubscribe();
    win.dispatchEvent(new Event('focus'));
    document.dispatchEvent(new Event('resume'));
    expect(woken).to.eql([]);
  });

  it('knows whether it is seen and online', () => {
    const { document, navigator, port } = fakeWindow();
    expect([port.isVisible(), port.isOnline()]).to.eql([true, true]);
    document.visibilityState = 'hidden';
    navigator.onLine = false;
    expect([port.isVisible(), port.isOnline()]).to.eql([false, false]);
  });
});
