import { expect } from '@open-wc/testing';
import { createPagePort } from '../../src/page/page-port.js';

/** A window whose visibility and network a test controls. */
function fakeWindow() {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const navigator = { onLine: true };
  const win = Object.assign(new EventTarget(), { document, navigator });
  const woken: string[] = [];
  const port = createPagePort(win as unknown as Window);
  return {
    win,
    document,
    navigator,
    port,
    woken,
    subscribe: () => port.wake$.subscribe((reason) => woken.push(reason)),
  };
}

describe('the page port', () => {
  it('wakes when the page becomes visible, not when it is hidden', () => {
    const { document, subscribe, woken } = fakeWindow();
    subscribe();
    document.visibilityState = 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    expect(woken).to.eql([]);
    document.visibilityState = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    expect(woken).to.eql(['visibilitychange']);
  });

  it('wakes when the page returns from the back/forward cache, not at its first load', () => {
    const { win, subscribe, woken } = fakeWindow();
    subscribe();
    win.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    expect(woken).to.eql([]);
    win.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(woken).to.eql(['pageshow']);
  });

  it('wakes when the page is resumed, online or focused', () => {
    const { win, document, subscribe, woken } = fakeWindow();
    subscribe();
    document.dispatchEvent(new Event('resume'));
    win.dispatchEvent(new Event('online'));
    win.dispatchEvent(new Event('focus'));
    expect(woken).to.eql(['resume', 'online', 'focus']);
  });

  it('listens only while subscribed', () => {
    const { win, document, subscribe, woken } = fakeWindow();
    win.dispatchEvent(new Event('focus'));
    subscribe().unsubscribe();
    win.dispatchEvent(new Event('focus'));
    document.dispatchEvent(new Event('resume'));
    expect(woken).to.eql([]);
  });

  it('reads visibility and network', () => {
    const { document, navigator, port } = fakeWindow();
    expect([port.isVisible(), port.isOnline()]).to.eql([true, true]);
    document.visibilityState = 'hidden';
    navigator.onLine = false;
    expect([port.isVisible(), port.isOnline()]).to.eql([false, false]);
  });
});
