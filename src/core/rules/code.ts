import { GcAuthError } from '../errors.js';
import { renewalDue } from '../deadline.js';
import type { Grant } from '../grant.js';
import { afterFailure } from '../ladder.js';
import type { Ask } from '../messenger.js';
import type { PhaseNamed } from '../model.js';
import {
  command,
  enter,
  fail,
  forToken,
  isLive,
  openAsk,
  refuse,
  refuseAsks,
  report,
  settleCallers,
  trace,
} from './work.js';
import type { Work } from './work.js';

/** Longest that a code in hand counts as fresh: providers let codes live for a minute and less. */
const codeFreshMs = 30_000;

/** Longest wait until Messenger asks after it was told to. */
const deliverMs = 5_000;

/** Messenger says within this time that it exchanges a code, or it ignored it. */
export const ignoredAfterMs = 1_500;

/** Pause between silent attempts that nobody asked for. */
const probePauseMs = 10_000;

/** More codes than this within the window are a loop. */
const mostCodes = 12;
const loopWindowMs = 60_000;

/** Begins a fresh code on the lowest rung. */
export function seekCode(w: Work, why: string, nudges = 0): void {
  const { now, config } = w.c;
  if (!config.signInModes.includes('silent')) return needPerson(w, new GcAuthError('login-required'));
  // Exchanges that succeed can be a loop too: a socket that refuses every JWT makes Messenger ask again at once.
  w.sought = [...w.sought.filter((at) => now - at < loopWindowMs), now];
  if (w.sought.length > mostCodes) return fail(w, new GcAuthError('loop-stopped', { trace: w.trace }));
  w.silentAt = now;
  begin(w, 'silent', config.silentTimeoutMs, why, nudges);
}

/** The click: the popup opens while this runs, or the browser blocks it. */
export const openPopup = (w: Work): void => begin(w, 'popup', w.c.config.popupTimeoutMs, 'sign-in', 0);

function begin(w: Work, rung: 'silent' | 'popup', ms: number, why: string, nudges: number): void {
  const { now } = w.c;
  const ticket = ++w.serial;
  enter(w, { name: 'code', rung, ticket, since: now, until: now + ms, nudges }, why);
  w.effects.push({ do: 'code', rung, ticket });
}

/** Shows that a person must act. Whoever wanted it done silently is told; Messenger's asks wait for the click. */
export function needPerson(w: Work, error: GcAuthError): void {
  const evident = error.traced(w.trace);
  if (isLive(w) && (error.code === 'offline' || error.code === 'discovery-failed')) return keepOn(w, evident);
  if (afterFailure(error.code, w.c.config.signInModes) === 'person') {
    enter(w, { name: 'interaction-required', error: evident }, error.code);
    w.effects.push({ do: 'prepare' });
  } else if (error.code === 'login-required') {
    enter(w, { name: 'signed-out', reason: undefined, since: w.c.now }, error.code);
    report(w, evident);
    refuseAsks(w, evident);
  } else {
    return fail(w, error);
  }
  settleCallers(w, forToken, evident);
}

/** A network fault ends no session that is alive. */
function keepOn(w: Work, error: GcAuthError): void {
  const { token, sameWhileValid, c } = w;
  const until = token && c.config.renew === 'auto' ? renewalDue(token, sameWhileValid, c.random) : undefined;
  enter(w, { name: 'signed-in', until, failures: 0 }, error.code);
  report(w, error);
  refuseAsks(w, error);
  settleCallers(w, [...forToken, 'sign-out'], error);
}

/** `AuthProvider.getAuthCode`, `reAuthenticate`, `signIn`. Each gets a code of its own, in order. */
export function asked(w: Work, ask: Ask): void {
  const { phase } = w;
  // Who signed out, here or in another tab, is not signed in again behind their back.
  const gone = phase.name === 'signed-out' && (phase.reason === 'user' || phase.reason === 'other-tab');
  const leaving = w.callers.some(({ wants }) => wants === 'sign-out');
  if (phase.name === 'signing-out' || gone || leaving) return refuse(w, ask);
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

/** A silent look while a person is being waited for: they may have signed in elsewhere meanwhile. */
export function probe(w: Work): void {
  const { phase, c } = w;
  const due = c.now - w.silentAt >= probePauseMs && c.config.signInModes.includes('silent');
  if (phase.name !== 'interaction-required' || phase.ticket !== undefined || !due) return;
  w.silentAt = c.now;
  const ticket = ++w.serial;
  enter(w, { ...phase, ticket, since: c.now, until: c.now + c.config.silentTimeoutMs });
  w.effects.push({ do: 'code', rung: 'silent', ticket });
}

/** Notes how the running attempt ended; undefined when the ticket is not the running attempt's. */
function ended(w: Work, ticket: number, verdict: GcAuthError | undefined): PhaseNamed<'code'> | 'probe' | undefined {
  const { phase } = w;
  if ((phase.name !== 'code' && phase.name !== 'interaction-required') || phase.ticket !== ticket) return undefined;
  const rung = phase.name === 'code' ? phase.rung : 'silent';
  trace(w, { rung, verdict: verdict?.code ?? 'code', ms: Math.round(w.c.now - (phase.since ?? w.c.now)) });
  return phase.name === 'code' ? phase : 'probe';
}

export function granted(w: Work, ticket: number, grant: Grant): void {
  const won = ended(w, ticket, undefined);
  if (!won) return;
  if (w.asks.length) return handOver(w, grant, won === 'probe' ? 0 : won.nudges);
  enter(w, { name: 'deliver', grant, since: w.c.now, until: w.c.now + deliverMs }, 'code');
  command(w, 'Auth.getTokens');
}

/** Gives the oldest ask the code; it leaves our hands here and is never given again. */
function handOver(w: Work, grant: Grant, nudges: number): void {
  const [first, ...rest] = w.asks;
  if (!first) return;
  w.asks = rest;
  enter(w, { name: 'exchange', until: w.c.now + ignoredAfterMs, begun: false, nudges }, 'code');
  w.effects.push({ do: 'answer', ask: first.ask, grant });
  if (first.ask.command === 'signIn') w.effects.push({ do: 'publish', event: 'signedIn', data: grant });
}

export function notGranted(w: Work, ticket: number, error: GcAuthError): void {
  const lost = ended(w, ticket, error);
  if (lost === 'probe' && w.phase.name === 'interaction-required') {
    return enter(w, { name: 'interaction-required', error: w.phase.error });
  }
  if (!lost || lost === 'probe') return;
  needPerson(w, error);
  if (lost.rung === 'popup' && w.phase.name === 'interaction-required') report(w, w.phase.error);
}

/** Nobody answered in time: the attempt is dropped and counts as failed. */
export const rungOverdue = (w: Work, ticket: number, rung: 'silent' | 'popup'): void =>
  notGranted(w, ticket, new GcAuthError(rung === 'silent' ? 'silent-timeout' : 'popup-timeout'));
