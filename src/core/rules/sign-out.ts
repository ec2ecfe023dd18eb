import { GcAuthError } from '../errors.js';
import type { MessengerFailure } from '../messenger.js';
import type { Phase, PhaseNamed, SignedOutReason } from '../phase.js';
import { enter, reportError, sendCommand, shareRecord } from './draft.js';
import type { Draft } from './draft.js';
import { exceedsLoopLimit, failSession } from './failure.js';
import { requestCode } from './request-code.js';
import { addCaller, refuseCalls, settleCallers, tokenMethods } from './settle.js';

/** Longest refresh before a sign-out, in milliseconds. */
const refreshMs = 4_000;

/** Longest sign-out at Genesys, in milliseconds. */
const logoutMs = 6_000;

/** A JWT that expires within this time, in milliseconds, is refreshed before the sign-out, which needs a valid one. */
const minRemainingMs = 2_000;

/** The page called `signOut()`. Signs out at Genesys, which needs a valid JWT, and then at the provider if requested. */
export function signOutCalled(draft: Draft, caller: number, provider: boolean): void {
  const { phase, conditions } = draft;
  addCaller(draft, { id: caller, method: 'sign-out', provider });
  // Messenger takes no command before its Auth plugin is ready. Then `signOutIfRequested()` continues.
  if (phase.name === 'loading' && (phase.step === 'script' || phase.step === 'auth')) return;
  if (phase.name === 'signing-out') return enter(draft, { ...phase, provider: phase.provider || provider });
  // In these phases Messenger may have a JWT that it has not reported yet.
  const mayHaveJwt = phase.name === 'loading' || phase.name === 'exchange' || phase.name === 'renewing';
  // The JWT of another tab counts, because Messenger shares it.
  const expiresAt = draft.token?.expiresAt ?? conditions.record.expiresAt;
  if (expiresAt === undefined && !mayHaveJwt) return signedOut(draft, 'user', provider);
  if (expiresAt !== undefined && expiresAt - minRemainingMs <= conditions.now) refreshFirst(draft, provider);
  else logout(draft, provider, false);
}

/** Continues a sign-out that was called before Messenger was ready; returns whether there was one. */
export function signOutIfRequested(draft: Draft): boolean {
  const requested = draft.callers.find(({ method }) => method === 'sign-out');
  if (requested) logout(draft, requested.provider === true, false);
  return requested !== undefined;
}

function refreshFirst(draft: Draft, provider: boolean): void {
  const dueAt = draft.conditions.now + refreshMs;
  const operationId = draft.lastOperationId + 1;
  enter(draft, { name: 'signing-out', step: 'refresh', operationId, dueAt, provider, refreshed: true }, 'sign-out');
  sendCommand(draft, 'Auth.refreshToken');
}

/**
 * Signs out at Genesys.
 *
 * @param provider Also end the session at the provider afterwards.
 * @param refreshed The JWT was refreshed before, so a 401 is final.
 * @param personChanged Another person signs in afterwards.
 */
export function logout(draft: Draft, provider: boolean, refreshed: boolean, personChanged = false): void {
  const operationId = sendCommand(draft, 'Auth.logout');
  const dueAt = draft.conditions.now + logoutMs;
  const reason = personChanged ? 'person-changed' : 'sign-out';
  const step = 'logout';
  enter(draft, { name: 'signing-out', step, operationId, dueAt, provider, refreshed, personChanged }, reason);
}

/** The command of the current step has resolved or failed. */
export function logoutSettled(
  draft: Draft,
  phase: PhaseNamed<'signing-out'>,
  failure: MessengerFailure | undefined,
): void {
  const { provider, refreshed, step, personChanged } = phase;
  if (step === 'refresh') logout(draft, provider, true, personChanged);
  else if (!failure) logoutSucceeded(draft, phase);
  else if (!refreshed && failure.status === 401) refreshFirst(draft, provider);
  // Nobody is signed in.
  else if (!draft.token && failure.status === 401) logoutSucceeded(draft, phase);
  else logoutFailed(draft, phase, failure);
}

export const logoutOverdue = (draft: Draft, phase: PhaseNamed<'signing-out'>): void =>
  phase.step === 'refresh' ? logout(draft, phase.provider, true, phase.personChanged) : logoutFailed(draft, phase, {});

/** Genesys did not confirm the sign-out. The session at the provider ends anyway, if that was requested. */
function logoutFailed(
  draft: Draft,
  { provider, personChanged }: PhaseNamed<'signing-out'>,
  { status, message }: MessengerFailure,
): void {
  const details = [status, message].filter(Boolean).join(' ').slice(0, 200) || 'no answer';
  const error = new GcAuthError('logout-failed', { message: `Genesys did not confirm the sign-out (${details}).` });
  // The conversation of the previous person still exists, so Messenger stays hidden. After a 401, which means that
  // another tab has signed the other person out, a new JWT of theirs can close it.
  if (personChanged && status === 401) {
    draft.token = undefined;
    if (!exceedsLoopLimit(draft, 'exchange', error)) requestCode(draft, 'person-changed');
    return;
  }
  if (personChanged) return failSession(draft, error);

  const previous: Phase = draft.token
    ? { name: 'signed-in', failures: 0 }
    : { name: 'signed-out', reason: undefined, signedOutAt: draft.conditions.now };
  enter(draft, previous, 'logout-failed');
  reportError(draft, error);
  refuseAll(draft);
  if (provider) endSession(draft);
  else settleCallers(draft, ['sign-out'], error);
}

/** `Auth.loggedOut`: a sign-out in this tab, in another tab, on another device, or by Genesys. */
export function loggedOut(draft: Draft): void {
  const { phase } = draft;
  if (phase.name === 'signing-out') logoutSucceeded(draft, phase);
  else if (draft.token && phase.name !== 'signed-out' && phase.name !== 'loading') signedOut(draft, 'other-tab', false);
  else forgetPerson(draft);
}

/** Messenger has deleted the conversation of a person who is no longer signed in, so it can be shown again. */
function forgetPerson(draft: Draft): void {
  draft.token = undefined;
  if (draft.person) draft.effects.push({ do: 'hide-messenger', hidden: false });
  draft.person = undefined;
}

/** Genesys has confirmed the sign-out. After a change of the person, the other person signs in now. */
function logoutSucceeded(draft: Draft, { provider, personChanged }: PhaseNamed<'signing-out'>): void {
  const requested = isSignOutRequested(draft);
  signedOut(draft, personChanged && !requested ? 'person-changed' : 'user', provider);
  if (personChanged && requested) draft.effects.push({ do: 'hide-messenger', hidden: false });
  else if (personChanged) requestCode(draft, 'person-changed');
}

const isSignOutRequested = ({ callers }: Draft): boolean => callers.some(({ method }) => method === 'sign-out');

/**
 * Nobody is signed in any more: publishes it, and settles everything that waits.
 *
 * @param reason Undefined when nobody was signed in before.
 * @param provider Also end the session at the provider.
 */
export function signedOut(draft: Draft, reason: SignedOutReason | undefined, provider: boolean): void {
  // An exchange that succeeded after the sign-out has been undone. That was published before.
  const { phase } = draft;
  const undone = phase.name === 'signing-out' && !phase.personChanged && !isSignOutRequested(draft);
  const published = phase.name === 'signed-out' || undone;

  enter(draft, { name: 'signed-out', reason, signedOutAt: draft.conditions.now }, reason ?? 'dismissed');
  draft.token = undefined;
  draft.trace = [];
  draft.outageWaits = undefined;
  draft.confirmed = false;
  if (reason && reason !== 'expired') {
    if (reason !== 'other-tab' && !isReplacedInOtherTab(draft, reason)) shareRecord(draft, {}, 'signed-out');
    // Messenger has deleted the conversation.
    draft.person = undefined;
  }
  if (reason && !published) draft.effects.push({ do: 'signed-out', reason });
  refuseAll(draft);
  if (provider) endSession(draft);
  else settleCallers(draft, ['sign-out']);
}

/** Another person has signed in in another tab meanwhile. They must not be signed out. */
const isReplacedInOtherTab = ({ person, conditions: { record } }: Draft, reason: SignedOutReason): boolean =>
  Boolean(reason === 'user' && record.person && person && record.person !== person);

/** Refuses plugin calls, and rejects everything that waits for a JWT. */
function refuseAll(draft: Draft): void {
  const error = new GcAuthError('login-required');
  refuseCalls(draft, error);
  settleCallers(draft, tokenMethods, error);
}

/** The sign-outs settle after the navigation to the provider has started, because it may fail. */
function endSession(draft: Draft): void {
  for (const { id, method } of draft.callers) {
    if (method === 'sign-out') draft.effects.push({ do: 'end-session', caller: id });
  }
  draft.callers = draft.callers.filter(({ method }) => method !== 'sign-out');
}
