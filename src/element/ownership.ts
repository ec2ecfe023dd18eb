/** One Messenger lives in a window, so one element at a time may drive it. */
interface Owned {
  [owner]?: Element | undefined;
}

const owner = Symbol.for('gc-auth-messenger:owner');
const freed = 'gc-auth-messenger:freed';

/** Whether the element drives Messenger from now on. */
export function claim(win: Window & Owned, element: Element): boolean {
  const holder = win[owner];
  if (holder && holder !== element) return false;
  win[owner] = element;
  return true;
}

/** Lets go; an element that waits may claim. */
export function release(win: Window & Owned, element: Element): void {
  if (win[owner] !== element) return;
  win[owner] = undefined;
  win.dispatchEvent(new Event(freed));
}

/** Calls back, once, when Messenger is free. */
export function whenFreed(win: Window, callback: () => void): () => void {
  win.addEventListener(freed, callback, { once: true });
  return () => win.removeEventListener(freed, callback);
}
