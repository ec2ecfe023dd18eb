import { GcAuthError } from '../errors.js';
import type { MessengerFailure } from '../messenger.js';
import type { Phase, PhaseNamed, SignedOutReason } from '../phase.js';
import { requestCode } from './code.js';
import {
  addCaller,
  sendCommand,
  enter,
  failSession,
  tokenMethods,
  exceedsLoopLimit,
  rejectCalls,
  reportError,
  settleCallers,
  shareRecord,
} from './draft.js';
import type { Draft } from './draft.js';

const refreshMs = 4_000;
const logoutMs = 6_000;

/** A JWT with less life than this is refreshed first: revoking needs a live one. */
const marginMs = 2_000;

/** Genesys first, because revoking needs its JWT; then the provider. */
export function signOutCalled(draft: Draft, caller: number, provider: boolean): void {
  const { phase } = draft;
  addCaller(draft, { id: caller, method: 'sign-out', provider });
  // Messenger cannot be told before its Auth plugin is there; `signOutIfRequested` does it then.
  if (phase.name === 'loading' && (phase.step === 'script' || phase.step === 'auth')) return;
  if (phase.name === 'signing-out') return enter(draft, { ...phase, provider: phase.provider || provider });
  // Without a JWT there is nothing to revoke, except where Messenger may hold one that it has not reported yet.
  const unreported = phase.name === 'loading' || phase.name === 'exchange' || phase.name === 'renewing';
  // Also one that another tab has signed in with: Messenger shares it.
  const until = draft.token?.expiresAt ?? draft.c.record.expiresAt;
  if (until === undefined && !unreported) return signedOut(draft, 'user', provider);
  if (until !== undefined && until - marginMs <= draft.c.now) refreshFirst(draft, provider);
  else logout(draft, provider, false);
}

/** A sign-out that was wanted before Messenger was there. */
export function signOutIfRequested(draft: Draft): boolean {
  const wanted = draft.callers.find(({ method }) => method === 'sign-out');
  if (wanted) logout(draft, wanted.provider === true, false);
  return wanted !== undefined;
}

function rejectWaiting(draft: Draft): void {
  const required = new GcAuthError('login-required');
  rejectCalls(draft, required);
  settleCallers(draft, tokenMethods, required);
}

function refreshFirst(draft: Draft, provider: boolean): void {
  const until = draft.c.now + refreshMs;
  const operationId = draft.lastOperationId + 1;
  enter(draft, { name: 'signing-out', step: 'refresh', operationId, until, provider, refreshed: true }, 'sign-out');
  sendCommand(draft, 'Auth.refreshToken');
}

/** `changed`: to make room for another person. */
export function logout(draft: Draft, provider: boolean, refreshed: boolean, changed = false): void {
  const operationId = sendCommand(draft, 'Auth.logout');
  const until = draft.c.now + logoutMs;
  const why = changed ? 'person-changed' : 'sign-out';
  enter(draft, { name: 'signing-out', step: 'logout', operationId, until, provider, refreshed, changed }, why);
}

export function logoutSettled(
  draft: Draft,
  phase: PhaseNamed<'signing-out'>,
  failure: MessengerFailure | undefined,
): void {
  const { provider, refreshed, step, changed } = phase;
  if (step === 'refresh') logout(draft, provider, true, changed);
  else if (!failure) logoutSucceeded(draft, phase);
  else if (!refreshed && failure.status === 401) refreshFirst(draft, provider);
  // Nobody was signed in after all.
  else if (!draft.token && failure.status === 401) logoutSucceeded(draft, phase);
  else logoutFailed(draft, phase, failure);
}

export const logoutOverdue = (draft: Draft, phase: PhaseNamed<'signing-out'>): void =>
  phase.step === 'refresh' ? logout(draft, phase.provider, true, phase.changed) : logoutFailed(draft, phase, {});

/** Genesys did not confirm. The provider's session is ended all the same when that was asked for. */
function logoutFailed(
  draft: Draft,
  { provider, changed }: PhaseNamed<'signing-out'>,
  { status, message }: MessengerFailure,
): void {
  const said = [status, message].filter(Boolean).join(' ').slice(0, 200) || 'no answer';
  const error = new GcAuthError('logout-failed', { message: `Genesys did not confirm the sign-out (${said}).` });
  // The first person's conversation is still there: it stays hidden. Where another tab has signed the second person out
  // already, their JWT closes nothing; a new one does.
  if (changed && status === 401) {
    draft.token = undefined;
    if (!exceedsLoopLimit(draft, 'exchange', error)) requestCode(draft, 'person-changed');
    return;
  }
  if (changed) return failSession(draft, error);
  const back: Phase = draft.token
    ? { name: 'signed-in', failures: 0 }
    : { name: 'signed-out', reason: undefined, since: draft.c.now };
  enter(draft, back, 'logout-failed');
  reportError(draft, error);
  rejectWaiting(draft);
  if (provider) endSession(draft);
  else settleCallers(draft, ['sign-out'], error);
}

/** `Auth.loggedOut`: here, in another tab, on another device or by Genesys. */
export function loggedOut(draft: Draft): void {
  const { phase } = draft;
  if (phase.name === 'signing-out') logoutSucceeded(draft, phase);
  else if (draft.token && phase.name !== 'signed-out' && phase.name !== 'loading') signedOut(draft, 'other-tab', false);
  else forgetPerson(draft);
}

/** Messenger has dropped what it kept of a person who left before. */
function forgetPerson(draft: Draft): void {
  draft.token = undefined;
  if (draft.person) draft.effects.push({ do: 'hide-messenger', hidden: false });
  draft.person = undefined;
}

function logoutSucceeded(draft: Draft, { provider, changed }: PhaseNamed<'signing-out'>): void {
  const wanted = signOutRequested(draft);
  signedOut(draft, changed && !wanted ? 'person-changed' : 'user', provider);
  if (changed && wanted) draft.effects.push({ do: 'hide-messenger', hidden: false });
  else if (changed) requestCode(draft, 'person-changed');
}

const signOutRequested = ({ callers }: Draft): boolean => callers.some(({ method }) => method === 'sign-out');

/** Nobody is signed in any more. */
export function signedOut(draft: Draft, reason: SignedOutReason | undefined, provider: boolean): void {
  // Nobody is told again when an exchange that ended late is undone.
  const late = draft.phase.name === 'signing-out' && !draft.phase.changed && !signOutRequested(draft);
  const told = draft.phase.name === 'signed-out' || late;
  enter(draft, { name: 'signed-out', reason, since: draft.c.now }, reason ?? 'dismissed');
  draft.token = undefined;
  draft.trace = [];
  draft.outage = undefined;
  draft.confirmed = false;
  if (reason && reason !== 'expired') {
    const { person } = draft.c.record;
    // In another tab somebody else may have signed in meanwhile.
    const another = reason === 'user' && person && draft.person && person !== draft.person;
    if (reason !== 'other-tab' && !another) shareRecord(draft, {}, 'signed-out');
    // Genesys confirmed it, so its conversation is gone.
    draft.person = undefined;
  }
  if (reason && !told) draft.effects.push({ do: 'signed-out', reason });
  rejectWaiting(draft);
  if (provider) endSession(draft);
  else settleCallers(draft, ['sign-out']);
}

/** The navigation settles the callers: it may fail. */
function endSession(draft: Draft): void {
  for (const { id, method } of draft.callers)
    if (method === 'sign-out') draft.effects.push({ do: 'end-session', caller: id });
  draft.callers = draft.callers.filter(({ method }) => method !== 'sign-out');
}
