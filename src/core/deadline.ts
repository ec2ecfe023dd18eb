/** Longest time between a renewal and the expiry, in milliseconds. */
const maxLeadMs = 120_000;

/** Delay of a renewal after the expiry, where an early refresh returns the same JWT, in milliseconds. */
const afterExpiryMs = 500;

/** Lifetime of a JWT, in epoch milliseconds on this device's clock. */
export interface Lifetime {
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/**
 * When to renew a JWT, in epoch milliseconds.
 *
 * The lead before the expiry is a fifth of the lifetime, and two minutes at most. `random` (0…1) shortens it by up to a
 * quarter: browsers that signed in at the same time do not refresh at the same time.
 *
 * @param sameWhileValid An early refresh returns the same JWT, so the renewal waits for the expiry.
 */
export function renewalDue(token: Lifetime, sameWhileValid: boolean, random: number): number {
  if (sameWhileValid) return token.expiresAt + afterExpiryMs;
  const lead = Math.min((token.expiresAt - token.issuedAt) / 5, maxLeadMs);
  return token.expiresAt - lead * (1 - random / 4);
}

/**
 * Exponential back-off with jitter, in milliseconds: 0.5–1 s after the first failure, then 1–2 s, 2–4 s, …
 *
 * @param failures Failures in a row, 1 or more.
 * @param random 0…1
 * @param maxMs Longest delay; a minute by default.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const retryDelay = (failures: number, random: number, maxMs = 60_000): number =>
  Math.min(maxMs, 1000 * 2 ** (failures - 1)) * (0.5 + random / 2);

/**
 * The same while the JWT is still valid, so that a retry is less urgent: eight times as long, but at most half of the
 * remaining lifetime, and never shorter than `retryDelay()`.
 *
 * @param remainingMs Time until the JWT expires; 0 or less when it has.
 */
export const retryDelayWhileValid = (failures: number, random: number, remainingMs: number): number =>
  Math.max(retryDelay(failures, random), Math.min(retryDelay(failures + 3, random), remainingMs / 2));
