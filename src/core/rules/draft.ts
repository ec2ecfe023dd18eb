import { GcAuthError } from '../errors.js';
import type { Attempt } from '../errors.js';
import type { PluginCall } from '../messenger.js';
import { liveTicket } from '../phase.js';
import type { Caller, Conditions, Effect, Model } from '../model.js';
import type { Phase } from '../phase.js';
import type { TabMessageType, SharedRecord } from '../shared-record.js';
import { isLoop, recentEntries } from '../loop-breaker.js';
import type { LoopCause } from '../loop-breaker.js';

/**
 * A transition in the making: a copy of the model that rules may change, the circumstances, and the effects so
 * far. It never leaves `transition()`, which is pure.
 */
export type Draft = { -readonly [Key in keyof Model]: Model[Key] } & {
  readonly c: Conditions;
  readonly effects: Effect[];
};

/** Enters a phase; an attempt that the new phase does not carry on is dropped. */
export function enter(draft: Draft, phase: Phase, why: string = draft.why): void {
  const signedOut = liveTicket(draft.phase);
  if (signedOut !== undefined && signedOut !== liveTicket(phase))
    draft.effects.push({ do: 'drop', operationId: signedOut });
  draft.phase = phase;
  draft.why = why;
}

/** Sends a Messenger command; returns the number under which it will be settled. */
export function sendCommand(draft: Draft, name: string): number {
  draft.effects.push({ do: 'command', name, operationId: ++draft.lastOperationId });
  return draft.lastOperationId;
}

const longestTrace = 20;

export function addToTrace(draft: Draft, attempt: Attempt): void {
  draft.trace = [...draft.trace, attempt].slice(-longestTrace);
}

export const pendingCall = (draft: Draft, call: PluginCall): Model['calls'][number] => ({
  call,
  until: draft.c.now + draft.c.config.popupTimeoutMs,
});

/** Refuses the calls that are due by `until`, or all. */
export function rejectCalls(draft: Draft, error: GcAuthError, until = Infinity): void {
  for (const open of draft.calls) if (open.until <= until) rejectCall(draft, open.call, error);
  draft.calls = draft.calls.filter((open) => open.until > until);
}

/** Messenger resets its own interface when a step-up hears `signInFailed`. */
export function rejectCall(draft: Draft, call: PluginCall, error = new GcAuthError('login-required')): void {
  if (call.command === 'signIn') {
    draft.effects.push({ do: 'publish', event: 'signInFailed', data: { message: error.message } });
    settleCallers(draft, ['step-up'], error);
  }
  draft.effects.push({ do: 'refuse', call, error });
}

export const addCaller = (draft: Draft, caller: Caller): void => {
  draft.callers = [...draft.callers, caller];
};

/** Settles the callers who want one of these, with the JWT or with the error. */
export function settleCallers(draft: Draft, method: ReadonlyArray<Caller['method']>, error?: GcAuthError): void {
  for (const { id, method: wanted } of draft.callers) {
    if (!method.includes(wanted)) continue;
    draft.effects.push(error ? { do: 'reject', caller: id, error } : { do: 'resolve', caller: id, token: draft.token });
  }
  draft.callers = draft.callers.filter((caller) => !method.includes(caller.method));
}

export const tokenMethods: ReadonlyArray<Caller['method']> = ['sign-in', 'refresh', 'reauthenticate', 'step-up'];

/** Signing out, or about to, as soon as Messenger is there. */
export const isSigningOut = ({ phase, callers }: Draft): boolean =>
  phase.name === 'signing-out' || callers.some(({ method }) => method === 'sign-out');

export const rejectCaller = (draft: Draft, caller: number, error: GcAuthError): void => {
  draft.effects.push({ do: 'reject', caller, error });
};

export const reportError = (draft: Draft, error: GcAuthError): void => {
  draft.effects.push({ do: 'report', error });
};

/** Nothing works until someone acts: everything that waits is told. `until`: when it is tried once more all the same. */
export function failSession(draft: Draft, error: GcAuthError, until?: number): void {
  const tracedError = error.trace.length ? error : error.traced(draft.trace);
  enter(draft, { name: 'failed', error: tracedError, until }, error.code);
  reportError(draft, tracedError);
  rejectCalls(draft, tracedError);
  settleCallers(draft, [...tokenMethods, 'sign-out'], tracedError);
}

export const isLive = ({ token, c }: Draft): boolean => token !== undefined && token.expiresAt > c.now;

/** Tells the other tabs, and those to come. */
export function shareRecord(draft: Draft, known: SharedRecord, message?: TabMessageType): void {
  draft.effects.push({ do: 'share', record: { ...known, sameWhileValid: draft.sameWhileValid }, message });
}

/** How long a stopped loop rests before it is given one more try. */
const restMs = 300_000;

/** Counts a try; the one too many ends in `loop-stopped`. */
export function exceedsLoopLimit(draft: Draft, cause: LoopCause, error?: GcAuthError): boolean {
  draft.loopEntries = [...recentEntries(draft.loopEntries, draft.c.now), [cause, draft.c.now]];
  return stopIfLooping(draft, cause, error);
}

export function stopIfLooping(draft: Draft, cause: LoopCause, error?: GcAuthError): boolean {
  if (!isLoop(draft.loopEntries, cause)) return false;
  failSession(draft, new GcAuthError('loop-stopped', { cause: error, trace: draft.trace }), draft.c.now + restMs);
  return true;
}
