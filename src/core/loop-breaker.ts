/** An event that can be part of a loop, and when it happened, epoch ms. */
export type LoopEntry = readonly [cause: LoopCause, at: number];

/** A silent attempt started, an exchange of a code failed, or a redirect left the page. */
export type LoopCause = 'silent' | 'exchange' | 'redirect';

/** More than `max` events within `windowMs` milliseconds are a loop. */
const limits: Readonly<Record<LoopCause, readonly [max: number, windowMs: number]>> = {
  // Successful sign-ins can be a loop, too: Messenger calls again at once when its socket rejects every new JWT.
  silent: [12, 60_000],
  exchange: [2, 120_000],
  redirect: [3, 300_000],
};

const isCause = (cause: string): cause is LoopCause => Object.hasOwn(limits, cause);

/** The entries that still count at `now`, epoch ms. Ignores unknown causes, because stored entries may be corrupt. */
export const recentEntries = (
  loopEntries: ReadonlyArray<readonly [string, number]>,
  now: number,
): readonly LoopEntry[] =>
  loopEntries.filter(
    (entry): entry is LoopEntry => isCause(entry[0]) && Math.abs(now - entry[1]) < limits[entry[0]][1],
  );

/** Whether the entries, which must be recent, exceed the limit of a cause. */
export const isLoop = (loopEntries: readonly LoopEntry[], cause: LoopCause): boolean =>
  loopEntries.filter(([other]) => other === cause).length > limits[cause][0];

/** The entries of a half-open circuit breaker: one more failed exchange opens it again. */
export const afterCooldown = (loopEntries: readonly LoopEntry[], now: number): readonly LoopEntry[] =>
  loopEntries
    .filter(([cause]) => cause === 'exchange')
    .slice(-limits.exchange[0])
    .map(([cause]) => [cause, now]);
