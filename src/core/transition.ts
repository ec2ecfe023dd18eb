import type { Conditions } from './conditions.js';
import type { Effect } from './effect.js';
import { GcAuthError } from './errors.js';
import type { Input } from './input.js';
import { recentEntries } from './loop-breaker.js';
import type { MessengerFailure } from './messenger.js';
import type { Model } from './model.js';
import { codeFailed, codeReceived } from './rules/attempt-result.js';
import { authenticated } from './rules/authenticated.js';
import { tick, wake } from './rules/deadlines.js';
import { reportError } from './rules/draft.js';
import type { Draft } from './rules/draft.js';
import { authenticating, authError, codeAlreadyUsed } from './rules/exchange.js';
import { failSession } from './rules/failure.js';
import { frameTested } from './rules/frame-test.js';
import { obeySignOut, renewedInOtherTab, tabMessageReceived } from './rules/other-tabs.js';
import { pluginCalled } from './rules/plugin-calls.js';
import { redirectReturned } from './rules/redirect.js';
import { reconnecting, refreshSettled, tokenMethodCalled } from './rules/renewal.js';
import { dismissed, messengerArrived, reopenPopup, retry, signInCalled } from './rules/sign-in.js';
import { loggedOut, logoutSettled, signOutCalled, signOutIfRequested } from './rules/sign-out.js';
import { authReady, loaded, start } from './rules/start.js';
import { storageAccessAnswered } from './rules/storage-access.js';
import { stepUpCalled, stepUpSettled } from './rules/step-up.js';

/** Applies an input to a model: returns the next model, and the effects that the session must run. A pure function. */
export function transition(model: Model, input: Input, conditions: Conditions): readonly [Model, readonly Effect[]] {
  const draft: Draft = { ...model, conditions, effects: [] };
  obeySignOut(draft);
  apply(draft, input);
  if (draft.phase.name === 'signed-in') signOutIfRequested(draft);
  const { conditions: _, effects, ...next } = draft;
  return [next, effects];
}

function apply(draft: Draft, input: Input): void {
  switch (input.type) {
    case 'start':
      draft.loopEntries = recentEntries(input.loopEntries, draft.conditions.now);
      start(draft);
      return input.blocked ? reportError(draft, new GcAuthError('storage-blocked')) : undefined;
    case 'start-failed':
      return failSession(draft, input.error);
    case 'loaded':
      return loaded(draft, input.allowSessionUpgrade, input.position);
    case 'arrived':
      return void messengerArrived(draft);
    case 'auth-ready':
      // The session that starts again gets it once more.
      return messengerArrived(draft) ? undefined : authReady(draft, input.authenticated);
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
      return redirectReturned(draft, input);
    case 'frame-tested':
      return frameTested(draft, input.operationId, input.verdict);
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
      return tokenMethodCalled(draft, input.caller, input.type);
    case 'step-up':
      return stepUpCalled(draft, input.caller);
    case 'sign-out':
      return signOutCalled(draft, input.caller, input.provider);
    case 'storage-access':
      return storageAccessAnswered(draft, input.granted);
    case 'dismiss':
      return dismissed(draft);
    case 'retry':
      return retry(draft);
    case 'reopen':
      return reopenPopup(draft);
    case 'tick':
      return tick(draft);
    case 'wake':
      return wake(draft, input.reason);
    case 'window':
      draft.windowOpen = input.open;
      return undefined;
    case 'removed':
      return reportError(draft, input.error);
    case 'event':
      return undefined;
  }
}

/** Continues the operation that waits for the command. A command that a phase has stopped waiting for changes nothing. */
function commandSettled(draft: Draft, operationId: number, failure: MessengerFailure | undefined): void {
  const { phase } = draft;
  if (phase.name === 'renewing' && phase.operationId === operationId) refreshSettled(draft, phase, failure);
  if (phase.name === 'signing-out' && phase.operationId === operationId) logoutSettled(draft, phase, failure);
  stepUpSettled(draft, operationId, failure);
}
