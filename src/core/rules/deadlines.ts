import { GcAuthError } from '../errors.js';
import type { PhaseNamed } from '../phase.js';
import { afterCooldown } from '../loop-breaker.js';
import { attemptCancelled, attemptOverdue } from './attempt-result.js';
import { jwtUnchanged } from './authenticated.js';
import { pluginCallOverdue, requestPluginCall } from './awaiting-call.js';
import { enter, hasValidToken } from './draft.js';
import type { Draft } from './draft.js';
import { exchangeOverdue } from './exchange.js';
import { failSession } from './failure.js';
import { nextProbeAt, probe, waitForInteraction } from './interaction.js';
import { refreshFailed, renew } from './renewal.js';
import { requestCode } from './request-code.js';
import { refuseCalls } from './settle.js';
import { retryAfterFailure } from './sign-in.js';
import { logoutOverdue } from './sign-out.js';
import { loadingOverdue, waitForMessenger } from './start.js';

/** Handles the deadlines that have passed. A timer that fires too early changes nothing. */
export function tick(draft: Draft): void {
  const { now, visible } = draft.conditions;
  refuseCalls(draft, new GcAuthError('popup-timeout'), now);
  const { phase } = draft;
  if (phase.dueAt === undefined || phase.dueAt > now) return;
  switch (phase.name) {
    case 'loading':
      return loadingOverdue(draft, phase);
    case 'awaiting-call':
      return pluginCallOverdue(draft, phase);
    case 'code':
      return attemptOverdue(draft, phase);
    case 'code-ready':
      // Too old now for a Messenger that is still loading.
      if (draft.hasJwt === undefined) return waitForMessenger(draft, 'start');
      return failSession(
        draft,
        new GcAuthError('reauthenticate-ignored', { message: 'Messenger did not request the new code.' }),
      );
    case 'exchange':
      return exchangeOverdue(draft, phase);
    case 'backoff':
      return draft.calls.length
        ? requestCode(draft, draft.reason)
        : requestPluginCall(draft, 'Auth.getTokens', draft.reason);
    case 'signed-in':
      return visible ? renew(draft, 'due', phase.failures) : undefined;
    case 'renewing':
      if (phase.operationId === undefined) return renew(draft, 'due', phase.failures);
      return phase.settled && hasValidToken(draft) ? jwtUnchanged(draft) : refreshFailed(draft, phase);
    case 'interaction-required':
      if (phase.operationId !== undefined) return waitForInteraction(draft, phase.error, phase.rung);
      enter(draft, { ...phase, dueAt: undefined });
      return visible ? probe(draft) : undefined;
    case 'signing-out':
      return logoutOverdue(draft, phase);
    case 'failed':
      if (phase.unfinished) return retryAfterFailure(draft, phase);
      if (phase.error.code !== 'loop-stopped') return requestCode(draft, 'retry');
      draft.loopEntries = afterCooldown(draft.loopEntries, now);
      return requestCode(draft, 'half-open');
  }
}

const retriesOnWake = ({ error, unfinished }: PhaseNamed<'failed'>): boolean =>
  unfinished !== undefined || error.code === 'offline' || error.code === 'discovery-failed';

/**
 * The page became visible, was restored, woke up or is online again. Timers may not have run meanwhile, so this handles
 * passed deadlines. It also retries what a network error has stopped.
 */
export function wake(draft: Draft, reason: string): void {
  const { phase, conditions, outageWaits } = draft;
  // The Back button restored the page from the back/forward cache, in the phase in which the redirect left it.
  if (reason === 'pageshow' && phase.name === 'code' && /redirect$/.test(phase.rung)) {
    return attemptCancelled(draft, phase);
  }
  if (phase.name === 'interaction-required') return probe(draft);
  // Only a click empties the loop breaker: an error that comes and goes may be part of the loop.
  if (phase.name === 'failed' && retriesOnWake(phase)) return retryAfterFailure(draft, phase);
  const waitsToRetry =
    (phase.name === 'signed-in' && phase.failures > 0 && conditions.config.renew === 'auto') ||
    (phase.name === 'renewing' && phase.operationId === undefined);
  const tooEarly = outageWaits && conditions.now < nextProbeAt(draft);
  if (waitsToRetry && conditions.online && !tooEarly) return renew(draft, 'wake', phase.failures);
  tick(draft);
}
