import { GcAuthError } from './errors.js';
import type { MessengerFailure } from './messenger.js';
import type { Conditions, Effect, Input, Model } from './model.js';
import { pluginCalled } from './rules/plugin-calls.js';
import {
  waitForInteraction,
  cancelled,
  codeReceived,
  nextProbeAt,
  codeFailed,
  probe,
  redirectReturned,
  rungOverdue,
  requestCode,
  requestCodeInteractively,
} from './rules/code.js';
import { tested } from './rules/frame-test.js';
import { tabMessageReceived, renewedInOtherTab } from './rules/other-tabs.js';
import {
  authenticated,
  authenticating,
  authError,
  exchangeOverdue,
  jwtUnchanged,
  codeAlreadyUsed,
} from './rules/exchange.js';
import {
  signOutIfRequested,
  logoutOverdue,
  logoutSettled,
  signedOut,
  loggedOut,
  signOutCalled,
} from './rules/sign-out.js';
import {
  lifetimeInOtherTab,
  refreshFailed,
  refreshSettled,
  renew,
  requestCall,
  callOverdue,
  tokenCalled,
} from './rules/renewal.js';
import { authReady, loaded, loadingOverdue, start } from './rules/start.js';
import { stepUpCalled, stepUpSettled } from './rules/step-up.js';
import {
  addCaller,
  enter,
  failSession,
  isSigningOut,
  isLive,
  rejectCalls,
  rejectCaller,
  reportError,
} from './rules/draft.js';
import type { Draft } from './rules/draft.js';
import { recentEntries, afterCooldown } from './loop-breaker.js';

/** The one table: what is, what happened, what is then, and what is to be done. Pure. */
export function transition(model: Model, input: Input, c: Conditions): readonly [Model, readonly Effect[]] {
  const work: Draft = { ...model, c, effects: [] };
  apply(work, input);
  if (work.phase.name === 'signed-in') signOutIfRequested(work);
  const { c: _, effects, ...next } = work;
  return [next, effects];
}

function apply(draft: Draft, input: Input): void {
  switch (input.type) {
    case 'start':
      draft.loopEntries = recentEntries(input.loopEntries, draft.c.now);
      start(draft);
      return input.blocked ? reportError(draft, new GcAuthError('storage-blocked')) : undefined;
    case 'start-failed':
      return failSession(draft, input.error);
    case 'loaded':
      return loaded(draft, input.allowSessionUpgrade);
    case 'auth-ready':
      return authReady(draft, input.authenticated);
    case 'plugin-called':
      return pluginCalled(draft, input.call);
    case 'authenticating':
      return authenticating(draft);
    case 'authenticated':
      return authenticated(draft, input.token);
    case 'auth-error':
      return authError(draft, input.event, input.failure);
    case 'logged-out':
      return loggedOut(draft);
    case 'reconnecting':
      return reconnecting(draft);
    case 'code-received':
      return codeReceived(draft, input.operationId, input.grant);
    case 'code-failed':
      return codeFailed(draft, input.operationId, input.error);
    case 'already-used':
      return codeAlreadyUsed(draft, input.call);
    case 'returned':
      return redirectReturned(draft, input.answer, input.windowOpen);
    case 'frame-tested':
      return tested(draft, input.operationId, input.verdict);
    case 'renewed-in-other-tab':
      return renewedInOtherTab(draft, input.operationId);
    case 'tab-message':
      return tabMessageReceived(draft, input.message);
    case 'command-settled':
      return commandSettled(draft, input.operationId, input.failure);
    case 'sign-in':
      return signInCalled(draft, input.caller);
    case 'refresh':
    case 'reauthenticate':
      return tokenCalled(draft, input.caller, input.type);
    case 'step-up':
      return stepUpCalled(draft, input.caller);
    case 'sign-out':
      return signOutCalled(draft, input.caller, input.provider);
    case 'dismiss':
      return dismissed(draft);
    case 'retry':
      return retry(draft);
    case 'reopen':
      return draft.phase.name === 'code' && draft.phase.rung === 'popup' ? requestCodeInteractively(draft) : undefined;
    case 'tick':
      return tick(draft);
    case 'wake':
      return wake(draft, input.reason);
    case 'event':
      return trackWindow(draft, input.name);
  }
}

/** What became of Messenger's window. */
function trackWindow(draft: Draft, event: string): void {
  if (event === 'Messenger.opened') draft.windowOpen = true;
  if (event === 'Messenger.closed') draft.windowOpen = false;
}

/** The prompt was closed: what it waits for is given up. */
function dismissed(draft: Draft): void {
  const { phase } = draft;
  if (phase.name === 'code' && phase.rung === 'popup') return cancelled(draft, phase);
  if (phase.name === 'interaction-required') signedOut(draft, draft.token && 'expired', false);
}

/** A settled command counts only for the phase that waits for it. */
function commandSettled(draft: Draft, operationId: number, failure: MessengerFailure | undefined): void {
  const { phase } = draft;
  if (phase.name === 'renewing' && phase.operationId === operationId) refreshSettled(draft, phase, failure);
  if (phase.name === 'signing-out' && phase.operationId === operationId) logoutSettled(draft, phase, failure);
  stepUpSettled(draft, operationId, failure);
}

/** The page's `signIn()`, in the click. */
function signInCalled(draft: Draft, caller: number): void {
  const { phase } = draft;
  if ((isLive(draft) || lifetimeInOtherTab(draft)) && (phase.name === 'signed-in' || phase.name === 'renewing')) {
    return void draft.effects.push({ do: 'resolve', caller, token: draft.token });
  }
  if (isSigningOut(draft)) return rejectCaller(draft, caller, new GcAuthError('login-required'));
  if (phase.name === 'failed' && !phase.error.retryable) return rejectCaller(draft, caller, phase.error);
  addCaller(draft, { id: caller, method: 'sign-in' });
  if (phase.name === 'exchange' || phase.name === 'code-ready') return;
  if (phase.name === 'code' && phase.rung !== 'silent') return;
  if (phase.name === 'failed' && phase.error.step === 'load') return retry(draft);
  // A page that calls it whenever it is loaded is no person.
  if (draft.c.activated) draft.loopEntries = [];
  requestCodeInteractively(draft);
}

/** The prompt's button after a failure, which is a person's wish: the loop breaker starts anew. */
function retry(draft: Draft): void {
  const { phase } = draft;
  if (phase.name !== 'failed' || !phase.error.retryable) return;
  draft.loopEntries = [];
  draft.trace = [];
  if (phase.error.step === 'load') start(draft);
  else requestCode(draft, 'retry');
}

/** A new socket must be configured with a live JWT: it is made live before Messenger tries. */
function reconnecting(draft: Draft): void {
  if (draft.phase.name === 'signed-in' && !isLive(draft) && draft.c.config.renew !== 'off')
    renew(draft, 'reconnecting', 0, true);
}

/** A timer is a hint, a deadline the truth: whatever is due is done, once. */
function tick(draft: Draft): void {
  const { now, visible } = draft.c;
  rejectCalls(draft, new GcAuthError('popup-timeout'), now);
  const { phase } = draft;
  if (phase.until === undefined || phase.until > now) return;
  switch (phase.name) {
    case 'loading':
      return loadingOverdue(draft, phase);
    case 'awaiting-call':
      return callOverdue(draft, phase);
    case 'code':
      return rungOverdue(draft, phase);
    case 'code-ready':
      return failSession(
        draft,
        new GcAuthError('reauthenticate-ignored', { message: 'Messenger did not call for the new code.' }),
      );
    case 'exchange':
      return exchangeOverdue(draft, phase);
    case 'backoff':
      return draft.calls.length ? requestCode(draft, draft.why) : requestCall(draft, 'Auth.getTokens', draft.why);
    case 'signed-in':
      return visible ? renew(draft, 'due', phase.failures) : undefined;
    case 'renewing':
      if (phase.operationId === undefined) return renew(draft, 'due', phase.failures);
      return phase.settled && isLive(draft) ? jwtUnchanged(draft) : refreshFailed(draft, phase);
    case 'interaction-required':
      if (phase.operationId !== undefined) return waitForInteraction(draft, phase.error, phase.by);
      enter(draft, { name: phase.name, error: phase.error, by: phase.by });
      return visible ? probe(draft) : undefined;
    case 'signing-out':
      return logoutOverdue(draft, phase);
    case 'failed':
      // A loop that has rested may fail once more before it is stopped again.
      draft.loopEntries = afterCooldown(draft.loopEntries, now);
      return requestCode(draft, 'half-open');
  }
}

/** Seen, woken or online again: one look at what became due, and at what a network fault had stopped. */
function wake(draft: Draft, reason: string): void {
  const { phase } = draft;
  // Back from the provider's page without an answer: the page was kept as it was when it was left.
  if (reason === 'pageshow' && phase.name === 'code' && phase.rung === 'redirect') return cancelled(draft, phase);
  if (phase.name === 'interaction-required') return probe(draft);
  if (phase.name === 'failed' && (phase.error.code === 'offline' || phase.error.code === 'discovery-failed')) {
    return retry(draft);
  }
  const failing =
    (phase.name === 'signed-in' && phase.failures > 0 && draft.c.config.renew === 'auto') ||
    (phase.name === 'renewing' && phase.operationId === undefined);
  if (failing && draft.c.online && !(draft.outage && draft.c.now < nextProbeAt(draft)))
    return renew(draft, 'wake', phase.failures);
  tick(draft);
}
