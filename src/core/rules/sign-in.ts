import { GcAuthError } from '../errors.js';
import type { PhaseNamed } from '../phase.js';
import { newerLifetimeInOtherTab } from './adopt.js';
import { attemptCancelled } from './attempt-result.js';
import { hasValidToken, isSigningOut } from './draft.js';
import type { Draft } from './draft.js';
import { requestCode, requestCodeInteractively } from './request-code.js';
import { addCaller, rejectCaller } from './settle.js';
import { overruleSignOut } from './sign-out-record.js';
import { retrySignOut } from './sign-out.js';
import { signedOut } from './signed-out.js';
import { start } from './start.js';

/** The page called `signIn()`, in a click. */
export function signInCalled(draft: Draft, caller: number): void {
  const { phase } = draft;
  const valid = hasValidToken(draft) || newerLifetimeInOtherTab(draft);
  if (valid && (phase.name === 'signed-in' || phase.name === 'renewing')) {
    return void draft.effects.push({ do: 'resolve', caller, token: draft.token });
  }
  if (isSigningOut(draft)) return rejectCaller(draft, caller, new GcAuthError('login-required'));
  if (phase.name === 'failed' && !phase.error.retryable) return rejectCaller(draft, caller, phase.error);
  if (phase.name === 'failed' && phase.unfinished) {
    rejectCaller(draft, caller, phase.error);
    return retry(draft);
  }

  overruleSignOut(draft);
  addCaller(draft, { id: caller, method: 'sign-in' });
  if (phase.name === 'exchange' || phase.name === 'code-ready') return;
  if (phase.name === 'code' && phase.rung !== 'silent') return;
  if (phase.name === 'failed' && phase.error.step === 'load') return retry(draft);
  // A click restarts the loop breaker. A call without one may come from a page that calls `signIn()` at every load.
  if (draft.conditions.activated) draft.loopEntries = [];
  requestCodeInteractively(draft);
}

/** The person pressed the prompt's button after an error, which restarts the loop breaker. */
export function retry(draft: Draft): void {
  const { phase } = draft;
  if (phase.name !== 'failed' || !phase.error.retryable) return;
  draft.loopEntries = [];
  retryAfterFailure(draft, phase);
}

/** Tries again what has failed. */
export function retryAfterFailure(draft: Draft, phase: PhaseNamed<'failed'>): void {
  draft.trace = [];
  // Messenger has not said anything, so it has not been loaded.
  if (phase.error.step === 'load' || (phase.unfinished && draft.hasJwt === undefined)) start(draft);
  else if (phase.unfinished) retrySignOut(draft, phase);
  else requestCode(draft, 'retry');
}

/** Messenger responds after the session has stopped because it did not. Returns whether the session starts again. */
export function messengerArrived(draft: Draft): boolean {
  const { phase } = draft;
  if (phase.name !== 'failed' || phase.error.step !== 'load' || !phase.error.retryable) return false;
  retryAfterFailure(draft, phase);
  return true;
}

/** The person asked for the popup again, because they cannot find it. */
export function reopenPopup(draft: Draft): void {
  if (draft.phase.name === 'code' && draft.phase.rung === 'popup') requestCodeInteractively(draft);
}

/** The person closed the prompt, which cancels the popup or the sign-in. */
export function dismissed(draft: Draft): void {
  const { phase } = draft;
  if (phase.name === 'code' && phase.rung === 'popup') return attemptCancelled(draft, phase);
  if (phase.name === 'interaction-required') signedOut(draft, draft.token && 'expired');
}
