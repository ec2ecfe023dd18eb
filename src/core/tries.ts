/** One thing that can become a loop, and when it happened, epoch ms. */
export type Try = readonly [cause: Cause, at: number];

/** A silent attempt began; an exchange came to nothing; the page was left for the provider. */
export type Cause = 'silent' | 'exchange' | 'redirect';

/** More than so many within so many milliseconds are a loop. */
const limits: Readonly<Record<Cause, readonly [most: number, windowMs: number]>> = {
  // Exchanges that succeed can be a loop too: a socket that refuses every JWT makes Messenger ask again at once.
  silent: [12, 60_000],
  exchange: [2, 120_000],
  redirect: [3, 300_000],
};

const isCause = (cause: string): cause is Cause => cause in limits;

/** Those that still count. What comes out of storage may be anything. */
export const recentTries = (tries: ReadonlyArray<readonly [string, number]>, now: number): readonly Try[] =>
  tries.filter((one): one is Try => isCause(one[0]) && Math.abs(now - one[1]) < limits[one[0]][1]);

export const isLoop = (tries: readonly Try[], cause: Cause): boolean =>
  tries.filter(([other]) => other === cause).length > limits[cause][0];

/** What counts of a loop that has rested: the next exchange that comes to nothing is one too many. */
export const rested = (tries: readonly Try[], now: number): readonly Try[] =>
  tries
    .filter(([cause]) => cause === 'exchange')
    .slice(-limits.exchange[0])
    .map(([cause]) => [cause, now]);
