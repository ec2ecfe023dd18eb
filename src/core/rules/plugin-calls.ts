import type { PluginCall } from '../messenger.js';
import { answerCall, isFresh } from './code-ready.js';
import { enter, isSigningOut } from './draft.js';
import type { Draft } from './draft.js';
import { nextProbeAt, probe } from './interaction.js';
import { requestCode } from './request-code.js';
import { pendingCall, refuseCall } from './settle.js';
import { overruleSignOut, signOutHolds } from './sign-out-record.js';
import { isStepUpCancelled } from './step-up.js';

/**
 * Messenger called `AuthProvider.getAuthCode`, `reAuthenticate` or `signIn`.
 *
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/authProviderPlugin
 */
export function pluginCalled(draft: Draft, call: PluginCall): void {
  const { phase } = draft;
  // After a sign-out, here or in another tab, only a click signs in again. `signIn` comes from a button in Messenger.
  const signedOut =
    signOutHolds(draft) || (phase.name === 'signed-out' && (phase.reason === 'user' || phase.reason === 'other-tab'));
  const byPerson = call.command === 'signIn' && !isStepUpCancelled(draft);
  if (isSigningOut(draft) || (signedOut && !byPerson)) return refuseCall(draft, call);
  if (phase.name === 'failed' && phase.error.code === 'loop-stopped') return refuseCall(draft, call, phase.error);

  if (signedOut) overruleSignOut(draft);
  draft.calls = [...draft.calls, pendingCall(draft, call)];
  switch (phase.name) {
    case 'interaction-required':
      return probe(draft);
    case 'code-ready':
      return isFresh(draft, phase.receivedAt) ? answerCall(draft, phase.grant, 0) : requestCode(draft, call.command);
    case 'exchange':
      return phase.exchanging ? undefined : requestCode(draft, call.command, phase.callRequests);
    case 'renewing':
      return phase.operationId === undefined ? retrySooner(draft) : undefined;
    case 'code':
    case 'backoff':
      return;
    default:
      requestCode(draft, call.command);
  }
}

/** During an outage, a call is a reason to try again sooner. */
function retrySooner(draft: Draft): void {
  const { phase, outageWaits, conditions } = draft;
  if (phase.name !== 'renewing' || !outageWaits) return;
  enter(draft, { ...phase, dueAt: Math.min(phase.dueAt, Math.max(conditions.now, nextProbeAt(draft))) });
}
