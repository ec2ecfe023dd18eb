import type { SignInMode } from '../config.js';
import type { TracedAttempt } from '../errors.js';
import type { RungConditions } from '../next-rung.js';
import type { InteractiveRung, PhaseNamed } from '../phase.js';
import { enter, recordAttempt } from './draft.js';
import type { Draft } from './draft.js';
import { exceedsLoopLimit } from './failure.js';
import { cancelFrameTest } from './frame-test.js';

/** After a redirect has started, the browser leaves the page within this time, in milliseconds. */
export const redirectMs = 30_000;

export const rungConditions = ({ conditions, trace }: Draft): RungConditions => ({
  modes: conditions.config.signInModes,
  popups: conditions.popups,
  // The last attempt is the one that has just failed.
  blocked: trace.slice(0, -1).some(({ verdict }) => verdict === 'popup-blocked'),
});

/**
 * Starts a silent attempt, which replaces a running one.
 *
 * @param callRequests How often Messenger was asked to call again because it ignored a code.
 */
export function startSilentAttempt(draft: Draft, reason: string, callRequests: number): void {
  const { now, config } = draft.conditions;
  if (exceedsLoopLimit(draft, 'silent')) return;
  draft.lastSilentAt = now;
  startAttempt(draft, 'silent', config.silentTimeoutMs, reason, callRequests);
}

/** Opens the popup, or leaves the page for the provider. Must run in the click, or the browser blocks the popup. */
export function startInteractiveAttempt(draft: Draft, rung: InteractiveRung): void {
  if (rung === 'redirect' && exceedsLoopLimit(draft, 'redirect')) return;
  const timeoutMs = rung === 'redirect' ? redirectMs : draft.conditions.config.popupTimeoutMs;
  startAttempt(draft, rung, timeoutMs, 'sign-in', 0);
}

export function startAttempt(
  draft: Draft,
  rung: SignInMode,
  timeoutMs: number,
  reason: string,
  callRequests: number,
): void {
  const { now } = draft.conditions;
  const operationId = ++draft.lastOperationId;
  cancelFrameTest(draft);
  const dueAt = now + timeoutMs;
  enter(draft, { name: 'code', rung, operationId, reason, startedAt: now, dueAt, callRequests }, reason);
  draft.effects.push({ do: 'code', rung, operationId, reason, windowOpen: draft.windowOpen });
}

/**
 * Records how the running attempt ended.
 *
 * Returns its phase, `probe` for a probe, and undefined when the operation is not the running attempt.
 */
export function endAttempt(
  draft: Draft,
  operationId: number,
  verdict: TracedAttempt['verdict'],
): PhaseNamed<'code'> | 'probe' | undefined {
  const { phase, conditions } = draft;
  if (phase.name !== 'code' && phase.name !== 'interaction-required') return undefined;
  if (phase.operationId !== operationId) return undefined;
  const rung = conditions.config.codeProvider ? 'page' : phase.name === 'code' ? phase.rung : 'silent';
  const startedAt = phase.startedAt ?? conditions.now;
  const reason = phase.name === 'code' ? phase.reason : 'probe';
  recordAttempt(draft, { rung, verdict, ms: Math.round(conditions.now - startedAt) }, reason);
  return phase.name === 'code' ? phase : 'probe';
}
