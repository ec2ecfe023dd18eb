/** Longest wait for an idle period on a busy page, in milliseconds. */
const longestMs = 4_000;

/** Wait in browsers without `requestIdleCallback` (Safari), in milliseconds. */
const fallbackMs = 200;

/** Calls back once when the page is idle; returns a function that cancels. */
export function whenIdle(win: Window, callback: () => void): () => void {
  // Not `in`: where the browser lacks it, an element may have this ID.
  if (typeof (win as Partial<Window>).requestIdleCallback === 'function') {
    const handle = win.requestIdleCallback(callback, { timeout: longestMs });
    return () => win.cancelIdleCallback(handle);
  }
  const handle = win.setTimeout(callback, fallbackMs);
  return () => win.clearTimeout(handle);
}
