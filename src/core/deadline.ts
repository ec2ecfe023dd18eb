/** The longest lead of a renewal; short lives have a lead of a fifth. */
const longestLeadMs = 120_000;

/** Where refreshing early brings the same JWT, the first moment at which it brings another. */
const afterExpiryMs = 500;

/** Of a JWT, in epoch milliseconds. */
export interface Lifetime {
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/**
 * When to renew, in epoch milliseconds. `random` (0…1) spreads tabs and browsers over a quarter of the lead,
 * so that a fleet that signed in together does not refresh together.
 */
export function renewalDue(token: Lifetime, sameWhileValid: boolean, random: number): number {
  if (sameWhileValid) return token.expiresAt + afterExpiryMs;
  const lead = Math.min((token.expiresAt - token.issuedAt) / 5, longestLeadMs);
  return token.expiresAt - lead * (1 - random / 4);
}

/** Full-jitter back-off after the n-th failure in a row (1…): 0.5–1 s, 1–2 s, … at most `longest` ms, by default a minute. */
export const retryDelay = (failure: number, random: number, longest = 60_000): number =>
  Math.min(longest, 1000 * 2 ** (failure - 1)) * (0.5 + random / 2);

/** While a JWT is live there is no hurry: the first tries are further apart, up to half of what is left of its life. */
export const patientDelay = (failure: number, random: number, leftMs: number): number =>
  Math.max(retryDelay(failure, random), Math.min(retryDelay(failure + 3, random), leftMs / 2));
