/** Longest wait for an idle moment on a busy page. */
const longestMs = 4_000;

/** Calls back once when the page has nothing else to do; returns how to stop waiting. Safari has no `requestIdleCallback`. */
export function whenIdle(win: Window, callback: () => void): () => void {
  if ('requestIdleCallback' in win) {
    const handle = win.requestIdleCallback(callback, { timeout: longestMs });
    return () => win.cancelIdleCallback(handle);
  }
  const handle = (win as Window).setTimeout(callback, 200);
  return () => (win as Window).clearTimeout(handle);
}
