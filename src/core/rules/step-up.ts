import { GcAuthError } from '../errors.js';
import type { Refusal } from '../messenger.js';
import { renew } from './renewal.js';
import { addCaller, command, isLeaving, isLive, reject, settleCallers } from './work.js';
import type { Work } from './work.js';

/**
 * The page's `stepUp()`. Messenger asks for a code by `signIn` then, and knows best whether there is a conversation.
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/messagingServicePlugin
 */
export function stepUpCalled(w: Work, caller: number): void {
  const { phase } = w;
  if (isLive(w) && phase.name === 'signed-in') return void w.effects.push({ do: 'resolve', caller, token: w.token });
  if (!w.allowSessionUpgrade) return reject(w, caller, notUpgradable());
  if (phase.name === 'failed') return reject(w, caller, phase.error);
  if (isLeaving(w)) return reject(w, caller, new GcAuthError('login-required'));
  addCaller(w, { id: caller, wants: 'step-up' });
  if (phase.name === 'signed-in') return renew(w, 'step-up', 0, true);
  if (phase.name === 'signed-out' || phase.name === 'interaction-required') {
    w.stepUp = command(w, 'MessagingService.stepUpConversation');
  }
}

/** There is no conversation, or Messenger does not want to, or does not answer. What it asked meanwhile decides. */
export function stepUpSettled(w: Work, ticket: number, refusal: Refusal | undefined): void {
  const { name } = w.phase;
  const decides = w.asks.some(({ ask }) => ask.command === 'signIn');
  if (ticket !== w.stepUp || decides || (name !== 'signed-out' && name !== 'interaction-required')) return;
  const said = refusal?.message ?? 'no reason given';
  settleCallers(w, ['step-up'], new GcAuthError('command-failed', { message: `Messenger did not step up (${said}).` }));
}

const notUpgradable = (): GcAuthError =>
  new GcAuthError('command-failed', {
    message: 'The deployment does not allow a session to be upgraded.',
    hint: 'Allow it in the deployment, or call signIn().',
    retryable: false,
  });
