import { retryDelay } from '../deadline.js';
import { GcAuthError } from '../errors.js';
import { classifyFailure, isUnauthorized } from '../messenger-failure.js';
import type { MessengerFailure } from '../messenger.js';
import type { PhaseNamed } from '../phase.js';
import { newerLifetime } from '../shared-record.js';
import type { SharedRecord } from '../shared-record.js';
import { requestPluginCall } from './awaiting-call.js';
import { enter, sendCommand, setHidden } from './draft.js';
import type { Draft } from './draft.js';
import { exceedsLoopLimit, failSession } from './failure.js';
import { requestCode } from './request-code.js';
import { addCaller } from './settle.js';
import { completeSignOut, isSignOutPending, ownerOf, recordSignOut, signOutHolds } from './sign-out-record.js';
import { endSession, isReplacedInOtherTab, isSignOutRequested, signedOut, staySignedOut } from './signed-out.js';

/** Longest refresh before a sign-out, in milliseconds. */
const refreshMs = 4_000;

/** Longest sign-out at Genesys, in milliseconds. */
const logoutMs = 6_000;

/** A JWT that expires within this time, in milliseconds, is refreshed before the sign-out, which needs a valid one. */
const minRemainingMs = 2_000;

/** How a sign-out at Genesys came about. */
type SignOutKind = Pick<PhaseNamed<'signing-out'>, 'personChanged' | 'quiet'>;

/** The page called `signOut()`. Signs out at Genesys, which needs a valid JWT, and then at the provider if requested. */
export function signOutCalled(draft: Draft, caller: number, provider: boolean): void {
  const { phase, conditions } = draft;
  addCaller(draft, { id: caller, method: 'sign-out', provider });
  // In these phases Messenger may have a JWT that it has not reported yet.
  const mayHaveJwt = phase.name === 'loading' || phase.name === 'exchange' || phase.name === 'renewing';
  // The JWT of another tab counts, because Messenger shares it.
  const expiresAt = draft.token?.expiresAt ?? conditions.record.expiresAt;
  const hasJwt = expiresAt !== undefined || mayHaveJwt || draft.hasJwt !== false || isSignOutPending(draft);
  if (!hasJwt && phase.name !== 'signing-out') return signedOut(draft, 'user', { provider });
  // Also when a sign-out is running: a page may have been loaded since it started.
  if (!isReplacedInOtherTab(draft)) recordSignOut(draft);
  // Messenger takes no command before its Auth plugin is ready. Then `signOutIfRequested()` continues.
  if (phase.name === 'loading' && (phase.step === 'script' || phase.step === 'auth')) return;
  if (phase.name === 'signing-out') return enter(draft, { ...phase, provider: phase.provider || provider });
  if (expiresAt !== undefined && expiresAt - minRemainingMs <= conditions.now) refreshFirst(draft, provider);
  else logout(draft, provider, false);
}

/** Continues a sign-out that was called before Messenger was ready; returns whether there was one. */
export function signOutIfRequested(draft: Draft): boolean {
  const requested = draft.callers.filter(({ method }) => method === 'sign-out');
  const provider = requested.some(({ provider }) => provider === true);
  if (requested.length) logout(draft, provider, false);
  return requested.length > 0;
}

function refreshFirst(draft: Draft, provider: boolean, kind: SignOutKind = {}): void {
  const dueAt = draft.conditions.now + refreshMs;
  const operationId = draft.lastOperationId + 1;
  const step = 'refresh';
  enter(draft, { name: 'signing-out', step, operationId, dueAt, provider, refreshed: true, ...kind }, 'sign-out');
  sendCommand(draft, 'Auth.refreshToken');
}

/**
 * Signs out at Genesys.
 *
 * @param provider Also end the session at the provider afterwards.
 * @param refreshed The JWT was refreshed before, so a 401 is final.
 */
export function logout(
  draft: Draft,
  provider: boolean,
  refreshed: boolean,
  kind: SignOutKind & { refreshRefused?: boolean } = {},
): void {
  const operationId = sendCommand(draft, 'Auth.logout');
  const dueAt = draft.conditions.now + logoutMs;
  const reason = kind.personChanged ? 'person-changed' : 'sign-out';
  enter(draft, { name: 'signing-out', step: 'logout', operationId, dueAt, provider, refreshed, ...kind }, reason);
}

/** Completes a sign-out of which Genesys does not know yet. Nothing is shown before that. */
export function finishSignOut(draft: Draft): void {
  setHidden(draft, true);
  draft.token = undefined;
  draft.confirmed = false;
  logout(draft, false, false, { quiet: true });
}

/** Tries again to sign out at Genesys. */
export function retrySignOut(draft: Draft, { unfinished }: PhaseNamed<'failed'>): void {
  logout(draft, false, false, unfinished === 'person-changed' ? { personChanged: true } : {});
}

/**
 * Messenger has a JWT on a page on which a sign-out holds: from an exchange that ended after it, or from storage. It is
 * revoked, unless it belongs to a page that was loaded after the sign-out. Then it only must not be seen here.
 */
export function refuseJwt(draft: Draft): void {
  const { record, now } = draft.conditions;
  draft.token = undefined;
  draft.confirmed = false;
  if (!newerLifetime(record, undefined, now)) return logout(draft, false, true, { quiet: true });
  setHidden(draft, true);
  staySignedOut(draft);
}

/** The command of the current step has resolved or failed. */
export function logoutSettled(
  draft: Draft,
  phase: PhaseNamed<'signing-out'>,
  failure: MessengerFailure | undefined,
): void {
  const { provider, refreshed, step, personChanged, quiet, refreshRefused } = phase;
  const kind = { personChanged, quiet } as SignOutKind;
  if (step === 'refresh') {
    const refused = failure !== undefined && classifyFailure(failure, draft.conditions.online) === 'refused';
    logout(draft, provider, true, { ...kind, refreshRefused: refused });
  } else if (!failure) logoutSucceeded(draft, phase);
  else if (!refreshed && isUnauthorized(failure)) refreshFirst(draft, provider, kind);
  // Nobody is signed in: Genesys accepts neither the JWT nor the refresh token. Of a person who has just been replaced,
  // it has revoked both, and the one who signs out waits for no new JWT of theirs.
  else if (isUnauthorized(failure) && (personChanged ? isSignOutRequested(draft) : !draft.token || refreshRefused)) {
    logoutSucceeded(draft, phase, ownerOf(draft));
  } else logoutFailed(draft, phase, failure);
}

export const logoutOverdue = (draft: Draft, phase: PhaseNamed<'signing-out'>): void =>
  phase.step === 'refresh'
    ? logout(draft, phase.provider, true, { personChanged: phase.personChanged, quiet: phase.quiet } as SignOutKind)
    : logoutFailed(draft, phase, {});

/**
 * Genesys did not confirm the sign-out. The conversation still exists, so Messenger stays hidden, and the session tries
 * again. The session at the provider ends anyway, if that was requested.
 */
function logoutFailed(
  draft: Draft,
  { provider, personChanged }: PhaseNamed<'signing-out'>,
  failure: MessengerFailure,
): void {
  const { status, message } = failure;
  const { now, random } = draft.conditions;
  const details = [status, message].filter(Boolean).join(' ').slice(0, 200) || 'no answer';
  const error = new GcAuthError('logout-failed', { message: `Genesys did not confirm the sign-out (${details}).` });
  // After a 401, which means that another tab has signed the other person out, a new JWT of theirs can close it.
  if (personChanged && isUnauthorized(failure)) {
    draft.token = undefined;
    if (!exceedsLoopLimit(draft, 'exchange', error)) requestCode(draft, 'person-changed');
    return;
  }
  setHidden(draft, true);
  draft.token = undefined;
  draft.confirmed = false;
  if (provider) endSession(draft, error);
  const retryAt = now + retryDelay(Infinity, random);
  failSession(draft, error, { retryAt, unfinished: personChanged ? 'person-changed' : 'sign-out' });
}

/** `Auth.loggedOut`: a sign-out in this tab, in another tab, on another device, or by Genesys. */
export function loggedOut(draft: Draft): void {
  const { phase } = draft;
  draft.hasJwt = false;
  if (phase.name === 'signing-out') logoutSucceeded(draft, phase);
  else if (phase.name === 'failed' && phase.unfinished) {
    logoutSucceeded(draft, { provider: false, personChanged: phase.unfinished === 'person-changed' });
  } else if (draft.token && phase.name !== 'signed-out' && phase.name !== 'loading') {
    signedOut(draft, 'other-tab');
  } else forgetPerson(draft);
}

/** Messenger has deleted the conversation of a person who is no longer signed in, so it can be shown again. */
function forgetPerson(draft: Draft): void {
  draft.token = undefined;
  completeSignOut(draft);
  if (draft.person || draft.hidden) setHidden(draft, false);
  draft.person = undefined;
  draft.unsure = undefined;
}

/**
 * Genesys has confirmed the sign-out. After a change of the person, the other person signs in now.
 *
 * @param owner Whose conversation Messenger may still have, because nobody was signed in any more.
 */
function logoutSucceeded(
  draft: Draft,
  { provider, personChanged, quiet }: SignOutKind & { readonly provider: boolean },
  owner: Pick<SharedRecord, 'person'> = {},
): void {
  const requested = isSignOutRequested(draft);
  draft.hasJwt = false;
  signedOut(draft, personChanged && !requested ? 'person-changed' : 'user', { provider, quiet, owner });
  if (personChanged && !requested) return requestCode(draft, 'person-changed');
  // An open window would go on showing the conversation of somebody else.
  if (personChanged || draft.hidden) setHidden(draft, Boolean(personChanged && owner.person && draft.windowOpen));
  // The page was loaded after the sign-out that has just been completed, so it may sign in.
  if (quiet && !requested && !signOutHolds(draft)) requestPluginCall(draft, 'Auth.getTokens', 'first-call');
}
