import { isPerson } from '../person-fingerprint.js';
import type { SharedRecord, SignOut } from '../shared-record.js';
import { shareRecord } from './draft.js';
import type { Draft } from './draft.js';

/**
 * Whether a person has signed out, in whichever tab, and nobody has acted on this page since: then nothing on this page
 * may sign anybody in. A page that is loaded after the sign-out is free to.
 */
export function signOutHolds({ conditions, overruled }: Draft): boolean {
  const { record, signOutAtLoad } = conditions;
  const { signOut } = record;
  return Boolean(signOut && !signOut.overruled && signOut.at !== signOutAtLoad && signOut.at !== overruled);
}

/** Whether Genesys does not know of the sign-out yet. Nothing may be shown before it does. */
export const isSignOutPending = ({ conditions }: Draft): boolean => conditions.record.signOut?.pending === true;

/**
 * Whether the JWT is of the person whose sign-out Genesys does not know of. Without a fingerprint that fits, a record
 * that somebody has damaged would revoke the session of another person.
 */
export const isPersonSignedOut = (draft: Draft, claims: Readonly<Record<string, unknown>>): boolean =>
  isSignOutPending(draft) &&
  draft.conditions.record.signOut?.person !== undefined &&
  isPerson(draft.conditions.record.signOut.person, claims);

/**
 * A person acts on this page, which ends the effect of a sign-out here, and everywhere once somebody is signed in. Where
 * no sign-out holds, the page may act by itself: it calls `signIn()` at every load.
 */
export function overruleSignOut(draft: Draft): void {
  if (signOutHolds(draft) || draft.conditions.activated) draft.overruled = draft.conditions.record.signOut?.at;
}

/** The latest sign-out as it is shared when somebody has signed in. */
export function signOutAfterSignIn({ conditions, overruled }: Draft): Pick<SharedRecord, 'signOut'> {
  const { signOut } = conditions.record;
  return signOut && signOut.at === overruled ? { signOut: { at: signOut.at, overruled: true } } : {};
}

/** Whose conversation Messenger shows until Genesys has confirmed a sign-out. */
export function ownerOf({ person, conditions: { record } }: Draft): Pick<SharedRecord, 'person'> {
  const owner = person ?? record.person;
  return owner === undefined ? {} : { person: owner };
}

/** Remembers the sign-out before Genesys knows of it, and tells all tabs at once. */
export function recordSignOut(draft: Draft): void {
  const owner = ownerOf(draft);
  draft.redirectGrant = undefined;
  const signOut: SignOut = { at: nextSignOutAt(draft), pending: true, ...owner };
  shareRecord(draft, { signOut, ...owner }, 'signed-out');
}

/**
 * Genesys has confirmed the sign-out, or nobody was signed in.
 *
 * @param isNew No sign-out was recorded before.
 * @param owner Whose conversation Messenger may still have.
 */
export function recordSignedOut(draft: Draft, isNew: boolean, owner: Pick<SharedRecord, 'person'> = {}): void {
  const { signOut } = draft.conditions.record;
  const { pending, ...completed } = signOut ?? { at: 0, pending: false };
  const recorded = pending || !isNew ? completed : { at: nextSignOutAt(draft) };
  shareRecord(draft, { signOut: recorded, ...owner }, 'signed-out');
}

/**
 * A sign-out that was never completed has no effect any more: Messenger has no JWT that it could concern.
 *
 * @param owner Whose conversation Messenger may still have.
 */
export function completeSignOut(draft: Draft, owner?: Pick<SharedRecord, 'person'>): void {
  if (isSignOutPending(draft)) recordSignedOut(draft, false, owner);
}

const nextSignOutAt = ({ conditions: { now, record } }: Draft): number => Math.max(now, (record.signOut?.at ?? 0) + 1);
