import type { Lifetime } from './deadline.js';

/**
 * A sign-out by a person. The record keeps the latest one, so that it holds in every tab, also in those that were asleep
 * or loading meanwhile.
 */
export interface SignOut {
  /** When, epoch ms; later than that of the sign-out before. Tells sign-outs apart. */
  readonly at: number;
  /** Genesys has not confirmed it yet, so the first page that can must complete it before it shows anything. */
  readonly pending?: boolean;
  /** A person has signed in again, so the tabs may follow. */
  readonly overruled?: boolean;
  /** Fingerprint of the person who signed out; undefined when it was not known. */
  readonly person?: string;
}

/** What the tabs of one origin share about one deployment. Contains no secrets, and is only a hint. */
export interface SharedRecord {
  /** Lifetime of the newest JWT of any tab, epoch ms; absent when nobody is signed in. */
  readonly issuedAt?: number;
  readonly expiresAt?: number;
  /** Fingerprint of the person whose conversation Messenger shows. */
  readonly person?: string;
  /** Digest of `Config.identity` with which that person signed in, with the salt of their fingerprint. */
  readonly identity?: string;
  /** The latest sign-out by a person. */
  readonly signOut?: SignOut;
  /** An early refresh returns the same JWT. */
  readonly sameWhileValid?: boolean;
}

/** What a tab tells the others after it has written the record. */
export type TabMessageType = 'signed-in' | 'renewed' | 'signed-out' | 'person-changed';

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

/** The later of two sign-outs. Of one sign-out, what is true for one tab is true for all. */
export function latestSignOut(one: SignOut | undefined, other: SignOut | undefined): SignOut | undefined {
  if (!one || !other) return one ?? other;
  if (one.at !== other.at) return one.at > other.at ? one : other;
  const person = one.person ?? other.person;
  return {
    at: one.at,
    ...(person !== undefined && { person }),
    ...(one.pending && other.pending && { pending: true }),
    ...((one.overruled || other.overruled) && { overruled: true }),
  };
}
