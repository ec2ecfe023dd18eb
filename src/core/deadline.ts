/** Longest time between a renewal and the expiry, in milliseconds. */
const maxLeadMs = 120_000;

/** Delay of a renewal after the expiry, where an early refresh returns the same JWT, in milliseconds. */
const afterExpiryMs = 500;

/** Shortest time from the issue of a JWT to a refresh that nobody called for, in milliseconds. */
const minRenewalMs = 3_000;

/** The same for a JWT with a lifetime of less than `shortLifetimeMs`. It helps nobody, so refreshing it can wait. */
const minShortRenewalMs = 10_000;

const shortLifetimeMs = 2_000;

/** Lifetime of a JWT, in epoch milliseconds on this device's clock. */
export interface Lifetime {
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/**
 * The earliest time of a refresh that nobody called for, in epoch milliseconds, even if the JWT expires before. A JWT with
 * a lifetime of a second would otherwise cause a refresh every second.
 */
export const earliestRenewal = ({ issuedAt, expiresAt }: Lifetime): number =>
  issuedAt + (expiresAt - issuedAt < shortLifetimeMs ? minShortRenewalMs : minRenewalMs);

/**
 * When to renew a JWT, in epoch milliseconds.
 *
 * The lead before the expiry is a fifth of the lifetime, and two minutes at most. `random` (0…1) shortens it by up to a
 * quarter: browsers that signed in at the same time do not refresh at the same time. Never before `earliestRenewal()`.
 *
 * @param sameWhileValid An early refresh returns the same JWT, so the renewal waits for the expiry.
 */
export function renewalDue(token: Lifetime, sameWhileValid: boolean, random: number): number {
  const lead = Math.min((token.expiresAt - token.issuedAt) / 5, maxLeadMs) * (1 - random / 4);
  const dueAt = sameWhileValid ? token.expiresAt + afterExpiryMs : token.expiresAt - lead;
  return Math.max(dueAt, earliestRenewal(token));
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
