import { GcAuthError } from '../errors.js';
import { renewalDue, retryDelay } from '../deadline.js';
import type { Jwt, Refusal } from '../messenger.js';
import { freshToken, isSameJwt, restoredToken, TokenInfo } from '../token.js';
import type { TokenSource } from '../token.js';
import type { Circumstances, Effect, Model, Next, Phase, Task } from '../model.js';
import { ignoredAfterMs, seekCode, working } from './code.js';
import { enter, fail, isLive, resolveCallers, stay, then, withTicket } from './moves.js';
import { renew } from './renewal.js';

/** An exchange that began is answered within this time, or it failed. */
const exchangeMs = 15_000;

/** This many failed exchanges within the window are a loop. */
const mostFailures = 3;
const failureWindowMs = 120_000;

/** `Auth.authenticating`: the code was not ignored. */
export function authenticating(model: Model, c: Circumstances): Next {
  const { phase } = model;
  if (!('task' in phase) || phase.task.at !== 'exchange') return stay(model);
  return enter(model, { ...phase, task: { ...phase.task, begun: true, until: c.now + exchangeMs } }, 'authenticating');
}

/** `Auth.authenticated`: the one proof of being signed in, and the only place a JWT comes from. */
export function authenticated(model: Model, jwt: Jwt, c: Circumstances): Next {
  if (isSameJwt(model.token, jwt)) return sameAgain(model, c);
  const source = sourceOf(model.phase);
  const token = source === 'restored' ? restoredToken(jwt, c.now) : freshToken(jwt, source, c.now);
  const known: Model = { ...model, token, failures: [] };
  if (model.phase.name === 'signing-out') return stay({ ...model, token });
  if (token.expiresAt <= c.now && c.config.renew !== 'off') return renew(known, 'expired', c);
  return then(settle(known, source, c, { do: 'token', token }), (next) => serveRemaining(next, c));
}

function sourceOf(phase: Phase): TokenSource {
  if (phase.name === 'loading') return 'restored';
  return 'task' in phase ? 'sign-in' : 'refresh';
}

function settle(model: Model, why: string, c: Circumstances, ...effects: readonly Effect[]): Next {
  const { token } = model;
  const renewAt = token && c.config.renew === 'auto' ? renewalDue(token, model.sameWhileValid, c.random) : undefined;
  const wasSignedIn = model.phase.name === 'signed-in' || model.phase.name === 'renewing';
  const confirmed: Effect[] = wasSignedIn ? [] : [{ do: 'signed-in' }];
  const phase: Phase = { name: 'signed-in', renewAt, failures: 0 };
  return then(enter({ ...model, trace: [] }, phase, why, ...effects, ...confirmed), (next) =>
    resolveCallers(next, 'sign-in', 'refresh', 'reauthenticate'),
  );
}

/** An ask that came meanwhile still gets a code of its own. */
const serveRemaining = (model: Model, c: Circumstances): Next =>
  model.asks[0] ? seekCode(model, model.asks[0].ask.command, c) : stay(model);

/**
 * Refreshing brought the JWT that we have. Genesys does that while it is valid, so another comes only after
 * its expiry. When our clock says that it has expired, our clock is wrong: it is given half a life more.
 */
function sameAgain(model: Model, c: Circumstances): Next {
  const known = model.token as TokenInfo;
  if (model.phase.name !== 'renewing' && model.phase.name !== 'loading' && !('task' in model.phase)) return stay(model);
  const live = isLive(model, c.now);
  const token = live
    ? known
    : new TokenInfo(known, { issuedAt: c.now, expiresAt: c.now + (known.expiresAt - known.issuedAt) / 2 }, 'refresh');
  const early = live && model.phase.name === 'renewing';
  const learnt: Model = { ...model, token, sameWhileValid: model.sameWhileValid || early };
  const told: Effect[] = live ? [] : [{ do: 'token', token }];
  return then(settle(learnt, 'same-jwt', c, ...told), (next) => serveRemaining(next, c));
}

/** `Auth.error` and its kin: an exchange failed, or Messenger repeats that we refused an ask. */
export function authError(model: Model, event: string, refusal: Refusal, c: Circumstances): Next {
  const { phase } = model;
  if (!('task' in phase) || phase.task.at !== 'exchange') return stay(model);
  return exchangeFailed(model, describe(event, refusal), c);
}

function describe(event: string, { status, message, contextId }: Refusal): GcAuthError {
  const said = [event, status, message].filter(Boolean).join(' ');
  return new GcAuthError('exchange-failed', {
    message: `Genesys could not exchange the code (${said.slice(0, 200)}).`,
    ...(contextId ? { hint: `Check client, secret and redirect URI of the integration; contextId ${contextId}.` } : {}),
  });
}

function exchangeFailed(model: Model, error: GcAuthError, c: Circumstances): Next {
  const failures = [...model.failures.filter((at) => c.now - at < failureWindowMs), c.now];
  const counted = { ...model, failures };
  if (failures.length >= mostFailures) {
    return fail(counted, new GcAuthError('loop-stopped', { cause: error, trace: model.trace }));
  }
  const task: Task = { at: 'pause', until: c.now + retryDelay(failures.length, c.random) };
  return enter(counted, working(model, task), 'exchange-failed', { do: 'report', error: error.traced(model.trace) });
}

export function exchangeOverdue(model: Model, task: Extract<Task, { at: 'exchange' }>, c: Circumstances): Next {
  if (task.begun) return exchangeFailed(model, describe('no answer', {}), c);
  if (task.nudges === 0) return nudge(model, task, { do: 'command', name: 'Auth.getTokens', ticket: 0 }, c);
  if (task.nudges === 1) return nudge(model, task, { do: 'announce' }, c);
  return fail(model, new GcAuthError('reauthenticate-ignored'));
}

/** Messenger ignores what we resolved (seen in the field): make it ask again, first by a command, then by `ready`. */
function nudge(model: Model, task: Extract<Task, { at: 'exchange' }>, effect: Effect, c: Circumstances): Next {
  const [numbered, ticket] = withTicket(model);
  const waiting: Task = { ...task, nudges: task.nudges + 1, until: c.now + ignoredAfterMs };
  return enter(numbered, working(model, waiting), 'nudge', effect.do === 'command' ? { ...effect, ticket } : effect);
}
