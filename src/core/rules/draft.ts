import type { Conditions } from '../conditions.js';
import type { Effect } from '../effect.js';
import type { TracedAttempt, GcAuthError } from '../errors.js';
import type { Model } from '../model.js';
import { runningOperationId } from '../phase.js';
import type { Phase } from '../phase.js';
import type { SharedRecord, TabMessageType } from '../shared-record.js';

/**
 * A transition in progress: a copy of the model that the rules change, what they may read, and the effects so far.
 * `transition()` creates it and does not return it, so it is pure.
 */
export type Draft = { -readonly [Key in keyof Model]: Model[Key] } & {
  readonly conditions: Conditions;
  readonly effects: Effect[];
};

/** Enters a phase. Cancels the running operation unless the new phase continues it. */
export function enter(draft: Draft, phase: Phase, reason: string = draft.reason): void {
  const operationId = runningOperationId(draft.phase);
  if (operationId !== undefined && operationId !== runningOperationId(phase)) {
    draft.effects.push({ do: 'cancel', operationId });
  }
  draft.phase = phase;
  draft.reason = reason;
}

/** Sends a Messenger command; returns its operation ID, which `command-settled` repeats. */
export function sendCommand(draft: Draft, name: string): number {
  const operationId = ++draft.lastOperationId;
  draft.effects.push({ do: 'command', name, operationId });
  return operationId;
}

const maxTraceLength = 20;

export function addToTrace(draft: Draft, attempt: TracedAttempt): void {
  draft.trace = [...draft.trace, attempt].slice(-maxTraceLength);
}

/** The same for an attempt that was made, which is also published. */
export function recordAttempt(draft: Draft, attempt: TracedAttempt, reason: string): void {
  addToTrace(draft, attempt);
  draft.effects.push({ do: 'attempt', attempt: { ...attempt, reason } });
}

export const reportError = (draft: Draft, error: GcAuthError): void => {
  draft.effects.push({ do: 'report', error });
};

/**
 * Writes the shared record for all tabs, and tells the open ones about it when there is a message. The latest sign-out
 * stays in the record, because it holds for tabs that wake up later.
 */
export function shareRecord(draft: Draft, record: SharedRecord, message?: TabMessageType): void {
  const { signOut } = draft.conditions.record;
  const kept = { ...(signOut && { signOut }), ...record };
  draft.effects.push({ do: 'share', record: { ...kept, sameWhileValid: draft.sameWhileValid }, message });
}

/** Hides Messenger at once, or shows it again. A new session does not know what the one before has done. */
export function setHidden(draft: Draft, hidden: boolean): void {
  draft.effects.push({ do: 'hide-messenger', hidden });
  draft.hidden = hidden;
}

export const hasValidToken = ({ token, conditions }: Draft): boolean =>
  token !== undefined && token.expiresAt > conditions.now;

/** A sign-out is running, or starts as soon as Messenger is ready. */
export const isSigningOut = ({ phase, callers }: Draft): boolean =>
  phase.name === 'signing-out' || callers.some(({ method }) => method === 'sign-out');
