import type { SignInMode } from '../config.js';
import { renewalDue, retryDelay } from '../deadline.js';
import type { GcAuthError } from '../errors.js';
import { afterFailure, isSetupFault, isUnreachable } from '../next-rung.js';
import type { InteractiveRung } from '../phase.js';
import { rungConditions, startInteractiveAttempt } from './attempt.js';
import { enter, hasValidToken, reportError } from './draft.js';
import type { Draft } from './draft.js';
import { failSession } from './failure.js';
import { isInconclusive, isOutage, isPassing, maxDelayMs, waitOutOutage } from './outage.js';
import { redirectSilently } from './silent-redirect.js';
import { lacksStorageAccess, storageAccessUsed } from './storage-access.js';
import { refuseCalls, settleCallers, tokenMethods } from './settle.js';
import { signedOut } from './signed-out.js';

/** Shortest time between two silent attempts that no call needs, in milliseconds. */
const minProbeIntervalMs = 10_000;

/** Quiet repetitions of an attempt that a passing fault has ended, before anything shows. */
const maxQuietRetries = 2;

/** Attempts that took longer than this together, in milliseconds, are not repeated before anything shows. */
const maxQuietMs = 4_000;

/** Probes for somebody who has not been signed in yet. */
const maxFirstProbes = 2;

/**
 * Decides what follows a failed attempt. Usually a person must act: callers that expected a silent sign-in reject, and
 * Messenger's calls wait for the click.
 */
export function requireInteraction(draft: Draft, error: GcAuthError, rung: SignInMode = 'silent'): void {
  const tracedError = error.traced(draft.trace);
  if (hasValidToken(draft) && (isUnreachable(error) || requestedBeforeToken(draft))) {
    return keepSession(draft, tracedError);
  }
  if (rung === 'silent' && isOutage(draft, error)) return waitOutOutage(draft, tracedError);
  const { now, random, config } = draft.conditions;
  const passing = isPassing(error);
  const failures = draft.trace.filter(({ verdict }) => verdict === error.code);
  const tookMs = failures.reduce((sum, { ms }) => sum + ms, 0);
  if (rung === 'silent' && passing && failures.length <= maxQuietRetries && tookMs < maxQuietMs) {
    return enter(draft, { name: 'backoff', dueAt: now + retryDelay(failures.length, random) }, error.code);
  }

  const granted = rung === 'silent' && storageAccessUsed(draft);
  if (rung === 'silent' && redirectSilently(draft, error)) return;

  // What a page's own function throws says nothing about the configuration.
  const { code, step } = error;
  const next = afterFailure(rung, { code, step: config.codeProvider ? 'code' : step }, rungConditions(draft));
  // Closing the popup cancels a step-up. The conversation stays anonymous, and Messenger's sign-in button remains.
  const stepUpCancelled =
    error.code === 'popup-closed' &&
    draft.calls.length > 0 &&
    draft.calls.every(({ call }) => call.command === 'signIn');
  if (next !== 'stop' && !stepUpCancelled) {
    waitForInteraction(draft, tracedError, next, error.code);
    // The click that requested the code is recent enough to open the popup.
    const byClick = granted || requestedByPerson(draft);
    if (rung === 'silent' && next === 'popup' && draft.conditions.activated && byClick) {
      return startInteractiveAttempt(draft, next);
    }
    // A click may help this person, but somebody must correct the set-up.
    if (rung === 'silent' && isSetupFault(error)) reportError(draft, tracedError);
    draft.effects.push({ do: 'prepare' });
  } else if (stepUpCancelled || error.code === 'login-required') {
    reportError(draft, tracedError);
    refuseCalls(draft, tracedError);
    settleCallers(draft, tokenMethods, tracedError);
    signedOut(draft, draft.token && 'expired');
    draft.reason = error.code;
  } else {
    const retryAt = passing ? now + retryDelay(failures.length + 2, random, maxDelayMs) : undefined;
    return failSession(draft, error, { retryAt });
  }
  settleCallers(draft, tokenMethods, tracedError);
}

const requestedByPerson = ({ calls, callers }: Draft): boolean =>
  calls.some(({ call }) => call.command === 'signIn') || callers.some(({ method }) => method === 'step-up');

/** Whether everything that waits was requested before the JWT arrived, so that the JWT makes a code unnecessary. */
const requestedBeforeToken = ({ token, calls, callers, conditions }: Draft): boolean =>
  token !== undefined &&
  !callers.length &&
  calls.every(({ call, dueAt }) => !call.forceUpdate && dueAt - conditions.config.popupTimeoutMs < token.issuedAt);

/** Stays signed in: a network error does not end a session whose JWT is valid. */
function keepSession(draft: Draft, error: GcAuthError): void {
  const { token, sameWhileValid, conditions } = draft;
  const renews = token && conditions.config.renew === 'auto';
  const dueAt = renews ? renewalDue(token, sameWhileValid, conditions.random) : undefined;
  enter(draft, { name: 'signed-in', dueAt, failures: 0 }, error.code);
  if (!requestedBeforeToken(draft)) reportError(draft, error);
  refuseCalls(draft, error);
  settleCallers(draft, [...tokenMethods, 'sign-out'], error);
}

/**
 * Waits for a click that starts the rung. If the error does not tell whether somebody is signed in at the provider, probes
 * follow: for somebody who was signed in as long as the prompt is shown, otherwise a few.
 */
export function waitForInteraction(draft: Draft, error: GcAuthError, rung: InteractiveRung, reason?: string): void {
  const { now, random } = draft.conditions;
  const { length } = draft.trace;
  const failures = draft.token ? Infinity : length + 3;
  const probes = isInconclusive(error) && (draft.token ?? length <= maxFirstProbes);
  const dueAt = probes ? Math.max(nextProbeAt(draft), now + retryDelay(failures, random, maxDelayMs)) : undefined;
  const storageAccess = lacksStorageAccess(draft);
  enter(draft, { name: 'interaction-required', error, rung, storageAccess, dueAt }, reason);
}

/** The earliest time of the next probe, epoch ms. */
export const nextProbeAt = ({ lastSilentAt }: Draft): number => lastSilentAt + minProbeIntervalMs;

/** Starts a silent attempt while the prompt is shown, because the person may have signed in elsewhere. */
export function probe(draft: Draft): void {
  const { phase, conditions } = draft;
  const { now, config, framesUnusable } = conditions;
  const possible = now >= nextProbeAt(draft) && config.signInModes.includes('silent') && !framesUnusable;
  if (phase.name !== 'interaction-required' || phase.operationId !== undefined || !possible) return;
  draft.lastSilentAt = now;
  const operationId = ++draft.lastOperationId;
  enter(draft, { ...phase, operationId, startedAt: now, dueAt: now + config.silentTimeoutMs });
  draft.effects.push({ do: 'code', rung: 'silent', operationId, reason: 'probe', windowOpen: false });
}
