import { concat, fromEvent, NEVER, Observable, of, takeUntil, timeout } from 'rxjs';
import type { SchedulerLike } from 'rxjs';

/** Longest wait for the lock, and longest hold of it, in milliseconds. */
const limitMs = 5_000;

/**
 * One lock for all tabs, so that one at a time renews the JWT. Emits once, when this tab may start: with the lock, or
 * after 5 s without it, because a tab that holds the lock may be frozen, and stealing the lock would not stop its work.
 * Holds the lock until unsubscribed, for 5 s at most.
 *
 * A page in the back/forward cache is evicted when another page requests a lock that it holds, so it releases the lock,
 * and leaves the queue, on `pagehide` (https://web.dev/articles/bfcache).
 */
export function renewalLock(win: Window, name: string, scheduler: SchedulerLike): Observable<void> {
  const lock$ = requestLock(win, name).pipe(takeUntil(fromEvent(win, 'pagehide')));
  return concat(lock$, NEVER).pipe(
    // Either limit unsubscribes from the lock: once before it is held, once while it is.
    timeout({ each: limitMs, scheduler, with: ({ seen }) => (seen ? NEVER : concat(of(undefined), NEVER)) }),
  );
}

/** Emits when the lock is held, or when the browser offers none; unsubscribing releases it or leaves the queue. */
const requestLock = (win: Window, name: string): Observable<void> =>
  new Observable((subscriber) => {
    const controller = new AbortController();
    const { signal } = controller;
    subscriber.add(() => controller.abort());
    let started = false;
    const start = (): void => {
      if (!started) subscriber.next();
      started = true;
    };
    const hold = async (): Promise<void> => {
      // The browser may grant a request in the moment in which it is aborted.
      if (signal.aborted) return;
      const released = new Promise<void>((release) => signal.addEventListener('abort', () => release()));
      start();
      await released;
    };
    const request = async (): Promise<void> => win.navigator.locks.request(name, { signal }, hold);
    // There is no `locks`, or requests are refused: opaque origins, blocked site data.
    request().catch(start);
  });
