import { GcAuthError } from '../errors.js';
import { patientDelay, renewalDue } from '../deadline.js';
import type { Refusal } from '../messenger.js';
import type { PhaseNamed } from '../phase.js';
import { judgeRefusal } from '../refusal.js';
import { newerLife } from '../shared-record.js';
import { serveWaiting, welcome } from './asks.js';
import { patience, seekCode } from './code.js';
import { addCaller, command, enter, forToken, isLeaving, isLive, reject, settleCallers } from './work.js';
import type { Work } from './work.js';

/** A refresh settles within this time, its turn among the tabs included, or it failed. */
const refreshMs = 13_000;

/** `Auth.authenticated` may come a moment after the refresh resolved. */
const eventMs = 1_000;

/** Longest wait for the browser to say that it is online. */
const offlineMs = 60_000;

/** After a refused refresh Messenger usually asks by itself; this long we leave it to it. */
const ownInitiativeMs = 400;

/** Longest wait for the ask after Messenger was told to ask. */
const summonMs = 3_000;

/**
 * Single flight: who comes while one runs waits for the same. One tab renews for all, except by `force`: for a wish of
 * the page, and for a Messenger that needs the JWT itself.
 */
export function renew(w: Work, why: string, failures = 0, force = w.callers.length > 0): void {
  if (w.phase.name === 'renewing' && w.phase.ticket !== undefined) return;
  if (!force && adopt(w)) return;
  const ticket = ++w.serial;
  enter(w, { name: 'renewing', ticket, until: w.c.now + refreshMs, settled: false, failures }, why);
  w.effects.push({ do: 'refresh', ticket, force });
}

/** Life of the same person's newer JWT, which another tab brought and Messenger shares. */
export const lifeElsewhere = ({ token, person, c: { record, now } }: Work) =>
  token && record.person === person ? newerLife(record, token.expiresAt, now) : undefined;

/**
 * Another tab has a newer JWT, which Messenger shares, or has learnt that there is none yet: what is left to do comes
 * later. Callers want a JWT of their own.
 */
export function adopt(w: Work): boolean {
  const { record, config, random, now } = w.c;
  if (!w.token || record.person !== w.person || w.callers.length) return false;
  const learnt = !w.sameWhileValid && record.sameWhileValid === true;
  w.sameWhileValid ||= learnt;
  const life = lifeElsewhere(w) ?? (learnt && w.confirmed ? w.token : undefined);
  const due = life ? renewalDue(life, w.sameWhileValid, random) : now;
  if (due <= now) return false;
  enter(w, { name: 'signed-in', until: config.renew === 'auto' ? due : undefined, failures: 0 }, 'other-tab');
  welcome(w);
  return true;
}

export function refreshSettled(w: Work, phase: PhaseNamed<'renewing'>, refusal: Refusal | undefined): void {
  if (!refusal) return enter(w, { ...phase, settled: true, until: w.c.now + eventMs });
  const refused = judgeRefusal(refusal, w.c.online) === 'refused';
  // Messenger drops its refresh token when Genesys cannot answer; from then on it refuses by itself, without a status.
  const out = !refused || (w.outage !== undefined && refusal.status === undefined);
  w.outage = out ? (w.outage ?? 0) : undefined;
  if (refused) reauthenticate(w, 'refresh-failed');
  else refreshFailed(w, phase);
}

/** A fault, not a refusal: nobody is signed out; tried again later, sooner when the page is woken or online. */
export function refreshFailed(w: Work, phase: PhaseNamed<'renewing'>): void {
  const { now, random, online, config } = w.c;
  const failures = phase.failures + 1;
  if (!isLive(w) && failures >= patience && online) return reauthenticate(w, 'refresh-failed');
  // Offline it waits for the network; browsers are wrong about that at times, so not for ever.
  const leftMs = (w.token?.expiresAt ?? now) - now;
  const until = now + (online ? patientDelay(failures, random, leftMs) : offlineMs);
  const auto = config.renew === 'auto';
  // Without a live JWT nobody is signed in; where a page is still to be signed in, that cannot wait for a wish.
  if (!isLive(w) && (auto || !w.confirmed))
    enter(w, { name: 'renewing', until, settled: false, failures }, 'refresh-failed');
  else enter(w, { name: 'signed-in', until: auto ? until : undefined, failures }, 'refresh-failed');
  settleCallers(w, forToken, new GcAuthError(online ? 'refresh-failed' : 'offline', { step: 'refresh' }));
  serveWaiting(w);
}

/** The refresh token is dead: a new code, for the ask that Messenger makes by itself or is told to make. */
function reauthenticate(w: Work, why: string): void {
  if (w.asks.length) return seekCode(w, why);
  enter(w, { name: 'summon', nudged: false, until: w.c.now + ownInitiativeMs }, why);
}

export function summonOverdue(w: Work, { nudged }: PhaseNamed<'summon'>): void {
  if (nudged) seekCode(w, 'summon');
  else summon(w, 'Auth.reAuthenticate', w.why);
}

/** Tells Messenger to ask us. */
export function summon(w: Work, name: 'Auth.reAuthenticate' | 'Auth.getTokens', why: string): void {
  enter(w, { name: 'summon', nudged: true, until: w.c.now + summonMs }, why);
  command(w, name);
}

/** The page's `refresh()` and `reauthenticate()`. */
export function tokenCalled(w: Work, caller: number, wants: 'refresh' | 'reauthenticate'): void {
  const { phase } = w;
  const out = phase.name === 'signed-out' || phase.name === 'interaction-required';
  if (phase.name === 'failed') return reject(w, caller, phase.error);
  if (isLeaving(w) || (out && wants === 'refresh')) {
    return reject(w, caller, new GcAuthError('login-required'));
  }
  addCaller(w, { id: caller, wants });
  if (out) return seekCode(w, 'reauthenticate');
  if (phase.name !== 'signed-in' && phase.name !== 'renewing') return;
  if (wants === 'refresh') renew(w, 'refresh', 0, true);
  else summon(w, 'Auth.reAuthenticate', 'reauthenticate');
}
