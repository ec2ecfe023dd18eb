/** What the tabs of one origin know together of one deployment. Never a secret; no more than a hint. */
export interface SharedRecord {
  /** Lifetime of the newest JWT that any tab had, in epoch ms; absent when nobody is signed in. */
  readonly issuedAt?: number;
  readonly expiresAt?: number;
  /** Fingerprint of the person whose conversation Messenger keeps. */
  readonly person?: string;
  /** Refreshing early was seen to bring the same JWT. */
  readonly sameWhileValid?: boolean;
}

export type TabMessageType = 'signed-in' | 'renewed' | 'signed-out';

/** Lives that differ by less are the same: the tabs' clocks drift. */
const toleranceMs = 1_000;

/** The life of a JWT that another tab has and that is newer than what is known here; undefined when there is none. */
export function newerLifetime(
  { issuedAt, expiresAt }: SharedRecord,
  known: number | undefined,
  now: number,
): { readonly issuedAt: number; readonly expiresAt: number } | undefined {
  if (issuedAt === undefined || expiresAt === undefined || expiresAt <= now) return undefined;
  // Written by a clock that was set back since.
  if (issuedAt > now + toleranceMs) return undefined;
  return expiresAt > (known ?? 0) + toleranceMs ? { issuedAt, expiresAt } : undefined;
}
