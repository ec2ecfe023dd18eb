import { retryDelay } from '../deadline.js';
import { GcAuthError } from '../errors.js';
import type { MessengerFailure, PluginCall } from '../messenger.js';
import type { PhaseNamed } from '../phase.js';
import { ignoredAfterMs } from './code-ready.js';
import { enter, reportError, sendCommand } from './draft.js';
import type { Draft } from './draft.js';
import { exceedsLoopLimit, failSession } from './failure.js';
import { requestCode } from './request-code.js';
import { pendingCall, refuseCall } from './settle.js';

/** Longest exchange of a code in milliseconds. */
export const exchangeMs = 15_000;

/** `Auth.authenticating`: Messenger has not ignored the code. */
export function authenticating(draft: Draft): void {
  if (draft.phase.name !== 'exchange') return;
  const dueAt = draft.conditions.now + exchangeMs;
  enter(draft, { ...draft.phase, exchanging: true, dueAt }, 'authenticating');
}

/** Messenger repeats the error of a refused plugin call within this time, in milliseconds. */
const repeatMs = 2_000;

/** An error event of Messenger. Outside of an exchange, it only repeats that we refused a plugin call. */
export function authError(draft: Draft, event: string, { status, message, contextId }: MessengerFailure): void {
  const { phase, refusedAt, conditions } = draft;
  draft.refusedAt = -Infinity;
  if (phase.name !== 'exchange') return;
  // So does the first one after a refusal, as long as Messenger has not started to exchange the new code.
  const repeats = !phase.exchanging && conditions.now - refusedAt < repeatMs;
  if (!repeats) exchangeFailed(draft, [event, status, message], contextId);
}

function exchangeFailed(draft: Draft, details: readonly unknown[], contextId?: string): void {
  const { now, random } = draft.conditions;
  const error = new GcAuthError('exchange-failed', {
    message: `Genesys could not exchange the code (${details.filter(Boolean).join(' ').slice(0, 200)}).`,
    hint:
      contextId &&
      `Check client ID, client secret and redirect URI in the Genesys Cloud integration; contextId ${contextId}.`,
    trace: draft.trace,
  });
  if (exceedsLoopLimit(draft, 'exchange', error)) return;
  const failures = draft.loopEntries.filter(([cause]) => cause === 'exchange').length;
  enter(draft, { name: 'backoff', dueAt: now + retryDelay(failures, random) }, 'exchange-failed');
  reportError(draft, error);
}

/** The provider issued a code that was used before. The plugin call waits for another code. */
export function codeAlreadyUsed(draft: Draft, call: PluginCall): void {
  if (draft.phase.name !== 'exchange') return refuseCall(draft, call);
  draft.calls = [pendingCall(draft, call), ...draft.calls];
  if (!exceedsLoopLimit(draft, 'exchange')) requestCode(draft, 'already-used');
}

/**
 * Messenger has not exchanged the code in time.
 *
 * In practice Messenger sometimes ignores a code. Then it is asked to call again: first by a command, then by another
 * `AuthProvider.ready`.
 */
export function exchangeOverdue(draft: Draft, phase: PhaseNamed<'exchange'>): void {
  const { exchanging, callRequests } = phase;
  const [waiting] = draft.calls;
  if (exchanging) return exchangeFailed(draft, ['no answer']);
  if (waiting) return requestCode(draft, waiting.call.command, callRequests);
  if (callRequests > 1) return failSession(draft, new GcAuthError('reauthenticate-ignored'));
  const dueAt = draft.conditions.now + ignoredAfterMs;
  enter(draft, { ...phase, callRequests: callRequests + 1, dueAt }, 'code-ignored');
  if (callRequests === 0) sendCommand(draft, 'Auth.getTokens');
  else draft.effects.push({ do: 'publish-ready' });
}
