import type { Lifetime } from './deadline.js';

/** What the tabs of one origin share about one deployment. Contains no secrets, and is only a hint. */
export interface SharedRecord {
  /** Lifetime of the newest JWT of any tab, epoch ms; absent when nobody is signed in. */
  readonly issuedAt?: number;
  readonly expiresAt?: number;
  /** Fingerprint of the person whose conversation Messenger shows. */
  readonly person?: string;
  /** An early refresh returns the same JWT. */
  readonly sameWhileValid?: boolean;
}

/** What a tab tells the others after it has written the record. */
export type TabMessageType = 'signed-in' | 'renewed' | 'signed-out';

/** Lifetimes that differ by less count as equal, because each tab reads its clock at a different moment. */
const toleranceMs = 1_000;

/**
 * The lifetime of a JWT that another tab has and that this tab does not know yet; undefined when there is none.
 *
 * @param knownExpiry When the JWT of this tab expires, epoch ms; undefined when it has none.
 */
export function newerLifetime(
  { issuedAt, expiresAt }: SharedRecord,
  knownExpiry: number | undefined,
  now: number,
): Lifetime | undefined {
  if (issuedAt === undefined || expiresAt === undefined || expiresAt <= now) return undefined;
  // The device's clock has been set back since a tab wrote the record.
  if (issuedAt > now + toleranceMs) return undefined;
  return expiresAt > (knownExpiry ?? 0) + toleranceMs ? { issuedAt, expiresAt } : undefined;
}
