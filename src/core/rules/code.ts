import { GcAuthError } from '../errors.js';
import { afterFailure } from '../ladder.js';
import type { Ask } from '../messenger.js';
import type { Circumstances, Effect, Model, Next, Phase, Task } from '../model.js';
import type { Grant } from '../grant.js';
import { addAsk, enter, fail, refusal, rejectCallers, stay, then, traced, withTicket } from './moves.js';

/** Longest that a code in hand counts as fresh: providers let codes live for a minute and less. */
const codeFreshMs = 30_000;

/** Longest wait until Messenger asks after it was told to. */
const summonMs = 5_000;

/** Messenger says within this time that it exchanges a code, or it ignored it. */
export const ignoredAfterMs = 1_500;

/** Pause between silent attempts that nobody asked for. */
const probePauseMs = 10_000;

/** With a conversation behind us it is a re-authentication, else a first sign-in. */
export const working = (model: Model, task: Task): Phase => ({
  name: model.token ? 'reauthenticating' : 'signing-in',
  task,
});

/** Begins a fresh code on the lowest rung. */
export function seekCode(model: Model, why: string, c: Circumstances, nudges = 0): Next {
  if (!c.config.signInModes.includes('silent')) return needPerson(model, new GcAuthError('login-required'), c);
  const [numbered, ticket] = withTicket({ ...model, silentAt: c.now });
  const until = c.now + c.config.silentTimeoutMs;
  const task: Task = { at: 'code', rung: 'silent', ticket, since: c.now, until, nudges };
  return enter(numbered, working(model, task), why, { do: 'code', rung: 'silent', ticket });
}

/** The click: the popup opens while this runs, or the browser blocks it. */
export function openPopup(model: Model, c: Circumstances): Next {
  const [numbered, ticket] = withTicket(model);
  const until = c.now + c.config.popupTimeoutMs;
  const task: Task = { at: 'code', rung: 'popup', ticket, since: c.now, until, nudges: 0 };
  return enter(numbered, working(model, task), 'sign-in', { do: 'code', rung: 'popup', ticket });
}

/** Shows that a person must act. Whoever wanted it done silently is told; Messenger's asks wait for the click. */
export function needPerson(model: Model, error: GcAuthError, c: Circumstances): Next {
  if (afterFailure(error.code, c.config.signInModes) === 'stop') return stop(model, error);
  const evident = error.traced(model.trace);
  const shown = enter(model, { name: 'interaction-required', error: evident, probe: undefined }, error.code, {
    do: 'prepare',
  });
  return then(shown, (next) => rejectCallers(next, evident, 'refresh', 'reauthenticate'));
}

/** No rung is left: nothing to wait for. */
function stop(model: Model, error: GcAuthError): Next {
  if (error.code !== 'login-required') return fail(model, error);
  const evident = error.traced(model.trace);
  const out = enter(model, { name: 'signed-out', reason: undefined }, error.code, { do: 'report', error: evident });
  return then(
    then(out, (next) => refuseAll(next, evident)),
    (next) => rejectCallers(next, evident),
  );
}

const refuseAll = (model: Model, error: GcAuthError): Next => [
  { ...model, asks: [] },
  model.asks.flatMap(({ ask }) => refusal(ask, error)),
];

/** `AuthProvider.getAuthCode`, `reAuthenticate`, `signIn`. Each gets a code of its own, in order. */
export function asked(model: Model, ask: Ask, c: Circumstances): Next {
  const { phase } = model;
  const added = addAsk(model, ask, c);
  switch (phase.name) {
    case 'loading':
    case 'signed-in':
      return seekCode(added, ask.command, c);
    case 'signed-out':
      return phase.reason === 'user' ? refuseOne(model, ask) : seekCode(added, ask.command, c);
    case 'failed':
      return phase.error.code === 'loop-stopped' ? refuseOne(model, ask, phase.error) : seekCode(added, ask.command, c);
    case 'signing-out':
      return refuseOne(model, ask);
    case 'interaction-required':
      return probe(added, c);
    case 'renewing':
      return stay(added);
    case 'signing-in':
    case 'reauthenticating':
      return askedAtWork(added, phase.task, ask, c);
  }
}

function askedAtWork(model: Model, task: Task, ask: Ask, c: Circumstances): Next {
  switch (task.at) {
    case 'summon':
      return seekCode(model, ask.command, c);
    case 'deliver':
      return c.now - task.since < codeFreshMs ? handOver(model, task.grant, c, 0) : seekCode(model, ask.command, c);
    case 'exchange':
      return task.begun ? stay(model) : seekCode(model, ask.command, c, task.nudges);
    case 'code':
    case 'pause':
      return stay(model);
  }
}

const refuseOne = (model: Model, ask: Ask, error = new GcAuthError('login-required')): Next =>
  stay(model, ...refusal(ask, error));

/** A silent look while a person is being waited for: they may have signed in elsewhere meanwhile. */
export function probe(model: Model, c: Circumstances): Next {
  const { phase } = model;
  const due = c.now - model.silentAt >= probePauseMs && c.config.signInModes.includes('silent');
  if (phase.name !== 'interaction-required' || phase.probe || !due) return stay(model);
  const [numbered, ticket] = withTicket({ ...model, silentAt: c.now });
  const running = { ticket, since: c.now, until: c.now + c.config.silentTimeoutMs };
  return enter(numbered, { ...phase, probe: running }, model.why, { do: 'code', rung: 'silent', ticket });
}

/** The running attempt with this ticket, wherever the phase keeps it. */
function attempt(phase: Phase, ticket: number): { rung: 'silent' | 'popup'; since: number; nudges: number } | undefined {
  if ('task' in phase && phase.task.at === 'code' && phase.task.ticket === ticket) return phase.task;
  const probing = phase.name === 'interaction-required' && phase.probe?.ticket === ticket ? phase.probe : undefined;
  return probing && { rung: 'silent', since: probing.since, nudges: 0 };
}

export function granted(model: Model, ticket: number, grant: Grant, c: Circumstances): Next {
  const won = attempt(model.phase, ticket);
  if (!won) return stay(model);
  const noted = traced(model, { rung: won.rung, verdict: 'code', ms: c.now - won.since });
  if (noted.asks.length) return handOver(noted, grant, c, won.nudges);
  const [numbered, summons] = withTicket(noted);
  const task: Task = { at: 'deliver', grant, since: c.now, until: c.now + summonMs };
  return enter(numbered, working(noted, task), 'code', { do: 'command', name: 'Auth.getTokens', ticket: summons });
}

/** Gives the oldest ask the code; it leaves our hands here and is never given again. */
export function handOver(model: Model, grant: Grant, c: Circumstances, nudges: number): Next {
  const [first, ...rest] = model.asks;
  if (!first) return stay(model);
  const published: Effect[] =
    first.ask.command === 'signIn' ? [{ do: 'publish', event: 'signedIn', data: grant }] : [];
  const task: Task = { at: 'exchange', until: c.now + ignoredAfterMs, begun: false, nudges };
  return enter(
    { ...model, asks: rest },
    working(model, task),
    'code',
    { do: 'answer', ask: first.ask, grant },
    ...published,
  );
}

export function notGranted(model: Model, ticket: number, error: GcAuthError, c: Circumstances): Next {
  const lost = attempt(model.phase, ticket);
  if (!lost) return stay(model);
  const noted = traced(model, { rung: lost.rung, verdict: error.code, ms: c.now - lost.since });
  if (model.phase.name === 'interaction-required') {
    return enter(noted, { ...model.phase, probe: undefined }, model.why);
  }
  if (lost.rung === 'silent') return needPerson(noted, error, c);
  const evident = error.traced(noted.trace);
  return then(needPerson(noted, error, c), (next) =>
    then(rejectCallers(next, evident, 'sign-in'), (after) =>
      stay(after, ...(after.phase.name === 'failed' ? [] : [{ do: 'report', error: evident } as const])),
    ),
  );
}

/** Nobody answered in time: the attempt is dropped and counts as failed. */
export function rungOverdue(model: Model, task: Extract<Task, { at: 'code' }>, c: Circumstances): Next {
  const [next, effects] = notGranted(
    model,
    task.ticket,
    new GcAuthError(task.rung === 'silent' ? 'silent-timeout' : 'popup-timeout'),
    c,
  );
  return [next, effects];
}

/** The provider repeated a code that was handed out before: the ask gets another. */
export const spent = (model: Model, ask: Ask, c: Circumstances): Next =>
  seekCode({ ...model, asks: [{ ask, until: c.now + c.config.popupTimeoutMs }, ...model.asks] }, 'spent', c);
