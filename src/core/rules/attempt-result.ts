import { GcAuthError } from '../errors.js';
import type { TracedAttempt } from '../errors.js';
import type { Grant } from '../grant.js';
import type { PhaseNamed } from '../phase.js';
import { endAttempt } from './attempt.js';
import { codeReady } from './code-ready.js';
import { enter, reportError } from './draft.js';
import type { Draft } from './draft.js';
import { scheduleFrameTest } from './frame-test.js';
import { requireInteraction, waitForInteraction } from './interaction.js';

/** Longest extension of a silent attempt in a hidden page, whose timers browsers throttle, in milliseconds. */
const maxHiddenMs = 60_000;

export function codeReceived(draft: Draft, operationId: number, grant: Grant): void {
  const attempt = endAttempt(draft, operationId, 'code');
  if (!attempt) return;
  // The silent attempt failed because nobody was signed in, or because frames do not work. A test tells, now that
  // somebody is signed in.
  if (attempt !== 'probe' && attempt.rung !== 'silent') scheduleFrameTest(draft);
  codeReady(draft, grant, attempt === 'probe' ? 0 : attempt.callRequests);
}

export function codeFailed(
  draft: Draft,
  operationId: number,
  error: GcAuthError,
  verdict: TracedAttempt['verdict'] = error.code,
): void {
  const attempt = endAttempt(draft, operationId, verdict);
  if (attempt === 'probe' && draft.phase.name === 'interaction-required') {
    return waitForInteraction(draft, draft.phase.error, draft.phase.rung);
  }
  if (!attempt || attempt === 'probe') return;
  requireInteraction(draft, error, attempt.rung);
  // After the Back button there is nothing to report: the person knows that they did not sign in.
  const wentBack = attempt.rung === 'redirect' && verdict === 'cancelled';
  const silent = attempt.rung === 'silent' || attempt.rung === 'silent-redirect';
  if (!silent && !wentBack && draft.phase.name === 'interaction-required') {
    reportError(draft, draft.phase.error);
  }
}

/** The attempt has failed, unless it is silent and the page is hidden: then it gets more time, up to a limit. */
export function attemptOverdue(draft: Draft, phase: PhaseNamed<'code'>): void {
  const { now, visible, config } = draft.conditions;
  const { rung, operationId, startedAt } = phase;
  const extended = Math.min(now + config.silentTimeoutMs, startedAt + config.silentTimeoutMs + maxHiddenMs);
  if (rung === 'silent' && !visible && extended > now) return enter(draft, { ...phase, dueAt: extended });
  codeFailed(draft, operationId, new GcAuthError(rung === 'silent' ? 'silent-timeout' : 'popup-timeout'));
}

/** The person cancelled the popup, or came back from the redirect with the Back button. */
export const attemptCancelled = (draft: Draft, { operationId }: PhaseNamed<'code'>): void =>
  codeFailed(draft, operationId, new GcAuthError('popup-closed'), 'cancelled');
