import { GcAuthError } from '../errors.js';
import { patientDelay, renewalDue } from '../deadline.js';
import type { MessengerFailure } from '../messenger.js';
import type { PhaseNamed } from '../phase.js';
import { classifyFailure } from '../messenger-failure.js';
import { newerLifetime } from '../shared-record.js';
import { answerNextCall, confirmSignedIn } from './plugin-calls.js';
import { maxRefreshFailures, requestCode } from './code.js';
import {
  addCaller,
  sendCommand,
  enter,
  tokenMethods,
  isSigningOut,
  isLive,
  rejectCaller,
  settleCallers,
} from './draft.js';
import type { Draft } from './draft.js';

/** A refresh settles within this time, its turn among the tabs included, or it failed. */
const refreshMs = 13_000;

/** `Auth.authenticated` may come a moment after the refresh resolved. */
const eventMs = 1_000;

/** Longest wait for the browser to say that it is online. */
const offlineMs = 60_000;

/** After a refused refresh Messenger usually calls by itself; this long we leave it to it. */
const ownInitiativeMs = 400;

/** Longest wait for the call after Messenger was told to call. */
const callMs = 3_000;

/**
 * Single flight: who comes while one runs waits for the same. One tab renews for all, except by `force`: for a wish of
 * the page, and for a Messenger that needs the JWT itself.
 */
export function renew(draft: Draft, why: string, failures = 0, force = draft.callers.length > 0): void {
  if (draft.phase.name === 'renewing' && draft.phase.operationId !== undefined) return;
  if (!force && adopt(draft)) return;
  const operationId = ++draft.lastOperationId;
  enter(draft, { name: 'renewing', operationId, until: draft.c.now + refreshMs, settled: false, failures }, why);
  draft.effects.push({ do: 'refresh', operationId, force });
}

/** Lifetime of the same person's newer JWT, which another tab brought and Messenger shares. */
export const lifetimeInOtherTab = ({ token, person, c: { record, now } }: Draft) =>
  token && record.person === person ? newerLifetime(record, token.expiresAt, now) : undefined;

/**
 * Another tab has a newer JWT, which Messenger shares, or has learnt that there is none yet: what is left to do comes
 * later. Callers want a JWT of their own.
 */
export function adopt(draft: Draft): boolean {
  const { record, config, random, now } = draft.c;
  if (!draft.token || record.person !== draft.person || draft.callers.length) return false;
  const learnt = !draft.sameWhileValid && record.sameWhileValid === true;
  draft.sameWhileValid ||= learnt;
  const life = lifetimeInOtherTab(draft) ?? (learnt && draft.confirmed ? draft.token : undefined);
  const due = life ? renewalDue(life, draft.sameWhileValid, random) : now;
  if (due <= now) return false;
  enter(draft, { name: 'signed-in', until: config.renew === 'auto' ? due : undefined, failures: 0 }, 'other-tab');
  confirmSignedIn(draft);
  return true;
}

export function refreshSettled(
  draft: Draft,
  phase: PhaseNamed<'renewing'>,
  failure: MessengerFailure | undefined,
): void {
  if (!failure) return enter(draft, { ...phase, settled: true, until: draft.c.now + eventMs });
  const refused = classifyFailure(failure, draft.c.online) === 'refused';
  // Messenger drops its refresh token when Genesys cannot answer; from then on it refuses by itself, without a status.
  const out = !refused || (draft.outage !== undefined && failure.status === undefined);
  draft.outage = out ? (draft.outage ?? 0) : undefined;
  if (refused) reauthenticate(draft, 'refresh-failed');
  else refreshFailed(draft, phase);
}

/** A fault, not a failure: nobody is signed out; tried again later, sooner when the page is woken or online. */
export function refreshFailed(draft: Draft, phase: PhaseNamed<'renewing'>): void {
  const { now, random, online, config } = draft.c;
  const failures = phase.failures + 1;
  if (!isLive(draft) && failures >= maxRefreshFailures && online) return reauthenticate(draft, 'refresh-failed');
  // Offline it waits for the network; browsers are wrong about that at times, so not for ever.
  const leftMs = (draft.token?.expiresAt ?? now) - now;
  const until = now + (online ? patientDelay(failures, random, leftMs) : offlineMs);
  const auto = config.renew === 'auto';
  // Without a live JWT nobody is signed in; where a page is still to be signed in, that cannot wait for a wish.
  if (!isLive(draft) && (auto || !draft.confirmed))
    enter(draft, { name: 'renewing', until, settled: false, failures }, 'refresh-failed');
  else enter(draft, { name: 'signed-in', until: auto ? until : undefined, failures }, 'refresh-failed');
  settleCallers(draft, tokenMethods, new GcAuthError(online ? 'refresh-failed' : 'offline', { step: 'refresh' }));
  answerNextCall(draft);
}

/** The refresh token is dead: a new code, for the call that Messenger makes by itself or is told to make. */
function reauthenticate(draft: Draft, why: string): void {
  if (draft.calls.length) return requestCode(draft, why);
  enter(draft, { name: 'awaiting-call', nudged: false, until: draft.c.now + ownInitiativeMs }, why);
}

export function callOverdue(draft: Draft, { nudged }: PhaseNamed<'awaiting-call'>): void {
  if (nudged) requestCode(draft, 'awaiting-call');
  else requestCall(draft, 'Auth.reAuthenticate', draft.why);
}

/** Tells Messenger to call us. */
export function requestCall(draft: Draft, name: 'Auth.reAuthenticate' | 'Auth.getTokens', why: string): void {
  enter(draft, { name: 'awaiting-call', nudged: true, until: draft.c.now + callMs }, why);
  sendCommand(draft, name);
}

/** The page's `refresh()` and `reauthenticate()`. */
export function tokenCalled(draft: Draft, caller: number, method: 'refresh' | 'reauthenticate'): void {
  const { phase } = draft;
  const out = phase.name === 'signed-out' || phase.name === 'interaction-required';
  if (phase.name === 'failed') return rejectCaller(draft, caller, phase.error);
  if (isSigningOut(draft) || (out && method === 'refresh')) {
    return rejectCaller(draft, caller, new GcAuthError('login-required'));
  }
  addCaller(draft, { id: caller, method });
  if (out) return requestCode(draft, 'reauthenticate');
  if (phase.name !== 'signed-in' && phase.name !== 'renewing') return;
  if (method === 'refresh') renew(draft, 'refresh', 0, true);
  else requestCall(draft, 'Auth.reAuthenticate', 'reauthenticate');
}
