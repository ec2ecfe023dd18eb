import { GcAuthError } from '../errors.js';
import type { PluginCall } from '../messenger.js';
import type { Caller, PendingCall } from '../model.js';
import { enter } from './draft.js';
import type { Draft } from './draft.js';

/*
 * Two kinds of callers wait for the session: Messenger, which calls the AuthProvider plugin, and the page, which calls
 * a public method. A plugin call is answered or refused; a public method resolves or rejects. Each settles exactly once.
 */

/** The public methods that resolve with a JWT. */
export const tokenMethods: ReadonlyArray<Caller['method']> = ['sign-in', 'refresh', 'reauthenticate', 'step-up'];

export const pendingCall = ({ conditions }: Draft, call: PluginCall): PendingCall => ({
  call,
  dueAt: conditions.now + conditions.config.popupTimeoutMs,
});

/** Refuses the plugin calls that are due by a time, epoch ms; all of them by default. */
export function refuseCalls(draft: Draft, error: GcAuthError, dueBy = Infinity): void {
  for (const { call, dueAt } of draft.calls) if (dueAt <= dueBy) refuseCall(draft, call, error);
  draft.calls = draft.calls.filter(({ dueAt }) => dueAt > dueBy);
}

/** Refuses a plugin call. For a step-up, `signInFailed` makes Messenger reset its own sign-in button. */
export function refuseCall(draft: Draft, call: PluginCall, error = new GcAuthError('login-required')): void {
  if (call.command === 'signIn') {
    draft.effects.push({ do: 'publish', event: 'signInFailed', data: { message: error.message } });
    settleCallers(draft, ['step-up'], error);
  }
  draft.refusedAt = draft.conditions.now;
  draft.effects.push({ do: 'refuse', call, error });
}

/** Longest wait of a public method for Messenger's script, in milliseconds: a consent tool may hold it back for ever. */
const scriptMs = 10_000;

export function addCaller(draft: Draft, caller: Caller): void {
  const { phase, conditions } = draft;
  draft.callers = [...draft.callers, caller];
  if (phase.name === 'loading' && phase.step === 'script') {
    enter(draft, { ...phase, dueAt: phase.dueAt ?? conditions.now + scriptMs });
  }
}

/** Rejects a caller that was not added. */
export const rejectCaller = (draft: Draft, caller: number, error: GcAuthError): void => {
  draft.effects.push({ do: 'reject', caller, error });
};

/** Settles the callers of some methods: rejects them with the error, or resolves them with the JWT without one. */
export function settleCallers(draft: Draft, methods: ReadonlyArray<Caller['method']>, error?: GcAuthError): void {
  for (const { id, method } of draft.callers) {
    if (!methods.includes(method)) continue;
    draft.effects.push(error ? { do: 'reject', caller: id, error } : { do: 'resolve', caller: id, token: draft.token });
  }
  draft.callers = draft.callers.filter(({ method }) => !methods.includes(method));
}
