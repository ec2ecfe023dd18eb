import type { SchedulerLike, Unsubscribable } from 'rxjs';

/** A document that was here sooner came from the cache, and tells nothing of the network. */
const cachedMs = 20;

/** What a provider may take to think, in milliseconds. */
const thinkingMs = 4000;

/** Connections, redirects and scripts of a sign-in without a person are done in so many round trips, with time to spare. */
const roundTrips = 30;

/** How long to wait for an answer: less than `longestMs` where the way to `url`, visited before, is known to be short. */
export function patienceMs(url: string, win: Window, longestMs: number): number {
  const { connection } = win.navigator as Navigator & { connection?: { rtt?: number } };
  const measured = win.performance.getEntriesByName(url, 'resource').map(({ duration }) => duration);
  const tripMs = Math.max(connection?.rtt ?? 0, ...measured);
  return tripMs > cachedMs ? Math.min(longestMs, thinkingMs + roundTrips * tripMs) : longestMs;
}

/** Calls back when the page was seen for so long in one piece: browsers slow down the frames of a hidden page. */
export function afterSeen({ document }: Window, scheduler: SchedulerLike, ms: number, work: () => void): () => void {
  let timer: Unsubscribable | undefined;
  const restart = (): void => {
    timer?.unsubscribe();
    timer = document.hidden ? undefined : scheduler.schedule(work, ms);
  };
  document.addEventListener('visibilitychange', restart);
  restart();
  return () => {
    document.removeEventListener('visibilitychange', restart);
    timer?.unsubscribe();
  };
}
