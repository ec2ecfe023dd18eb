/** One thing that can become a loop, and when it happened, epoch ms. */
export type LoopEntry = readonly [cause: LoopCause, at: number];

/** A silent attempt began; an exchange came to nothing; the page was left for the provider. */
export type LoopCause = 'silent' | 'exchange' | 'redirect';

/** More than so many within so many milliseconds are a loop. */
const limits: Readonly<Record<LoopCause, readonly [most: number, windowMs: number]>> = {
  // Exchanges that succeed can be a loop too: a socket that refuses every JWT makes Messenger call again at once.
  silent: [12, 60_000],
  exchange: [2, 120_000],
  redirect: [3, 300_000],
};

const isCause = (cause: string): cause is LoopCause => cause in limits;

/** Those that still count. What comes out of storage may be anything. */
export const recentEntries = (
  loopEntries: ReadonlyArray<readonly [string, number]>,
  now: number,
): readonly LoopEntry[] =>
  loopEntries.filter((one): one is LoopEntry => isCause(one[0]) && Math.abs(now - one[1]) < limits[one[0]][1]);

export const isLoop = (loopEntries: readonly LoopEntry[], cause: LoopCause): boolean =>
  loopEntries.filter(([other]) => other === cause).length > limits[cause][0];

/** What counts of a loop that has rested: the next exchange that comes to nothing is one too many. */
export const afterCooldown = (loopEntries: readonly LoopEntry[], now: number): readonly LoopEntry[] =>
  loopEntries
    .filter(([cause]) => cause === 'exchange')
    .slice(-limits.exchange[0])
    .map(([cause]) => [cause, now]);
