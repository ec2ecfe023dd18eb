import { GcAuthError } from '../errors.js';
import type { Attempt } from '../errors.js';
import type { Ask } from '../messenger.js';
import { liveTicket } from '../phase.js';
import type { Caller, Circumstances, Effect, Model } from '../model.js';
import type { Phase } from '../phase.js';
import type { News, SharedRecord } from '../shared-record.js';
import { isLoop, recentTries } from '../tries.js';
import type { Cause } from '../tries.js';

/**
 * A transition in the making: a copy of the model that rules may change, the circumstances, and the effects so
 * far. It never leaves `transition()`, which is pure.
 */
export type Work = { -readonly [Key in keyof Model]: Model[Key] } & {
  readonly c: Circumstances;
  readonly effects: Effect[];
};

/** Enters a phase; an attempt that the new phase does not carry on is dropped. */
export function enter(w: Work, phase: Phase, why: string = w.why): void {
  const left = liveTicket(w.phase);
  if (left !== undefined && left !== liveTicket(phase)) w.effects.push({ do: 'drop', ticket: left });
  w.phase = phase;
  w.why = why;
}

/** Sends a Messenger command; returns the number under which it will be settled. */
export function command(w: Work, name: string): number {
  w.effects.push({ do: 'command', name, ticket: ++w.serial });
  return w.serial;
}

const longestTrace = 20;

export function trace(w: Work, attempt: Attempt): void {
  w.trace = [...w.trace, attempt].slice(-longestTrace);
}

export const openAsk = (w: Work, ask: Ask): Model['asks'][number] => ({
  ask,
  until: w.c.now + w.c.config.popupTimeoutMs,
});

/** Refuses the asks that are due by `until`, or all. */
export function refuseAsks(w: Work, error: GcAuthError, until = Infinity): void {
  for (const open of w.asks) if (open.until <= until) refuse(w, open.ask, error);
  w.asks = w.asks.filter((open) => open.until > until);
}

/** Messenger resets its own interface when a step-up hears `signInFailed`. */
export function refuse(w: Work, ask: Ask, error = new GcAuthError('login-required')): void {
  if (ask.command === 'signIn') {
    w.effects.push({ do: 'publish', event: 'signInFailed', data: { message: error.message } });
    settleCallers(w, ['step-up'], error);
  }
  w.effects.push({ do: 'refuse', ask, error });
}

export const addCaller = (w: Work, caller: Caller): void => {
  w.callers = [...w.callers, caller];
};

/** Settles the callers who want one of these, with the JWT or with the error. */
export function settleCallers(w: Work, wants: ReadonlyArray<Caller['wants']>, error?: GcAuthError): void {
  for (const { id, wants: wanted } of w.callers) {
    if (!wants.includes(wanted)) continue;
    w.effects.push(error ? { do: 'reject', caller: id, error } : { do: 'resolve', caller: id, token: w.token });
  }
  w.callers = w.callers.filter((caller) => !wants.includes(caller.wants));
}

export const forToken: ReadonlyArray<Caller['wants']> = ['sign-in', 'refresh', 'reauthenticate', 'step-up'];

/** Signing out, or about to, as soon as Messenger is there. */
export const isLeaving = ({ phase, callers }: Work): boolean =>
  phase.name === 'signing-out' || callers.some(({ wants }) => wants === 'sign-out');

export const reject = (w: Work, caller: number, error: GcAuthError): void => {
  w.effects.push({ do: 'reject', caller, error });
};

export const report = (w: Work, error: GcAuthError): void => {
  w.effects.push({ do: 'report', error });
};

/** Nothing works until someone acts: everything that waits is told. `until`: when it is tried once more all the same. */
export function fail(w: Work, error: GcAuthError, until?: number): void {
  const evident = error.trace.length ? error : error.traced(w.trace);
  enter(w, { name: 'failed', error: evident, until }, error.code);
  report(w, evident);
  refuseAsks(w, evident);
  settleCallers(w, [...forToken, 'sign-out'], evident);
}

export const isLive = ({ token, c }: Work): boolean => token !== undefined && token.expiresAt > c.now;

/** Tells the other tabs, and those to come. */
export function share(w: Work, known: SharedRecord, news?: News): void {
  w.effects.push({ do: 'share', record: { ...known, sameWhileValid: w.sameWhileValid }, news });
}

/** How long a stopped loop rests before it is given one more try. */
const restMs = 300_000;

/** Counts a try; the one too many ends in `loop-stopped`. */
export function isOneTooMany(w: Work, cause: Cause, error?: GcAuthError): boolean {
  w.tries = [...recentTries(w.tries, w.c.now), [cause, w.c.now]];
  return stopsLoop(w, cause, error);
}

export function stopsLoop(w: Work, cause: Cause, error?: GcAuthError): boolean {
  if (!isLoop(w.tries, cause)) return false;
  fail(w, new GcAuthError('loop-stopped', { cause: error, trace: w.trace }), w.c.now + restMs);
  return true;
}
