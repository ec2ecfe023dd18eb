const minute = 60_000;

/** Everything that is assumed; times in ms since the beginning. */
export const assumptions = {
  browsers: 100_000,
  jwtLifeMs: 15 * minute,
  outageBeginsMs: 25 * minute,
  outageEndsMs: 35 * minute,
  endsMs: 55 * minute,
  /** Answers of Genesys, good or bad; during the outage it answers 503. */
  genesysMs: 200,
  /** A code in a frame; during the outage the frame shows an error page, which is noticed after this time. */
  providerMs: 300,
  errorPageMs: 1_000,
  /** A person comes back to the page so often on average, and only that brings back who waits for one. */
  seenEveryMs: 5 * minute,
  /** What people write by hand: a timer so long before `exp`, and after a failure another so much later. */
  naiveLeadMs: 10_000,
  naiveRetryMs: 5_000,
};

/** Over how long the fleet signed in. */
export const starts = {
  /** As JWTs are in the middle of a day. */
  spread: assumptions.jwtLifeMs,
  /** As at the beginning of a shift. */
  together: minute,
};
export type Start = keyof typeof starts;

export const isOut = (at: number): boolean => at >= assumptions.outageBeginsMs && at < assumptions.outageEndsMs;

/** Numbers 0…1 that are the same every time (xorshift32). */
export function numbers(seed: number): () => number {
  let last = seed;
  return () => {
    last ^= last << 13;
    last ^= last >>> 17;
    last ^= last << 5;
    return (last >>> 0) / 2 ** 32;
  };
}
