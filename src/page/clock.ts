/** The two clocks of a page, in ms: one that people and servers set, one that only counts. */
export interface Clocks {
  wall(): number;
  monotonic(): number;
}

interface Counter {
  now(): number;
}

const startedAt = Date.now();

/** What counts the time of a page, in ms: `performance`, unless the page has a global variable of that name. */
export const monotonicClock = ({ performance }: { readonly performance: unknown }): Counter =>
  typeof (Object(performance) as Partial<Counter>).now === 'function'
    ? (performance as Counter)
    : { now: () => Date.now() - startedAt };

const platformClocks: Clocks = { wall: () => Date.now(), monotonic: () => monotonicClock(globalThis).now() };

/** Clocks that differ by more than this, in milliseconds: the wall clock was set, or the device slept. */
const toleranceMs = 1_000;

/**
 * A clock in epoch ms that never goes backwards and counts sleep. The wall clock includes sleep but can be set back. The
 * monotonic clock cannot, but stops during sleep on several systems (https://github.com/w3c/hr-time/issues/115). So the
 * monotonic clock sets the pace, and the time jumps ahead when the wall clock does. After the wall clock was set back, its
 * later jumps still count.
 */
export function createClock(clocks: Clocks = platformClocks): () => number {
  let offset = clocks.wall() - clocks.monotonic();
  let setBack = 0;
  return () => {
    const monotonic = clocks.monotonic() + offset;
    const lead = clocks.wall() + setBack - monotonic;
    if (lead > toleranceMs) offset += lead;
    if (lead < -toleranceMs) setBack -= lead;
    return lead > toleranceMs ? monotonic + lead : monotonic;
  };
}
