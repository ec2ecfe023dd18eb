import type { Ask } from '../messenger.js';
import { codeFreshMs, handOver, nextLook, probe, seekCode } from './code.js';
import { testFrame } from './frame-test.js';
import { command, enter, forToken, isLeaving, openAsk, refuse, settleCallers } from './work.js';
import type { Work } from './work.js';

/** `AuthProvider.getAuthCode`, `reAuthenticate`, `signIn`. Each gets a code of its own, in order. */
export function asked(w: Work, ask: Ask): void {
  const { phase } = w;
  // Who signed out, here or in another tab, is not signed in again behind their back.
  const left = phase.name === 'signed-out' && (phase.reason === 'user' || phase.reason === 'other-tab');
  const gone = left && ask.command !== 'signIn';
  if (gone || isLeaving(w)) return refuse(w, ask);
  if (phase.name === 'failed' && phase.error.code === 'loop-stopped') return refuse(w, ask, phase.error);
  w.asks = [...w.asks, openAsk(w, ask)];
  switch (phase.name) {
    case 'interaction-required':
      return probe(w);
    case 'deliver':
      return w.c.now - phase.since < codeFreshMs ? handOver(w, phase.grant, 0) : seekCode(w, ask.command);
    case 'exchange':
      return phase.begun ? undefined : seekCode(w, ask.command, phase.nudges);
    case 'renewing':
      // An outage may be over, and now somebody waits.
      if (phase.ticket === undefined && w.outage)
        enter(w, { ...phase, until: Math.min(phase.until, Math.max(w.c.now, nextLook(w))) });
      return;
    case 'code':
    case 'pause':
      return;
    default:
      seekCode(w, ask.command);
  }
}

/** An ask that had to wait gets its code now. */
export function serveWaiting(w: Work): void {
  const [first] = w.asks;
  if (first) seekCode(w, first.ask.command);
}

/** Somebody is signed in, for certain; what waited for that follows. */
export function welcome(w: Work): void {
  if (!w.confirmed) w.effects.push({ do: 'curtain', closed: false }, { do: 'signed-in' });
  w.confirmed = true;
  if (w.reopen) command(w, 'Messenger.open');
  w.reopen = false;
  testFrame(w);
  settleCallers(w, forToken);
  serveWaiting(w);
}
