import { GcAuthError } from '../errors.js';
import type { MessengerFailure } from '../messenger.js';
import { renew } from './renewal.js';
import { addCaller, sendCommand, isSigningOut, isLive, rejectCaller, settleCallers } from './draft.js';
import type { Draft } from './draft.js';

/**
 * The page's `stepUp()`. Messenger calls for a code by `signIn` then, and knows best whether there is a conversation.
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/messagingServicePlugin
 */
export function stepUpCalled(draft: Draft, caller: number): void {
  const { phase } = draft;
  if (isLive(draft) && phase.name === 'signed-in')
    return void draft.effects.push({ do: 'resolve', caller, token: draft.token });
  if (!draft.allowSessionUpgrade) return rejectCaller(draft, caller, notUpgradable());
  if (phase.name === 'failed') return rejectCaller(draft, caller, phase.error);
  if (isSigningOut(draft)) return rejectCaller(draft, caller, new GcAuthError('login-required'));
  addCaller(draft, { id: caller, method: 'step-up' });
  if (phase.name === 'signed-in') return renew(draft, 'step-up', 0, true);
  if (phase.name === 'signed-out' || phase.name === 'interaction-required') {
    draft.stepUp = sendCommand(draft, 'MessagingService.stepUpConversation');
  }
}

/** There is no conversation, or Messenger does not want to, or does not answer. What it asked meanwhile decides. */
export function stepUpSettled(draft: Draft, operationId: number, failure: MessengerFailure | undefined): void {
  const { name } = draft.phase;
  const decides = draft.calls.some(({ call }) => call.command === 'signIn');
  if (operationId !== draft.stepUp || decides || (name !== 'signed-out' && name !== 'interaction-required')) return;
  const said = failure?.message ?? 'no reason given';
  settleCallers(
    draft,
    ['step-up'],
    new GcAuthError('command-failed', { message: `Messenger did not step up (${said}).` }),
  );
}

const notUpgradable = (): GcAuthError =>
  new GcAuthError('command-failed', {
    message: 'The deployment does not allow a session to be upgraded.',
    hint: 'Allow it in the deployment, or call signIn().',
    retryable: false,
  });
