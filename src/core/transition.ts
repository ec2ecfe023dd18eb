import { GcAuthError } from './errors.js';
import type { Refusal } from './messenger.js';
import type { Circumstances, Input, Model, Next, Task } from './model.js';
import { asked, granted, notGranted, openPopup, probe, rungOverdue, seekCode, spent } from './rules/code.js';
import { authenticated, authenticating, authError, exchangeOverdue } from './rules/exchange.js';
import { leaveOverdue, leaveSettled, loggedOut, signOutCalled } from './rules/leave.js';
import { addCaller, enter, fail, isLive, refuseAsks, rejectCallers, stay, then } from './rules/moves.js';
import { reauthenticateCalled, refreshCalled, refreshOverdue, refreshSettled, renew, summon, summonOverdue } from './rules/renewal.js';
import { authReady, loaded, loadingOverdue, start } from './rules/start.js';

/** The one table: what is, what happened, what is then, and what is to be done. Pure. */
export function transition(model: Model, input: Input, c: Circumstances): Next {
  switch (input.type) {
    case 'start':
      return start(model);
    case 'start-failed':
      return fail(model, input.error);
    case 'loaded':
      return loaded(model, input.allowSessionUpgrade, c);
    case 'auth-ready':
      return authReady(model, input.authenticated, c);
    case 'asked':
      return asked(model, input.ask, c);
    case 'authenticating':
      return authenticating(model, c);
    case 'authenticated':
      return authenticated(model, input.token, c);
    case 'auth-error':
      return authError(model, input.event, input.refusal, c);
    case 'logged-out':
      return loggedOut(model);
    case 'reconnecting':
      return reconnecting(model, c);
    case 'event':
      return stay(model);
    case 'granted':
      return granted(model, input.ticket, input.grant, c);
    case 'not-granted':
      return notGranted(model, input.ticket, input.error, c);
    case 'spent':
      return spent(model, input.ask, c);
    case 'commanded':
      return commanded(model, input.ticket, input.refusal, c);
    case 'sign-in':
      return signInCalled(model, input.caller, c);
    case 'refresh':
      return refreshCalled(model, input.caller, c);
    case 'reauthenticate':
      return reauthenticateCalled(model, input.caller, c);
    case 'sign-out':
      return signOutCalled(model, input.caller, input.provider, c);
    case 'dismiss':
      return dismiss(model);
    case 'retry':
      return retry(model, c);
    case 'tick':
      return tick(model, c);
    case 'wake':
      return wake(model, c);
  }
}

/** A settled command counts only for the phase that waits for it. */
function commanded(model: Model, ticket: number, refusal: Refusal | undefined, c: Circumstances): Next {
  const { phase } = model;
  if (phase.name === 'renewing' && phase.ticket === ticket) return refreshSettled(model, phase, refusal, c);
  if (phase.name === 'signing-out' && phase.ticket === ticket) return leaveSettled(model, phase, refusal, c);
  return stay(model);
}

/** The page's `signIn()`, in the click. */
function signInCalled(model: Model, caller: number, c: Circumstances): Next {
  const { phase } = model;
  const waiting = addCaller(model, { id: caller, wants: 'sign-in' });
  if (isLive(model, c.now) && (phase.name === 'signed-in' || phase.name === 'renewing')) {
    return stay(model, { do: 'resolve', caller, token: model.token });
  }
  if (phase.name === 'signing-out' || (phase.name === 'failed' && !phase.error.retryable)) {
    const error = phase.name === 'failed' ? phase.error : new GcAuthError('login-required');
    return stay(model, { do: 'reject', caller, error });
  }
  if (phase.name === 'failed' && phase.error.step === 'load') return retry(waiting, c);
  if ('task' in phase && (phase.task.at === 'exchange' || phase.task.at === 'deliver')) return stay(waiting);
  if ('task' in phase && phase.task.at === 'code' && phase.task.rung === 'popup') return stay(waiting);
  const fresh = { ...waiting, failures: [] };
  return c.config.signInModes.includes('popup') ? openPopup(fresh, c) : seekCode(fresh, 'sign-in', c);
}

/** The prompt's button after a failure, which is a person's wish: the loop breaker starts anew. */
function retry(model: Model, c: Circumstances): Next {
  const { phase } = model;
  if (phase.name !== 'failed' || !phase.error.retryable) return stay(model);
  const fresh = { ...model, failures: [], trace: [] };
  return phase.error.step === 'load' ? start(fresh) : seekCode(fresh, 'retry', c);
}

function dismiss(model: Model): Next {
  const { phase } = model;
  if (phase.name !== 'interaction-required') return stay(model);
  const required = new GcAuthError('login-required');
  const reason = model.token ? 'expired' : undefined;
  const out = enter({ ...model, token: undefined }, { name: 'signed-out', reason }, 'dismissed');
  const told = reason ? then(out, (next) => stay(next, { do: 'signed-out', reason })) : out;
  return then(
    then(told, (next) => refuseAsks(next, required)),
    (next) => rejectCallers(next, required),
  );
}

/** A new socket must be configured with a live JWT: it is made live before Messenger tries. */
const reconnecting = (model: Model, c: Circumstances): Next =>
  model.phase.name === 'signed-in' && !isLive(model, c.now) && c.config.renew !== 'off'
    ? renew(model, 'reconnecting', c)
    : stay(model);

/** A timer is a hint, a deadline the truth: whatever is due is done, once. */
function tick(model: Model, c: Circumstances): Next {
  const overdueAsks = refuseAsks(model, new GcAuthError('popup-timeout'), c.now);
  return then(overdueAsks, (next) => phaseOverdue(next, c));
}

function phaseOverdue(model: Model, c: Circumstances): Next {
  const { phase } = model;
  switch (phase.name) {
    case 'loading':
      return phase.until !== undefined && phase.until <= c.now ? loadingOverdue(model, phase, c) : stay(model);
    case 'signing-in':
    case 'reauthenticating':
      return phase.task.until <= c.now ? taskOverdue(model, phase.task, c) : stay(model);
    case 'signed-in':
      return phase.renewAt !== undefined && phase.renewAt <= c.now && c.visible
        ? renew(model, 'due', c, phase.failures)
        : stay(model);
    case 'renewing':
      return phase.until <= c.now ? refreshOverdue(model, phase, c) : stay(model);
    case 'signing-out':
      return phase.until <= c.now ? leaveOverdue(model, phase, c) : stay(model);
    case 'interaction-required':
      return phase.probe && phase.probe.until <= c.now
        ? enter(model, { ...phase, probe: undefined }, model.why)
        : stay(model);
    case 'signed-out':
    case 'failed':
      return stay(model);
  }
}

function taskOverdue(model: Model, task: Task, c: Circumstances): Next {
  switch (task.at) {
    case 'summon':
      return summonOverdue(model, task, c);
    case 'code':
      return rungOverdue(model, task, c);
    case 'deliver':
      return fail(model, new GcAuthError('reauthenticate-ignored', { message: 'Messenger did not ask for the new code.' }));
    case 'exchange':
      return exchangeOverdue(model, task, c);
    case 'pause':
      return model.asks.length ? seekCode(model, 'exchange-failed', c) : summon(model, 'Auth.getTokens', model.why, c);
  }
}

/** Seen, woken or online again: one look at what became due, and at what a network fault had stopped. */
function wake(model: Model, c: Circumstances): Next {
  const { phase } = model;
  if (phase.name === 'interaction-required') return probe(model, c);
  if (phase.name === 'failed' && (phase.error.code === 'offline' || phase.error.code === 'discovery-failed')) {
    return retry(model, c);
  }
  if (phase.name === 'signed-in' && phase.failures > 0 && c.online) return renew(model, 'wake', c);
  return tick(model, c);
}
