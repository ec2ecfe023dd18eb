import { Observable } from 'rxjs';
import type { SchedulerLike } from 'rxjs';

/** Longest wait for the lock, and longest hold of it, in milliseconds. */
const boundMs = 5_000;

/**
 * One lock for all tabs, held for one piece of work. A tab may be frozen while it holds it, and taking it away would not
 * stop what that tab does: who has waited for the bound goes on without. A page in the back/forward cache is thrown out
 * when another wants its lock, so it gives up the lock, and its place in the line, on `pagehide`
 * (https://web.dev/articles/bfcache).
 */
export const renewalLock = (win: Window, name: string, scheduler: SchedulerLike): Observable<void> =>
  new Observable((subscriber) => {
    const ending = new AbortController();
    const { signal } = ending;
    const end = (): void => ending.abort();
    let begun = false;
    const begin = (): void => {
      if (begun) return;
      begun = true;
      timer.unsubscribe();
      timer = scheduler.schedule(end, boundMs);
      subscriber.next();
    };
    let timer = scheduler.schedule(() => {
      end();
      begin();
    }, boundMs);
    subscriber.add(() => {
      timer.unsubscribe();
      end();
    });
    win.addEventListener('pagehide', end, { signal });
    const hold = async (): Promise<void> => {
      // It may be granted and given up in the same moment.
      if (signal.aborted) return;
      const released = new Promise<void>((release) => signal.addEventListener('abort', () => release()));
      begin();
      await released;
    };
    const request = async (): Promise<void> => win.navigator.locks.request(name, { signal }, hold);
    request().catch(() => {
      // Missing, or refused as in opaque origins and where site data is blocked: there is no line to stand in.
      if (!signal.aborted) begin();
    });
  });
