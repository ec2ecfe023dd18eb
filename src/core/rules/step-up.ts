import { GcAuthError } from '../errors.js';
import { innerText } from '../inner-text.js';
import type { MessengerFailure } from '../messenger.js';
import { hasValidToken, isSigningOut, sendCommand } from './draft.js';
import type { Draft } from './draft.js';
import { renew } from './renewal.js';
import { addCaller, rejectCaller, settleCallers } from './settle.js';
import { overruleSignOut, signOutHolds } from './sign-out-record.js';

/**
 * The page called `stepUp()`. Messenger decides whether there is a conversation to step up, and then calls
 * `AuthProvider.signIn` for a code.
 *
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/messagingServicePlugin
 */
export function stepUpCalled(draft: Draft, caller: number): void {
  const { phase } = draft;
  if (hasValidToken(draft) && phase.name === 'signed-in') {
    return void draft.effects.push({ do: 'resolve', caller, token: draft.token });
  }
  // Before Messenger has loaded, it is not known yet, and `loaded()` decides.
  if (draft.allowSessionUpgrade === false) return rejectCaller(draft, caller, notAllowed());
  if (phase.name === 'failed') return rejectCaller(draft, caller, phase.error);
  if (isSigningOut(draft)) return rejectCaller(draft, caller, new GcAuthError('login-required'));

  if (signOutHolds(draft) && !draft.conditions.activated) {
    return rejectCaller(draft, caller, new GcAuthError('login-required'));
  }

  overruleSignOut(draft);
  addCaller(draft, { id: caller, method: 'step-up' });
  if (phase.name === 'signed-in') return renew(draft, 'step-up', 0, true);
  if (phase.name === 'signed-out' || phase.name === 'interaction-required') stepUpConversation(draft);
}

/** Asks Messenger to step up, if a caller of `stepUp()` waits. */
export function stepUpConversation(draft: Draft): void {
  if (!draft.callers.some(({ method }) => method === 'step-up')) return;
  draft.stepUpOperationId = sendCommand(draft, 'MessagingService.stepUpConversation');
}

/**
 * The step-up command has settled. If Messenger has not called `AuthProvider.signIn` by then, it does not step up:
 * there is no conversation, or it refuses, or it does not answer.
 */
export function stepUpSettled(draft: Draft, operationId: number, failure: MessengerFailure | undefined): void {
  const { name } = draft.phase;
  const called = draft.calls.some(({ call }) => call.command === 'signIn');
  if (operationId !== draft.stepUpOperationId) return;
  draft.stepUpOperationId = undefined;
  if (called) return;
  if (name !== 'signed-out' && name !== 'interaction-required') return;
  const message = `Messenger did not step up the conversation: ${innerText(failure?.message)}.`;
  settleCallers(draft, ['step-up'], new GcAuthError('command-failed', { message }));
}

/** Whether the person has signed out since the page called `stepUp()`, whose command still runs. */
export const isStepUpCancelled = ({ stepUpOperationId, callers }: Draft): boolean =>
  stepUpOperationId !== undefined && !callers.some(({ method }) => method === 'step-up');

export const notAllowed = (): GcAuthError =>
  new GcAuthError('command-failed', {
    message: 'The deployment does not allow anonymous conversations to be stepped up.',
    hint: 'Allow it in the Messenger configuration in Genesys Cloud, or call signIn().',
    retryable: false,
  });
