import { GcAuthError } from '../errors.js';
import type { Refusal } from '../messenger.js';
import { addCaller, command, isLive, reject, settleCallers } from './work.js';
import type { Work } from './work.js';

/**
 * The page's `stepUp()`. Messenger asks for a code by `signIn` then, and knows best whether there is a conversation.
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/messagingServicePlugin
 */
export function stepUpCalled(w: Work, caller: number): void {
  const { phase } = w;
  if (isLive(w) && phase.name === 'signed-in') return void w.effects.push({ do: 'resolve', caller, token: w.token });
  if (!w.allowSessionUpgrade) return reject(w, caller, notUpgradable());
  if (phase.name === 'signing-out' || phase.name === 'failed') {
    return reject(w, caller, phase.name === 'failed' ? phase.error : new GcAuthError('login-required'));
  }
  addCaller(w, { id: caller, wants: 'step-up' });
  if (phase.name === 'signed-out' || phase.name === 'interaction-required') {
    w.stepUp = command(w, 'MessagingService.stepUpConversation');
  }
}

/** There is no conversation, or Messenger does not want to, or does not answer. What it asked meanwhile goes on. */
export function stepUpRefused(w: Work, ticket: number, { message }: Refusal): void {
  const { name } = w.phase;
  if (ticket !== w.stepUp || (name !== 'signed-out' && name !== 'interaction-required')) return;
  const said = message ?? 'no reason given';
  settleCallers(w, ['step-up'], new GcAuthError('command-failed', { message: `Messenger did not step up (${said}).` }));
}

const notUpgradable = (): GcAuthError =>
  new GcAuthError('command-failed', {
    message: 'The deployment does not allow a session to be upgraded.',
    hint: 'Allow it in the deployment, or call signIn().',
    retryable: false,
  });
