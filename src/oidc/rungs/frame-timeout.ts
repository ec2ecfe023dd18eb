import { EMPTY, fromEvent, startWith, switchMap, take, timer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { platformEvents, platformMember } from '../../core/platform-member.js';
import { attempt } from '../../core/stored-value.js';

/** A document that arrived sooner came from the cache, and tells nothing about the network. In milliseconds. */
const cachedMs = 20;

/** How long a provider may take to think, in milliseconds. */
const thinkingMs = 4000;

/** Connections, redirects and scripts of a sign-in without a person take fewer round trips than this. */
const roundTrips = 30;

/**
 * How long to wait for an answer, in milliseconds: less than `longestMs` where requests to `url` are known to be fast.
 */
export function silentTimeoutFor(url: string, win: Window, longestMs: number): number {
  const { connection } = win.navigator as Navigator & { connection?: { rtt?: number } };
  // A page may have a global variable `performance`.
  const entries = attempt(() => win.performance.getEntriesByName(url, 'resource')) ?? [];
  const measured = entries.map(({ duration }) => duration);
  const tripMs = Math.max(connection?.rtt ?? 0, ...measured);
  return tripMs > cachedMs ? Math.min(longestMs, thinkingMs + roundTrips * tripMs) : longestMs;
}

/** Emits once the page has been visible for `ms` without a break: browsers slow down the frames of a hidden page. */
export const visibleFor = ({ document }: Window, ms: number, scheduler: SchedulerLike): Observable<unknown> =>
  fromEvent(platformEvents(document), 'visibilitychange').pipe(
    startWith(undefined),
    // Latest wins: each change starts the count again.
    switchMap(() => (platformMember(document, 'hidden') ? EMPTY : timer(ms, scheduler))),
    take(1),
  );
