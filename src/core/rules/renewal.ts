import { earliestRenewal, retryDelayWhileValid } from '../deadline.js';
import { GcAuthError } from '../errors.js';
import { classifyFailure } from '../messenger-failure.js';
import type { MessengerFailure } from '../messenger.js';
import type { PhaseNamed } from '../phase.js';
import { adopt } from './adopt.js';
import { reauthenticate, requestPluginCall } from './awaiting-call.js';
import { enter, hasValidToken, isSigningOut, setHidden } from './draft.js';
import type { Draft } from './draft.js';
import { maxRefreshFailures } from './outage.js';
import { requestCode, requestCodeForNextCall } from './request-code.js';
import { addCaller, rejectCaller, settleCallers, tokenMethods } from './settle.js';
import { completeSignOut, isSignOutPending, overruleSignOut, ownerOf, signOutHolds } from './sign-out-record.js';

/** Longest refresh in milliseconds, including the wait for the renewal lock. */
const refreshMs = 13_000;

/** `Auth.authenticated` may follow the resolved refresh within this time, in milliseconds. */
const eventMs = 1_000;

/** Delay of the next try while the device is offline, in milliseconds. Browsers may report that wrongly. */
const offlineMs = 60_000;

/**
 * Refreshes the JWT. Concurrent callers share one refresh, and one tab refreshes for all.
 *
 * @param failures Failed renewals in a row.
 * @param force Refresh even if another tab has a newer JWT: for a public method, or because Messenger of this tab needs
 *   the JWT itself.
 */
export function renew(draft: Draft, reason: string, failures = 0, force = draft.callers.length > 0): void {
  if (draft.phase.name === 'renewing' && draft.phase.operationId !== undefined) return;
  if (!force && adopt(draft)) return;
  const operationId = ++draft.lastOperationId;
  const dueAt = draft.conditions.now + refreshMs;
  enter(draft, { name: 'renewing', operationId, dueAt, settled: false, failures }, reason);
  draft.effects.push({ do: 'refresh', operationId, force });
}

export function refreshSettled(
  draft: Draft,
  phase: PhaseNamed<'renewing'>,
  failure: MessengerFailure | undefined,
): void {
  const { now, online } = draft.conditions;
  if (!failure) return enter(draft, { ...phase, settled: true, dueAt: now + eventMs });
  const refused = classifyFailure(failure, online) === 'refused';
  // In an outage of Genesys, Messenger deletes its refresh token. Then it refuses by itself, without a status.
  const outage = !refused || (draft.outageWaits !== undefined && failure.status === undefined);
  draft.outageWaits = outage ? (draft.outageWaits ?? 0) : undefined;
  if (refused) {
    // Messenger's tokens are of no use any more, so there is nothing left to sign out, and nothing to be seen.
    if (isSignOutPending(draft)) setHidden(draft, false);
    completeSignOut(draft, ownerOf(draft));
    reauthenticate(draft, 'refresh-failed');
  } else refreshFailed(draft, phase);
}

/** A refresh failed without being refused. Nobody is signed out; the session tries again later. */
export function refreshFailed(draft: Draft, phase: PhaseNamed<'renewing'>): void {
  const { now, random, online, config } = draft.conditions;
  const failures = phase.failures + 1;
  const valid = hasValidToken(draft);
  if (!valid && failures >= maxRefreshFailures && online) return reauthenticate(draft, 'refresh-failed');
  const remainingMs = (draft.token?.expiresAt ?? now) - now;
  const retryAt = now + (online ? retryDelayWhileValid(failures, random, remainingMs) : offlineMs);
  const auto = config.renew === 'auto';
  // Without a valid JWT nobody is signed in. A page that has not been signed in yet retries with `on-demand`, too.
  if (!valid && (auto || !draft.confirmed)) {
    enter(draft, { name: 'renewing', dueAt: retryAt, settled: false, failures }, 'refresh-failed');
  } else {
    enter(draft, { name: 'signed-in', dueAt: auto ? retryAt : undefined, failures }, 'refresh-failed');
  }
  settleCallers(draft, tokenMethods, new GcAuthError(online ? 'refresh-failed' : 'offline', { step: 'refresh' }));
  requestCodeForNextCall(draft);
}

/** Messenger is about to configure a new socket, which needs a valid JWT. */
export function reconnecting(draft: Draft): void {
  if (draft.phase.name !== 'signed-in' || hasValidToken(draft) || draft.conditions.config.renew === 'off') return;
  // Messenger may try again and again: a JWT that expires at once does not help it.
  if (draft.token && draft.conditions.now < earliestRenewal(draft.token)) return;
  renew(draft, 'reconnecting', 0, true);
}

/** The page called `refresh()` or `reauthenticate()`. */
export function tokenMethodCalled(draft: Draft, caller: number, method: 'refresh' | 'reauthenticate'): void {
  const { phase } = draft;
  const signedOut = phase.name === 'signed-out' || phase.name === 'interaction-required';
  if (phase.name === 'failed') return rejectCaller(draft, caller, phase.error);
  // After a sign-out, a call without a click may come from a timer of the page.
  const unattended = signOutHolds(draft) && !draft.conditions.activated;
  if (isSigningOut(draft) || unattended || (signedOut && method === 'refresh')) {
    return rejectCaller(draft, caller, new GcAuthError('login-required'));
  }
  overruleSignOut(draft);
  addCaller(draft, { id: caller, method });
  if (signedOut) return requestCode(draft, 'reauthenticate');
  if (phase.name !== 'signed-in' && phase.name !== 'renewing') return;
  if (method === 'refresh') renew(draft, 'refresh', 0, true);
  else requestPluginCall(draft, 'Auth.reAuthenticate', 'reauthenticate');
}
