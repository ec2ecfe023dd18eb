/** The two clocks of a page: one that people and servers set, one that only runs. */
export interface Clocks {
  wall(): number;
  monotonic(): number;
}

const own: Clocks = { wall: () => Date.now(), monotonic: () => performance.now() };

/** Clocks that differ by more than this were set, or one of them slept. */
const toleranceMs = 1_000;

/**
 * A clock in epoch ms that never goes backwards and counts sleep. The wall clock includes sleep but can be set
 * back; the monotonic clock cannot, but stands still during sleep on several systems
 * (https://github.com/w3c/hr-time/issues/115). So time runs by the monotonic clock, leaps ahead with the wall
 * clock, and a wall clock that was set back is followed from where it is.
 */
export function createClock(clocks: Clocks = own): () => number {
  let ahead = clocks.wall() - clocks.monotonic();
  let setBack = 0;
  return () => {
    const monotonic = clocks.monotonic() + ahead;
    const lead = clocks.wall() + setBack - monotonic;
    if (lead > toleranceMs) ahead += lead;
    if (lead < -toleranceMs) setBack -= lead;
    return lead > toleranceMs ? monotonic + lead : monotonic;
  };
}
