import { GcAuthError } from '../errors.js';
import { renewalDue, retryDelay } from '../deadline.js';
import { judgeRefusal } from '../refusal.js';
import type { Refusal } from '../messenger.js';
import type { Circumstances, Model, Next, Phase, Task } from '../model.js';
import { seekCode } from './code.js';
import { addCaller, command, enter, isLive, rejectCallers, resolveCallers, stay, then, withTicket } from './moves.js';

/** A refresh settles within this time, or it failed. */
const refreshMs = 8_000;

/** `Auth.authenticated` may come a moment after the refresh resolved. */
const eventMs = 1_000;

/** Temporary failures in a row with a dead JWT, after which a new code is tried. */
const patience = 4;

/** After a refused refresh Messenger usually asks by itself; this long we leave it to it. */
const ownInitiativeMs = 400;

/** Longest wait for the ask after `Auth.reAuthenticate`. */
const summonMs = 3_000;

/** Single flight: who comes while one runs waits for the same. */
export function renew(model: Model, why: string, c: Circumstances, failures = 0): Next {
  if (model.phase.name === 'renewing') return stay(model);
  return command(model, 'Auth.refreshToken', why, (ticket) => ({
    name: 'renewing',
    ticket,
    until: c.now + refreshMs,
    settled: false,
    failures,
  }));
}

export function refreshSettled(
  model: Model,
  phase: Extract<Phase, { name: 'renewing' }>,
  refusal: Refusal | undefined,
  c: Circumstances,
): Next {
  if (!refusal) return enter(model, { ...phase, settled: true, until: c.now + eventMs }, model.why);
  return judgeRefusal(refusal, c.online) === 'refused'
    ? reauthenticate(model, 'refresh-failed', c)
    : again(model, phase, c);
}

export function refreshOverdue(model: Model, phase: Extract<Phase, { name: 'renewing' }>, c: Circumstances): Next {
  return phase.settled && isLive(model, c.now) ? keptJwt(model, c) : again(model, phase, c);
}

/** Messenger resolved and reported no JWT: it keeps the one it has, so another comes only after its expiry. */
function keptJwt(model: Model, c: Circumstances): Next {
  const renewAt = model.token && c.config.renew === 'auto' ? renewalDue(model.token, true, c.random) : undefined;
  const kept: Phase = { name: 'signed-in', renewAt, failures: 0 };
  return then(enter({ ...model, sameWhileValid: true }, kept, 'same-jwt'), (next) => resolveCallers(next, 'refresh'));
}

/** A fault, not a refusal: nobody is signed out; tried again later, sooner when the page is woken or online. */
function again(model: Model, phase: Extract<Phase, { name: 'renewing' }>, c: Circumstances): Next {
  const failures = phase.failures + 1;
  if (model.asks.length) return seekCode(model, 'refresh-failed', c);
  if (!isLive(model, c.now) && failures >= patience && c.online) return reauthenticate(model, 'refresh-failed', c);
  const renewAt = c.now + retryDelay(failures, c.random);
  const waiting = enter(model, { name: 'signed-in', renewAt, failures }, 'refresh-failed');
  const error = new GcAuthError(c.online ? 'refresh-failed' : 'offline', { step: 'refresh' });
  return then(waiting, (next) => rejectCallers(next, error, 'refresh'));
}

/** The refresh token is dead: a new code, for the ask that Messenger makes by itself or is told to make. */
export function reauthenticate(model: Model, why: string, c: Circumstances): Next {
  if (model.asks.length) return seekCode(model, why, c);
  const task: Task = { at: 'summon', nudged: false, until: c.now + ownInitiativeMs };
  return enter(model, { name: 'reauthenticating', task }, why);
}

export function summonOverdue(model: Model, task: Extract<Task, { at: 'summon' }>, c: Circumstances): Next {
  if (task.nudged) return seekCode(model, 'summon', c);
  return summon(model, 'Auth.reAuthenticate', model.why, c);
}

/** Tells Messenger to ask us. */
export function summon(model: Model, name: 'Auth.reAuthenticate' | 'Auth.getTokens', why: string, c: Circumstances): Next {
  const [numbered, ticket] = withTicket(model);
  const task: Task = { at: 'summon', nudged: true, until: c.now + summonMs };
  const phase: Phase = { name: name === 'Auth.getTokens' && !model.token ? 'signing-in' : 'reauthenticating', task };
  return enter(numbered, phase, why, { do: 'command', name, ticket });
}

/** The page's `refresh()`. */
export function refreshCalled(model: Model, caller: number, c: Circumstances): Next {
  const waiting = addCaller(model, { id: caller, wants: 'refresh' });
  const { phase } = model;
  if (phase.name === 'signed-in') return renew(waiting, 'refresh', c);
  if (phase.name === 'renewing' || phase.name === 'loading' || 'task' in phase) return stay(waiting);
  return stay(model, { do: 'reject', caller, error: new GcAuthError('login-required') });
}

/** The page's `reauthenticate()`. */
export function reauthenticateCalled(model: Model, caller: number, c: Circumstances): Next {
  const waiting = addCaller(model, { id: caller, wants: 'reauthenticate' });
  const { phase } = model;
  if (phase.name === 'signed-in' || phase.name === 'renewing') return summon(waiting, 'Auth.reAuthenticate', 'reauthenticate', c);
  if (phase.name === 'loading' || 'task' in phase) return stay(waiting);
  if (phase.name === 'signing-out') return stay(model, { do: 'reject', caller, error: new GcAuthError('login-required') });
  return seekCode(waiting, 'reauthenticate', c);
}
