import { GcAuthError } from '../errors.js';
import type { Attempt } from '../errors.js';
import type { Ask } from '../messenger.js';
import { liveTicket } from '../model.js';
import type { Caller, Circumstances, Effect, Model, Next, Phase } from '../model.js';

/** Enters a phase; an attempt that the new phase does not carry on is dropped. */
export function enter(model: Model, phase: Phase, why: string, ...effects: readonly Effect[]): Next {
  const left = liveTicket(model.phase);
  const dropped: Effect[] = left !== undefined && left !== liveTicket(phase) ? [{ do: 'drop', ticket: left }] : [];
  return [{ ...model, phase, why }, [...dropped, ...effects]];
}

export const stay = (model: Model, ...effects: readonly Effect[]): Next => [model, effects];

/** One rule after another; effects in order. */
export function then([model, effects]: Next, rule: (model: Model) => Next): Next {
  const [next, more] = rule(model);
  return [next, [...effects, ...more]];
}

/** A new number for an attempt or a command. */
export const withTicket = (model: Model): readonly [Model, number] => [
  { ...model, serial: model.serial + 1 },
  model.serial + 1,
];

/** Sends a Messenger command and enters the phase that waits for it. */
export function command(model: Model, name: string, why: string, phase: (ticket: number) => Phase): Next {
  const [numbered, ticket] = withTicket(model);
  return enter(numbered, phase(ticket), why, { do: 'command', name, ticket });
}

const longestTrace = 20;

export const traced = (model: Model, attempt: Attempt): Model => ({
  ...model,
  trace: [...model.trace, attempt].slice(-longestTrace),
});

export const addAsk = (model: Model, ask: Ask, { now, config }: Circumstances): Model => ({
  ...model,
  asks: [...model.asks, { ask, until: now + config.popupTimeoutMs }],
});

export const refuseAsks = (model: Model, error: GcAuthError, until = Infinity): Next => {
  const refused = model.asks.filter((open) => open.until <= until);
  return [
    { ...model, asks: model.asks.filter((open) => !refused.includes(open)) },
    refused.flatMap(({ ask }) => refusal(ask, error)),
  ];
};

/** Messenger resets its own interface when a step-up hears `signInFailed`. */
export const refusal = (ask: Ask, error: GcAuthError): readonly Effect[] => [
  ...(ask.command === 'signIn'
    ? [{ do: 'publish', event: 'signInFailed', data: { message: error.message } } as const]
    : []),
  { do: 'refuse', ask, error },
];

export const resolveCallers = (model: Model, ...wants: ReadonlyArray<Caller['wants']>): Next => {
  const done = model.callers.filter((caller) => wants.includes(caller.wants));
  return [
    { ...model, callers: model.callers.filter((caller) => !done.includes(caller)) },
    done.map(({ id }) => ({ do: 'resolve', caller: id, token: model.token })),
  ];
};

export const rejectCallers = (model: Model, error: GcAuthError, ...wants: ReadonlyArray<Caller['wants']>): Next => {
  const gone = model.callers.filter((caller) => wants.length === 0 || wants.includes(caller.wants));
  return [
    { ...model, callers: model.callers.filter((caller) => !gone.includes(caller)) },
    gone.map(({ id }) => ({ do: 'reject', caller: id, error })),
  ];
};

/** Nothing works until someone acts: everything that waits is told. */
export function fail(model: Model, error: GcAuthError): Next {
  const evident = error.trace.length ? error : error.traced(model.trace);
  const left = enter(model, { name: 'failed', error: evident }, error.code, { do: 'report', error: evident });
  return then(
    then(left, (next) => refuseAsks(next, evident)),
    (next) => rejectCallers(next, evident),
  );
}

export const isLive = (model: Model, now: number, marginMs = 0): boolean =>
  model.token !== undefined && model.token.expiresAt - marginMs > now;

export const addCaller = (model: Model, caller: Caller): Model => ({ ...model, callers: [...model.callers, caller] });
