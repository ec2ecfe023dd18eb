import { GcAuthError } from '../errors.js';
import type { Attempt } from '../errors.js';
import { renewalDue, retryDelay } from '../deadline.js';
import type { Grant } from '../grant.js';
import type { SignInMode } from '../config.js';
import { afterFailure, interactiveRung } from '../ladder.js';
import type { Ground } from '../ladder.js';
import type { Answer } from '../model.js';
import type { PhaseNamed, Way } from '../phase.js';
import { recentTries } from '../tries.js';
import { stopTest, wantTest } from './frame-test.js';
import {
  command,
  enter,
  fail,
  forToken,
  isLive,
  isOneTooMany,
  refuseAsks,
  report,
  settleCallers,
  stopsLoop,
  trace,
} from './work.js';
import type { Work } from './work.js';

/** Longest that a code in hand counts as fresh: providers let codes live for a minute and less. */
export const codeFreshMs = 30_000;

/** Longest wait until Messenger asks after it was told to. */
const deliverMs = 5_000;

/** Messenger says within this time that it exchanges a code, or it ignored it. */
export const ignoredAfterMs = 1_500;

/** Pause between silent attempts that nobody asked for. */
const probePauseMs = 10_000;

/** A redirect that leaves no trace for so long did not leave at all. */
const leavingMs = 30_000;

/** Temporary failures in a row with a dead JWT, after which a new code is tried. */
export const patience = 4;

/** Longest pause between tries of what nobody can do anything about. */
const longestPauseMs = 240_000;

/** How long it is taken for an outage that neither Genesys nor the provider answers, counted from the end of the JWT. */
const longestOutageMs = 1_800_000;

/** Error codes that tell nothing about the person. */
const inconclusive = /^(silent|discovery|offline)/;

/** Hidden pages are throttled, so a silent attempt is given more time there, but not for ever. */
const longestHiddenMs = 60_000;

const ground = ({ c, trace: tried }: Work): Ground => ({
  modes: c.config.signInModes,
  popups: c.popups,
  // The last one is the one that is judged.
  blocked: tried.slice(0, -1).some(({ verdict }) => verdict === 'popup-blocked'),
});

/** Begins a fresh code on the lowest rung, unless a redirect has just brought one. */
export function seekCode(w: Work, why: string, nudges = 0): void {
  const { now, config, framesUseless } = w.c;
  const { returned } = w;
  w.returned = undefined;
  w.tries = recentTries(w.tries, now);
  if (stopsLoop(w, 'exchange')) return;
  if (returned && now - returned.at < codeFreshMs) return use(w, returned.grant, nudges);
  const silent = config.signInModes.includes('silent');
  if (silent && framesUseless) trace(w, { rung: 'silent', verdict: 'skipped', ms: 0 });
  if (!silent || framesUseless) return needPerson(w, new GcAuthError('login-required'));
  if (isOneTooMany(w, 'silent')) return;
  w.silentAt = now;
  begin(w, 'silent', config.silentTimeoutMs, why, nudges);
}

/** The click: a popup opens while this runs, or the browser blocks it; or the page is left. */
export function signInByPerson(w: Work): void {
  const { phase, c } = w;
  const rung = phase.name === 'interaction-required' ? phase.by : interactiveRung(ground(w));
  if (!rung) return seekCode(w, 'sign-in');
  if (rung === 'redirect' && isOneTooMany(w, 'redirect')) return;
  begin(w, rung, rung === 'redirect' ? leavingMs : c.config.popupTimeoutMs, 'sign-in', 0);
}

function begin(w: Work, rung: SignInMode, ms: number, why: string, nudges: number): void {
  const { now } = w.c;
  const ticket = ++w.serial;
  stopTest(w);
  enter(w, { name: 'code', rung, ticket, since: now, until: now + ms, nudges }, why);
  w.effects.push({ do: 'code', rung, ticket, reason: why, windowOpen: w.windowOpen });
}

/** Shows that a person must act. Whoever wanted it done silently is told; Messenger's asks wait for the click. */
export function needPerson(w: Work, error: GcAuthError, rung: SignInMode = 'silent'): void {
  const evident = error.traced(w.trace);
  if (isLive(w) && (error.code === 'offline' || error.code === 'discovery-failed' || outlived(w))) {
    return keepOn(w, evident);
  }
  if (rung === 'silent' && w.outage !== undefined && inconclusive.test(error.code) && outlasts(w)) {
    return waitOut(w, w.outage, evident);
  }
  const by = afterFailure(rung, error.code, ground(w));
  // A guest who closes the popup goes on as a guest: the button that opened it is still there.
  const stays =
    error.code === 'popup-closed' && w.asks.length > 0 && w.asks.every(({ ask }) => ask.command === 'signIn');
  if (by !== 'stop' && !stays) {
    awaitPerson(w, evident, by, error.code);
    // The click that began this still counts.
    if (rung === 'silent' && by === 'popup' && w.c.activated && wantedByPerson(w)) return signInByPerson(w);
    w.effects.push({ do: 'prepare' });
  } else if (stays || error.code === 'login-required') {
    enter(w, { name: 'signed-out', reason: undefined, since: w.c.now }, error.code);
    report(w, evident);
    refuseAsks(w, evident);
  } else {
    return fail(w, error);
  }
  settleCallers(w, forToken, evident);
}

const wantedByPerson = ({ asks, callers }: Work): boolean =>
  asks.some(({ ask }) => ask.command === 'signIn') || callers.some(({ wants }) => wants === 'step-up');

/** All that waits was asked before the JWT came, and was wanted for it. */
const outlived = ({ token, asks, callers, c }: Work): boolean =>
  token !== undefined &&
  !callers.length &&
  asks.every(({ ask, until }) => !ask.forceUpdate && until - c.config.popupTimeoutMs < token.issuedAt);

/** A network fault ends no session that is alive. */
function keepOn(w: Work, error: GcAuthError): void {
  const { token, sameWhileValid, c } = w;
  const until = token && c.config.renew === 'auto' ? renewalDue(token, sameWhileValid, c.random) : undefined;
  enter(w, { name: 'signed-in', until, failures: 0 }, error.code);
  if (!outlived(w)) report(w, error);
  refuseAsks(w, error);
  settleCallers(w, [...forToken, 'sign-out'], error);
}

const outlasts = ({ token, c }: Work): boolean => token !== undefined && c.now < token.expiresAt + longestOutageMs;

/** An outage: whoever clicked now could not be signed in either. Tried again later, sooner when the page is woken. */
function waitOut(w: Work, waits: number, error: GcAuthError): void {
  const until = w.c.now + retryDelay(patience + waits, w.c.random, longestPauseMs);
  enter(w, { name: 'renewing', until, settled: false, failures: patience }, error.code);
  w.outage = waits + 1;
  if (!waits) report(w, error);
  settleCallers(w, forToken, error);
}

/** Who was signed in may still be: where silence told nothing, it is asked again. */
export function awaitPerson(w: Work, error: GcAuthError, by: Way, why?: string): void {
  const again = w.token && inconclusive.test(error.code);
  const until = again ? w.c.now + retryDelay(Infinity, w.c.random, longestPauseMs) : undefined;
  enter(w, { name: 'interaction-required', error, by, until }, why);
}

/** The next silent look that nobody asked for is not before this. */
export const nextLook = ({ silentAt }: Work): number => silentAt + probePauseMs;

/** A silent look while a person is being waited for: they may have signed in elsewhere meanwhile. */
export function probe(w: Work): void {
  const { phase, c } = w;
  const due = c.now >= nextLook(w) && c.config.signInModes.includes('silent') && !c.framesUseless;
  if (phase.name !== 'interaction-required' || phase.ticket !== undefined || !due) return;
  w.silentAt = c.now;
  const ticket = ++w.serial;
  enter(w, { ...phase, ticket, since: c.now, until: c.now + c.config.silentTimeoutMs });
  w.effects.push({ do: 'code', rung: 'silent', ticket, reason: 'probe', windowOpen: false });
}

/** Notes how the running attempt ended; undefined when the ticket is not the running attempt's. */
function ended(w: Work, ticket: number, verdict: Attempt['verdict']): PhaseNamed<'code'> | 'probe' | undefined {
  const { phase } = w;
  if ((phase.name !== 'code' && phase.name !== 'interaction-required') || phase.ticket !== ticket) return undefined;
  const rung = w.c.config.codeProvider ? 'page' : phase.name === 'code' ? phase.rung : 'silent';
  trace(w, { rung, verdict, ms: Math.round(w.c.now - (phase.since ?? w.c.now)) });
  return phase.name === 'code' ? phase : 'probe';
}

export function granted(w: Work, ticket: number, grant: Grant): void {
  const won = ended(w, ticket, 'code');
  if (!won) return;
  // A person was asked: in vain, if frames work now that they are signed in; otherwise frames never work here.
  if (won !== 'probe' && won.rung !== 'silent') wantTest(w);
  use(w, grant, won === 'probe' ? 0 : won.nudges);
}

/** Gives the code to whoever waits, or makes Messenger ask for it. */
function use(w: Work, grant: Grant, nudges: number): void {
  if (w.asks.length) return handOver(w, grant, nudges);
  enter(w, { name: 'deliver', grant, since: w.c.now, until: w.c.now + deliverMs }, 'code');
  command(w, 'Auth.getTokens');
}

/** A redirect came back to this page. Its code waits for Messenger, which will ask. */
export function returned(w: Work, answer: Answer, windowOpen: boolean): void {
  w.reopen = windowOpen;
  trace(w, { rung: 'redirect', verdict: 'grant' in answer ? 'code' : answer.error.code, ms: 0 });
  if ('error' in answer) return report(w, answer.error.traced(w.trace));
  w.returned = { grant: answer.grant, at: w.c.now };
  wantTest(w);
}

/** Gives the oldest ask the code; it leaves our hands here and is never given again. */
export function handOver(w: Work, grant: Grant, nudges: number): void {
  const [first, ...rest] = w.asks;
  if (!first) return;
  w.asks = rest;
  const stepUp = first.ask.command === 'signIn';
  enter(w, { name: 'exchange', until: w.c.now + ignoredAfterMs, begun: false, nudges, stepUp }, 'code');
  w.effects.push({ do: 'answer', ask: first.ask, grant });
  if (stepUp) w.effects.push({ do: 'publish', event: 'signedIn', data: grant });
}

export function notGranted(
  w: Work,
  ticket: number,
  error: GcAuthError,
  verdict: Attempt['verdict'] = error.code,
): void {
  const lost = ended(w, ticket, verdict);
  if (lost === 'probe' && w.phase.name === 'interaction-required') {
    return awaitPerson(w, w.phase.error, w.phase.by);
  }
  if (!lost || lost === 'probe') return;
  needPerson(w, error, lost.rung);
  // Who comes back from the provider's page by the Back button knows what they did.
  const back = lost.rung === 'redirect' && verdict === 'cancelled';
  if (lost.rung !== 'silent' && !back && w.phase.name === 'interaction-required') report(w, w.phase.error);
}

/** Nobody answered in time: the attempt is dropped and counts as failed. */
export function rungOverdue(w: Work, phase: PhaseNamed<'code'>): void {
  const { now, visible, config } = w.c;
  const { rung, ticket, since } = phase;
  const longer = Math.min(now + config.silentTimeoutMs, since + config.silentTimeoutMs + longestHiddenMs);
  if (rung === 'silent' && !visible && longer > now) return enter(w, { ...phase, until: longer });
  notGranted(w, ticket, new GcAuthError(rung === 'silent' ? 'silent-timeout' : 'popup-timeout'));
}

/** The person does not want to go on with the popup. */
export const cancelled = (w: Work, { ticket }: PhaseNamed<'code'>): void =>
  notGranted(w, ticket, new GcAuthError('popup-closed'), 'cancelled');
