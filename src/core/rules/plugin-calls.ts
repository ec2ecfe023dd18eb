import type { PluginCall } from '../messenger.js';
import { codeFreshMs, resolveCall, nextProbeAt, probe, requestCode } from './code.js';
import { runFrameTest } from './frame-test.js';
import { sendCommand, enter, tokenMethods, isSigningOut, pendingCall, rejectCall, settleCallers } from './draft.js';
import type { Draft } from './draft.js';

/** `AuthProvider.getAuthCode`, `reAuthenticate`, `signIn`. Each gets a code of its own, in order. */
export function pluginCalled(draft: Draft, call: PluginCall): void {
  const { phase } = draft;
  // Who signed out, here or in another tab, is not signed in again behind their back.
  const signedOut = phase.name === 'signed-out' && (phase.reason === 'user' || phase.reason === 'other-tab');
  const gone = signedOut && call.command !== 'signIn';
  if (gone || isSigningOut(draft)) return rejectCall(draft, call);
  if (phase.name === 'failed' && phase.error.code === 'loop-stopped') return rejectCall(draft, call, phase.error);
  draft.calls = [...draft.calls, pendingCall(draft, call)];
  switch (phase.name) {
    case 'interaction-required':
      return probe(draft);
    case 'code-ready':
      return draft.c.now - phase.since < codeFreshMs
        ? resolveCall(draft, phase.grant, 0)
        : requestCode(draft, call.command);
    case 'exchange':
      return phase.begun ? undefined : requestCode(draft, call.command, phase.nudges);
    case 'renewing':
      // An outage may be over, and now somebody waits.
      if (phase.operationId === undefined && draft.outage)
        enter(draft, { ...phase, until: Math.min(phase.until, Math.max(draft.c.now, nextProbeAt(draft))) });
      return;
    case 'code':
    case 'backoff':
      return;
    default:
      requestCode(draft, call.command);
  }
}

/** A call that had to wait gets its code now. */
export function answerNextCall(draft: Draft): void {
  const [first] = draft.calls;
  if (first) requestCode(draft, first.call.command);
}

/** Somebody is signed in, for certain; what waited for that follows. */
export function confirmSignedIn(draft: Draft): void {
  if (!draft.confirmed) draft.effects.push({ do: 'hide-messenger', hidden: false }, { do: 'signed-in' });
  draft.confirmed = true;
  if (draft.reopenWindow) sendCommand(draft, 'Messenger.open');
  draft.reopenWindow = false;
  runFrameTest(draft);
  settleCallers(draft, tokenMethods);
  answerNextCall(draft);
}
