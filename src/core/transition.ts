import { GcAuthError } from './errors.js';
import type { Refusal } from './messenger.js';
import type { Circumstances, Effect, Input, Model } from './model.js';
import { asked } from './rules/asks.js';
import {
  awaitPerson,
  cancelled,
  granted,
  nextLook,
  notGranted,
  probe,
  returned,
  rungOverdue,
  seekCode,
  signInByPerson,
} from './rules/code.js';
import { tested } from './rules/frame-test.js';
import { heard, renewedElsewhere } from './rules/others.js';
import { authenticated, authenticating, authError, exchangeOverdue, keptJwt, spent } from './rules/exchange.js';
import { leaveIfWanted, leaveOverdue, leaveSettled, left, loggedOut, signOutCalled } from './rules/leave.js';
import {
  lifeElsewhere,
  refreshFailed,
  refreshSettled,
  renew,
  summon,
  summonOverdue,
  tokenCalled,
} from './rules/renewal.js';
import { authReady, loaded, loadingOverdue, start } from './rules/start.js';
import { stepUpCalled, stepUpSettled } from './rules/step-up.js';
import { addCaller, enter, fail, isLeaving, isLive, refuseAsks, reject, report } from './rules/work.js';
import type { Work } from './rules/work.js';
import { recentTries, rested } from './tries.js';

/** The one table: what is, what happened, what is then, and what is to be done. Pure. */
export function transition(model: Model, input: Input, c: Circumstances): readonly [Model, readonly Effect[]] {
  const work: Work = { ...model, c, effects: [] };
  apply(work, input);
  if (work.phase.name === 'signed-in') leaveIfWanted(work);
  const { c: _, effects, ...next } = work;
  return [next, effects];
}

function apply(w: Work, input: Input): void {
  switch (input.type) {
    case 'start':
      w.tries = recentTries(input.tries, w.c.now);
      start(w);
      return input.blocked ? report(w, new GcAuthError('storage-blocked')) : undefined;
    case 'start-failed':
      return fail(w, input.error);
    case 'loaded':
      return loaded(w, input.allowSessionUpgrade);
    case 'auth-ready':
      return authReady(w, input.authenticated);
    case 'asked':
      return asked(w, input.ask);
    case 'authenticating':
      return authenticating(w);
    case 'authenticated':
      return authenticated(w, input.token);
    case 'auth-error':
      return authError(w, input.event, input.refusal);
    case 'logged-out':
      return loggedOut(w);
    case 'reconnecting':
      return reconnecting(w);
    case 'granted':
      return granted(w, input.ticket, input.grant);
    case 'not-granted':
      return notGranted(w, input.ticket, input.error);
    case 'spent':
      return spent(w, input.ask);
    case 'returned':
      return returned(w, input.answer, input.windowOpen);
    case 'tested':
      return tested(w, input.ticket, input.verdict);
    case 'renewed-elsewhere':
      return renewedElsewhere(w, input.ticket);
    case 'news':
      return heard(w, input.news);
    case 'commanded':
      return commanded(w, input.ticket, input.refusal);
    case 'sign-in':
      return signInCalled(w, input.caller);
    case 'refresh':
    case 'reauthenticate':
      return tokenCalled(w, input.caller, input.type);
    case 'step-up':
      return stepUpCalled(w, input.caller);
    case 'sign-out':
      return signOutCalled(w, input.caller, input.provider);
    case 'dismiss':
      return dismissed(w);
    case 'retry':
      return retry(w);
    case 'reopen':
      return w.phase.name === 'code' && w.phase.rung === 'popup' ? signInByPerson(w) : undefined;
    case 'tick':
      return tick(w);
    case 'wake':
      return wake(w, input.reason);
    case 'event':
      return seen(w, input.name);
  }
}

/** What became of Messenger's window. */
function seen(w: Work, event: string): void {
  if (event === 'Messenger.opened') w.windowOpen = true;
  if (event === 'Messenger.closed') w.windowOpen = false;
}

/** The prompt was closed: what it waits for is given up. */
function dismissed(w: Work): void {
  const { phase } = w;
  if (phase.name === 'code' && phase.rung === 'popup') return cancelled(w, phase);
  if (phase.name === 'interaction-required') left(w, w.token && 'expired', false);
}

/** A settled command counts only for the phase that waits for it. */
function commanded(w: Work, ticket: number, refusal: Refusal | undefined): void {
  const { phase } = w;
  if (phase.name === 'renewing' && phase.ticket === ticket) refreshSettled(w, phase, refusal);
  if (phase.name === 'signing-out' && phase.ticket === ticket) leaveSettled(w, phase, refusal);
  stepUpSettled(w, ticket, refusal);
}

/** The page's `signIn()`, in the click. */
function signInCalled(w: Work, caller: number): void {
  const { phase } = w;
  if ((isLive(w) || lifeElsewhere(w)) && (phase.name === 'signed-in' || phase.name === 'renewing')) {
    return void w.effects.push({ do: 'resolve', caller, token: w.token });
  }
  if (isLeaving(w)) return reject(w, caller, new GcAuthError('login-required'));
  if (phase.name === 'failed' && !phase.error.retryable) return reject(w, caller, phase.error);
  addCaller(w, { id: caller, wants: 'sign-in' });
  if (phase.name === 'exchange' || phase.name === 'deliver') return;
  if (phase.name === 'code' && phase.rung !== 'silent') return;
  if (phase.name === 'failed' && phase.error.step === 'load') return retry(w);
  // A page that calls it whenever it is loaded is no person.
  if (w.c.activated) w.tries = [];
  signInByPerson(w);
}

/** The prompt's button after a failure, which is a person's wish: the loop breaker starts anew. */
function retry(w: Work): void {
  const { phase } = w;
  if (phase.name !== 'failed' || !phase.error.retryable) return;
  w.tries = [];
  w.trace = [];
  if (phase.error.step === 'load') start(w);
  else seekCode(w, 'retry');
}

/** A new socket must be configured with a live JWT: it is made live before Messenger tries. */
function reconnecting(w: Work): void {
  if (w.phase.name === 'signed-in' && !isLive(w) && w.c.config.renew !== 'off') renew(w, 'reconnecting', 0, true);
}

/** A timer is a hint, a deadline the truth: whatever is due is done, once. */
function tick(w: Work): void {
  const { now, visible } = w.c;
  refuseAsks(w, new GcAuthError('popup-timeout'), now);
  const { phase } = w;
  if (phase.until === undefined || phase.until > now) return;
  switch (phase.name) {
    case 'loading':
      return loadingOverdue(w, phase);
    case 'summon':
      return summonOverdue(w, phase);
    case 'code':
      return rungOverdue(w, phase);
    case 'deliver':
      return fail(w, new GcAuthError('reauthenticate-ignored', { message: 'Messenger did not ask for the new code.' }));
    case 'exchange':
      return exchangeOverdue(w, phase);
    case 'pause':
      return w.asks.length ? seekCode(w, w.why) : summon(w, 'Auth.getTokens', w.why);
    case 'signed-in':
      return visible ? renew(w, 'due', phase.failures) : undefined;
    case 'renewing':
      if (phase.ticket === undefined) return renew(w, 'due', phase.failures);
      return phase.settled && isLive(w) ? keptJwt(w) : refreshFailed(w, phase);
    case 'interaction-required':
      if (phase.ticket !== undefined) return awaitPerson(w, phase.error, phase.by);
      enter(w, { name: phase.name, error: phase.error, by: phase.by });
      return visible ? probe(w) : undefined;
    case 'signing-out':
      return leaveOverdue(w, phase);
    case 'failed':
      // A loop that has rested may fail once more before it is stopped again.
      w.tries = rested(w.tries, now);
      return seekCode(w, 'half-open');
  }
}

/** Seen, woken or online again: one look at what became due, and at what a network fault had stopped. */
function wake(w: Work, reason: string): void {
  const { phase } = w;
  // Back from the provider's page without an answer: the page was kept as it was when it was left.
  if (reason === 'pageshow' && phase.name === 'code' && phase.rung === 'redirect') return cancelled(w, phase);
  if (phase.name === 'interaction-required') return probe(w);
  if (phase.name === 'failed' && (phase.error.code === 'offline' || phase.error.code === 'discovery-failed')) {
    return retry(w);
  }
  const failing =
    (phase.name === 'signed-in' && phase.failures > 0 && w.c.config.renew === 'auto') ||
    (phase.name === 'renewing' && phase.ticket === undefined);
  if (failing && w.c.online && !(w.outage && w.c.now < nextLook(w))) return renew(w, 'wake', phase.failures);
  tick(w);
}
