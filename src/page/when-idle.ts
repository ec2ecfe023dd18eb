import { Observable } from 'rxjs';

/** Longest wait for an idle moment on a busy page. */
const longestMs = 4_000;

/** Emits once when the page has nothing else to do. Safari has no `requestIdleCallback`. */
export function whenIdle(win: Window): Observable<void> {
  return new Observable((subscriber) => {
    const done = () => {
      subscriber.next();
      subscriber.complete();
    };
    if ('requestIdleCallback' in win) {
      const handle = win.requestIdleCallback(done, { timeout: longestMs });
      return () => win.cancelIdleCallback(handle);
    }
    const handle = (win as Window).setTimeout(done, 200);
    return () => (win as Window).clearTimeout(handle);
  });
}
