import { GcAuthError } from '../errors.js';
import { isOtherPerson } from '../person-fingerprint.js';
import type { SignedOutReason } from '../phase.js';
import type { SharedRecord } from '../shared-record.js';
import { enter, shareRecord } from './draft.js';
import type { Draft } from './draft.js';
import { refuseCalls, settleCallers, tokenMethods } from './settle.js';
import { recordSignedOut } from './sign-out-record.js';

interface SignedOutOptions {
  /** Also end the session at the provider. */
  readonly provider?: boolean;
  /** That nobody is signed in was published before. */
  readonly quiet?: boolean | undefined;
  /** Whose conversation Messenger may still have. */
  readonly owner?: Pick<SharedRecord, 'person'>;
}

/**
 * Nobody is signed in any more: publishes it, and settles everything that waits.
 *
 * @param reason Undefined when nobody was signed in before.
 */
export function signedOut(
  draft: Draft,
  reason: SignedOutReason | undefined,
  { provider = false, quiet = false, owner = {} }: SignedOutOptions = {},
): void {
  const published = draft.phase.name === 'signed-out' || (quiet && !isSignOutRequested(draft));
  const replaced = isReplacedInOtherTab(draft);

  enter(draft, { name: 'signed-out', reason }, reason ?? 'dismissed');
  draft.token = undefined;
  draft.trace = [];
  draft.outageWaits = undefined;
  draft.confirmed = false;
  // After a change of the person, it is the code of the one who signs in now.
  if (reason === 'user' || reason === 'other-tab') draft.redirectGrant = undefined;
  if (reason && reason !== 'expired') {
    if (reason === 'user' && !replaced) recordSignedOut(draft, !quiet, owner);
    if (reason === 'person-changed') shareRecord(draft, {}, 'signed-out');
    // Otherwise Messenger has deleted the conversation.
    draft.person = owner.person;
    draft.unsure = undefined;
  }
  if (reason && !published) draft.effects.push({ do: 'signed-out', reason });
  refuseAll(draft);
  if (provider) endSession(draft);
  else settleCallers(draft, ['sign-out']);
}

/** A sign-out holds, and Messenger has no JWT to revoke. */
export function staySignedOut(draft: Draft): void {
  const reason = draft.phase.name === 'signed-out' ? draft.phase.reason : 'user';
  enter(draft, { name: 'signed-out', reason }, 'sign-out');
  refuseAll(draft);
}

export const isSignOutRequested = ({ callers }: Draft): boolean => callers.some(({ method }) => method === 'sign-out');

/**
 * Another person has signed in in another tab meanwhile. They must not be signed out. While this tab replaces the person,
 * the record names the one before, and the JWT is of the one after.
 */
export const isReplacedInOtherTab = ({ token, phase, conditions }: Draft): boolean =>
  token !== undefined &&
  !(phase.name === 'signing-out' && phase.personChanged) &&
  isOtherPerson(conditions.record.person, token.claims);

/** Refuses plugin calls, and rejects everything that waits for a JWT. */
export function refuseAll(draft: Draft): void {
  const error = new GcAuthError('login-required');
  refuseCalls(draft, error);
  settleCallers(draft, tokenMethods, error);
}

/**
 * The sign-outs settle after the navigation to the provider has started, because it may fail.
 *
 * @param error Genesys does not know of the sign-out.
 */
export function endSession(draft: Draft, error?: GcAuthError): void {
  for (const { id, method } of draft.callers) {
    if (method === 'sign-out') draft.effects.push({ do: 'end-session', caller: id, ...(error && { error }) });
  }
  draft.callers = draft.callers.filter(({ method }) => method !== 'sign-out');
}
