import { GcAuthError } from '../errors.js';
import type { Attempt } from '../errors.js';
import { renewalDue, retryDelay } from '../deadline.js';
import type { Grant } from '../grant.js';
import type { SignInMode } from '../config.js';
import { afterFailure, interactiveRung } from '../next-rung.js';
import type { RungConditions } from '../next-rung.js';
import type { Answer } from '../model.js';
import type { PhaseNamed, InteractiveRung } from '../phase.js';
import { recentEntries } from '../loop-breaker.js';
import { cancelFrameTest, scheduleFrameTest } from './frame-test.js';
import {
  sendCommand,
  enter,
  failSession,
  tokenMethods,
  isLive,
  exceedsLoopLimit,
  rejectCalls,
  reportError,
  settleCallers,
  stopIfLooping,
  addToTrace,
} from './draft.js';
import type { Draft } from './draft.js';

/** Longest that a code in hand counts as fresh: providers let codes live for a minute and less. */
export const codeFreshMs = 30_000;

/** Longest wait until Messenger calls after it was told to. */
const deliverMs = 5_000;

/** Messenger says within this time that it exchanges a code, or it ignored it. */
export const ignoredAfterMs = 1_500;

/** Pause between silent attempts that nobody asked for. */
const probePauseMs = 10_000;

/** A redirect that leaves no trace for so long did not leave at all. */
const leavingMs = 30_000;

/** Temporary failures in a row with a dead JWT, after which a new code is tried. */
export const maxRefreshFailures = 4;

/** Longest pause between tries of what nobody can do anything about. */
const longestPauseMs = 240_000;

/** How long it is taken for an outage that neither Genesys nor the provider answers, counted from the end of the JWT. */
const longestOutageMs = 1_800_000;

/** Error codes that tell nothing about the person. */
const inconclusiveCodes = /^(silent|discovery|offline)/;

/** Hidden pages are throttled, so a silent attempt is given more time there, but not for ever. */
const longestHiddenMs = 60_000;

const rungConditions = ({ c, trace: tried }: Draft): RungConditions => ({
  modes: c.config.signInModes,
  popups: c.popups,
  // The last one is the one that is judged.
  blocked: tried.slice(0, -1).some(({ verdict }) => verdict === 'popup-blocked'),
});

/** Begins a fresh code on the lowest rung, unless a redirect has just brought one. */
export function requestCode(draft: Draft, why: string, nudges = 0): void {
  const { now, config, framesUnusable } = draft.c;
  const { redirectGrant } = draft;
  draft.redirectGrant = undefined;
  draft.loopEntries = recentEntries(draft.loopEntries, now);
  if (stopIfLooping(draft, 'exchange')) return;
  if (redirectGrant && now - redirectGrant.at < codeFreshMs) return useGrant(draft, redirectGrant.grant, nudges);
  const silent = config.signInModes.includes('silent');
  if (silent && framesUnusable) addToTrace(draft, { rung: 'silent', verdict: 'skipped', ms: 0 });
  if (!silent || framesUnusable) return requireInteraction(draft, new GcAuthError('login-required'));
  if (exceedsLoopLimit(draft, 'silent')) return;
  draft.silentAt = now;
  beginAttempt(draft, 'silent', config.silentTimeoutMs, why, nudges);
}

/** The click: a popup opens while this runs, or the browser blocks it; or the page is left. */
export function requestCodeInteractively(draft: Draft): void {
  const { phase, c } = draft;
  const rung = phase.name === 'interaction-required' ? phase.by : interactiveRung(rungConditions(draft));
  if (!rung) return requestCode(draft, 'sign-in');
  if (rung === 'redirect' && exceedsLoopLimit(draft, 'redirect')) return;
  beginAttempt(draft, rung, rung === 'redirect' ? leavingMs : c.config.popupTimeoutMs, 'sign-in', 0);
}

function beginAttempt(draft: Draft, rung: SignInMode, ms: number, why: string, nudges: number): void {
  const { now } = draft.c;
  const operationId = ++draft.lastOperationId;
  cancelFrameTest(draft);
  enter(draft, { name: 'code', rung, operationId, since: now, until: now + ms, nudges }, why);
  draft.effects.push({ do: 'code', rung, operationId, reason: why, windowOpen: draft.windowOpen });
}

/** Shows that a person must act. Whoever wanted it done silently is told; Messenger's calls wait for the click. */
export function requireInteraction(draft: Draft, error: GcAuthError, rung: SignInMode = 'silent'): void {
  const tracedError = error.traced(draft.trace);
  if (isLive(draft) && (error.code === 'offline' || error.code === 'discovery-failed' || requestedBeforeToken(draft))) {
    return keepSession(draft, tracedError);
  }
  if (
    rung === 'silent' &&
    draft.outage !== undefined &&
    inconclusiveCodes.test(error.code) &&
    withinOutageLimit(draft)
  ) {
    return waitOutOutage(draft, draft.outage, tracedError);
  }
  const by = afterFailure(rung, error.code, rungConditions(draft));
  // A guest who closes the popup goes on as a guest: the button that opened it is still there.
  const stays =
    error.code === 'popup-closed' &&
    draft.calls.length > 0 &&
    draft.calls.every(({ call }) => call.command === 'signIn');
  if (by !== 'stop' && !stays) {
    waitForInteraction(draft, tracedError, by, error.code);
    // The click that began this still counts.
    if (rung === 'silent' && by === 'popup' && draft.c.activated && requestedByPerson(draft))
      return requestCodeInteractively(draft);
    draft.effects.push({ do: 'prepare' });
  } else if (stays || error.code === 'login-required') {
    enter(draft, { name: 'signed-out', reason: undefined, since: draft.c.now }, error.code);
    reportError(draft, tracedError);
    rejectCalls(draft, tracedError);
  } else {
    return failSession(draft, error);
  }
  settleCallers(draft, tokenMethods, tracedError);
}

const requestedByPerson = ({ calls, callers }: Draft): boolean =>
  calls.some(({ call }) => call.command === 'signIn') || callers.some(({ method }) => method === 'step-up');

/** All that waits was asked before the JWT came, and was wanted for it. */
const requestedBeforeToken = ({ token, calls, callers, c }: Draft): boolean =>
  token !== undefined &&
  !callers.length &&
  calls.every(({ call, until }) => !call.forceUpdate && until - c.config.popupTimeoutMs < token.issuedAt);

/** A network fault ends no session that is alive. */
function keepSession(draft: Draft, error: GcAuthError): void {
  const { token, sameWhileValid, c } = draft;
  const until = token && c.config.renew === 'auto' ? renewalDue(token, sameWhileValid, c.random) : undefined;
  enter(draft, { name: 'signed-in', until, failures: 0 }, error.code);
  if (!requestedBeforeToken(draft)) reportError(draft, error);
  rejectCalls(draft, error);
  settleCallers(draft, [...tokenMethods, 'sign-out'], error);
}

const withinOutageLimit = ({ token, c }: Draft): boolean =>
  token !== undefined && c.now < token.expiresAt + longestOutageMs;

/** An outage: whoever clicked now could not be signed in either. Tried again later, sooner when the page is woken. */
function waitOutOutage(draft: Draft, waits: number, error: GcAuthError): void {
  const until = draft.c.now + retryDelay(maxRefreshFailures + waits, draft.c.random, longestPauseMs);
  enter(draft, { name: 'renewing', until, settled: false, failures: maxRefreshFailures }, error.code);
  draft.outage = waits + 1;
  if (!waits) reportError(draft, error);
  settleCallers(draft, tokenMethods, error);
}

/** Who was signed in may still be: where silence told nothing, it is asked again. */
export function waitForInteraction(draft: Draft, error: GcAuthError, by: InteractiveRung, why?: string): void {
  const again = draft.token && inconclusiveCodes.test(error.code);
  const until = again ? draft.c.now + retryDelay(Infinity, draft.c.random, longestPauseMs) : undefined;
  enter(draft, { name: 'interaction-required', error, by, until }, why);
}

/** The next silent look that nobody asked for is not before this. */
export const nextProbeAt = ({ silentAt }: Draft): number => silentAt + probePauseMs;

/** A silent look while a person is being waited for: they may have signed in elsewhere meanwhile. */
export function probe(draft: Draft): void {
  const { phase, c } = draft;
  const due = c.now >= nextProbeAt(draft) && c.config.signInModes.includes('silent') && !c.framesUnusable;
  if (phase.name !== 'interaction-required' || phase.operationId !== undefined || !due) return;
  draft.silentAt = c.now;
  const operationId = ++draft.lastOperationId;
  enter(draft, { ...phase, operationId, since: c.now, until: c.now + c.config.silentTimeoutMs });
  draft.effects.push({ do: 'code', rung: 'silent', operationId, reason: 'probe', windowOpen: false });
}

/** Notes how the running attempt ended; undefined when the operation is not the running attempt's. */
function endAttempt(
  draft: Draft,
  operationId: number,
  verdict: Attempt['verdict'],
): PhaseNamed<'code'> | 'probe' | undefined {
  const { phase } = draft;
  if ((phase.name !== 'code' && phase.name !== 'interaction-required') || phase.operationId !== operationId)
    return undefined;
  const rung = draft.c.config.codeProvider ? 'page' : phase.name === 'code' ? phase.rung : 'silent';
  addToTrace(draft, { rung, verdict, ms: Math.round(draft.c.now - (phase.since ?? draft.c.now)) });
  return phase.name === 'code' ? phase : 'probe';
}

export function codeReceived(draft: Draft, operationId: number, grant: Grant): void {
  const won = endAttempt(draft, operationId, 'code');
  if (!won) return;
  // A person was asked: in vain, if frames work now that they are signed in; otherwise frames never work here.
  if (won !== 'probe' && won.rung !== 'silent') scheduleFrameTest(draft);
  useGrant(draft, grant, won === 'probe' ? 0 : won.nudges);
}

/** Gives the code to whoever waits, or makes Messenger call for it. */
function useGrant(draft: Draft, grant: Grant, nudges: number): void {
  if (draft.calls.length) return resolveCall(draft, grant, nudges);
  enter(draft, { name: 'code-ready', grant, since: draft.c.now, until: draft.c.now + deliverMs }, 'code');
  sendCommand(draft, 'Auth.getTokens');
}

/** A redirect came back to this page. Its code waits for Messenger, which will call. */
export function redirectReturned(draft: Draft, answer: Answer, windowOpen: boolean): void {
  draft.reopenWindow = windowOpen;
  addToTrace(draft, { rung: 'redirect', verdict: 'grant' in answer ? 'code' : answer.error.code, ms: 0 });
  if ('error' in answer) return reportError(draft, answer.error.traced(draft.trace));
  draft.redirectGrant = { grant: answer.grant, at: draft.c.now };
  scheduleFrameTest(draft);
}

/** Gives the oldest call the code; it leaves our hands here and is never given again. */
export function resolveCall(draft: Draft, grant: Grant, nudges: number): void {
  const [first, ...rest] = draft.calls;
  if (!first) return;
  draft.calls = rest;
  const stepUp = first.call.command === 'signIn';
  enter(draft, { name: 'exchange', until: draft.c.now + ignoredAfterMs, begun: false, nudges, stepUp }, 'code');
  draft.effects.push({ do: 'answer', call: first.call, grant });
  if (stepUp) draft.effects.push({ do: 'publish', event: 'signedIn', data: grant });
}

export function codeFailed(
  draft: Draft,
  operationId: number,
  error: GcAuthError,
  verdict: Attempt['verdict'] = error.code,
): void {
  const lost = endAttempt(draft, operationId, verdict);
  if (lost === 'probe' && draft.phase.name === 'interaction-required') {
    return waitForInteraction(draft, draft.phase.error, draft.phase.by);
  }
  if (!lost || lost === 'probe') return;
  requireInteraction(draft, error, lost.rung);
  // Who comes back from the provider's page by the Back button knows what they did.
  const back = lost.rung === 'redirect' && verdict === 'cancelled';
  if (lost.rung !== 'silent' && !back && draft.phase.name === 'interaction-required')
    reportError(draft, draft.phase.error);
}

/** Nobody answered in time: the attempt is dropped and counts as failed. */
export function rungOverdue(draft: Draft, phase: PhaseNamed<'code'>): void {
  const { now, visible, config } = draft.c;
  const { rung, operationId, since } = phase;
  const longer = Math.min(now + config.silentTimeoutMs, since + config.silentTimeoutMs + longestHiddenMs);
  if (rung === 'silent' && !visible && longer > now) return enter(draft, { ...phase, until: longer });
  codeFailed(draft, operationId, new GcAuthError(rung === 'silent' ? 'silent-timeout' : 'popup-timeout'));
}

/** The person does not want to go on with the popup. */
export const cancelled = (draft: Draft, { operationId }: PhaseNamed<'code'>): void =>
  codeFailed(draft, operationId, new GcAuthError('popup-closed'), 'cancelled');
