import { GcAuthError } from '../errors.js';
import type { Refusal } from '../messenger.js';
import type { Phase, PhaseNamed, SignedOutReason } from '../phase.js';
import { seekCode } from './code.js';
import {
  addCaller,
  command,
  enter,
  fail,
  forToken,
  isOneTooMany,
  refuseAsks,
  report,
  settleCallers,
  share,
} from './work.js';
import type { Work } from './work.js';

const refreshMs = 4_000;
const logoutMs = 6_000;

/** A JWT with less life than this is refreshed first: revoking needs a live one. */
const marginMs = 2_000;

/** Genesys first, because revoking needs its JWT; then the provider. */
export function signOutCalled(w: Work, caller: number, provider: boolean): void {
  const { phase } = w;
  addCaller(w, { id: caller, wants: 'sign-out', provider });
  // Messenger cannot be told before its Auth plugin is there; `leaveIfWanted` does it then.
  if (phase.name === 'loading' && (phase.step === 'script' || phase.step === 'auth')) return;
  if (phase.name === 'signing-out') return enter(w, { ...phase, provider: phase.provider || provider });
  // Without a JWT there is nothing to revoke, except where Messenger may hold one that it has not reported yet.
  const unreported = phase.name === 'loading' || phase.name === 'exchange' || phase.name === 'renewing';
  // Also one that another tab has signed in with: Messenger shares it.
  const until = w.token?.expiresAt ?? w.c.record.expiresAt;
  if (until === undefined && !unreported) return left(w, 'user', provider);
  if (until !== undefined && until - marginMs <= w.c.now) refreshFirst(w, provider);
  else logout(w, provider, false);
}

/** A sign-out that was wanted before Messenger was there. */
export function leaveIfWanted(w: Work): boolean {
  const wanted = w.callers.find(({ wants }) => wants === 'sign-out');
  if (wanted) logout(w, wanted.provider === true, false);
  return wanted !== undefined;
}

function tellWaiting(w: Work): void {
  const required = new GcAuthError('login-required');
  refuseAsks(w, required);
  settleCallers(w, forToken, required);
}

function refreshFirst(w: Work, provider: boolean): void {
  const until = w.c.now + refreshMs;
  const ticket = w.serial + 1;
  enter(w, { name: 'signing-out', step: 'refresh', ticket, until, provider, refreshed: true }, 'sign-out');
  command(w, 'Auth.refreshToken');
}

/** `changed`: to make room for another person. */
export function logout(w: Work, provider: boolean, refreshed: boolean, changed = false): void {
  const ticket = command(w, 'Auth.logout');
  const until = w.c.now + logoutMs;
  const why = changed ? 'person-changed' : 'sign-out';
  enter(w, { name: 'signing-out', step: 'logout', ticket, until, provider, refreshed, changed }, why);
}

export function leaveSettled(w: Work, phase: PhaseNamed<'signing-out'>, refusal: Refusal | undefined): void {
  const { provider, refreshed, step, changed } = phase;
  if (step === 'refresh') logout(w, provider, true, changed);
  else if (!refusal) leftByWish(w, phase);
  else if (!refreshed && refusal.status === 401) refreshFirst(w, provider);
  // Nobody was signed in after all.
  else if (!w.token && refusal.status === 401) leftByWish(w, phase);
  else notLeft(w, phase, refusal);
}

export const leaveOverdue = (w: Work, phase: PhaseNamed<'signing-out'>): void =>
  phase.step === 'refresh' ? logout(w, phase.provider, true, phase.changed) : notLeft(w, phase, {});

/** Genesys did not confirm. The provider's session is ended all the same when that was asked for. */
function notLeft(w: Work, { provider, changed }: PhaseNamed<'signing-out'>, { status, message }: Refusal): void {
  const said = [status, message].filter(Boolean).join(' ').slice(0, 200) || 'no answer';
  const error = new GcAuthError('logout-failed', { message: `Genesys did not confirm the sign-out (${said}).` });
  // The first person's conversation is still there: it stays hidden. Where another tab has signed the second person out
  // already, their JWT closes nothing; a new one does.
  if (changed && status === 401) {
    w.token = undefined;
    if (!isOneTooMany(w, 'exchange', error)) seekCode(w, 'person-changed');
    return;
  }
  if (changed) return fail(w, error);
  const back: Phase = w.token
    ? { name: 'signed-in', failures: 0 }
    : { name: 'signed-out', reason: undefined, since: w.c.now };
  enter(w, back, 'logout-failed');
  report(w, error);
  tellWaiting(w);
  if (provider) endSession(w);
  else settleCallers(w, ['sign-out'], error);
}

/** `Auth.loggedOut`: here, in another tab, on another device or by Genesys. */
export function loggedOut(w: Work): void {
  const { phase } = w;
  if (phase.name === 'signing-out') leftByWish(w, phase);
  else if (w.token && phase.name !== 'signed-out' && phase.name !== 'loading') left(w, 'other-tab', false);
  else forget(w);
}

/** Messenger has dropped what it kept of a person who left before. */
function forget(w: Work): void {
  w.token = undefined;
  if (w.person) w.effects.push({ do: 'curtain', closed: false });
  w.person = undefined;
}

function leftByWish(w: Work, { provider, changed }: PhaseNamed<'signing-out'>): void {
  const wanted = wantsOut(w);
  left(w, changed && !wanted ? 'person-changed' : 'user', provider);
  if (changed && wanted) w.effects.push({ do: 'curtain', closed: false });
  else if (changed) seekCode(w, 'person-changed');
}

const wantsOut = ({ callers }: Work): boolean => callers.some(({ wants }) => wants === 'sign-out');

/** Nobody is signed in any more. */
export function left(w: Work, reason: SignedOutReason | undefined, provider: boolean): void {
  // Nobody is told again when an exchange that ended late is undone.
  const late = w.phase.name === 'signing-out' && !w.phase.changed && !wantsOut(w);
  const told = w.phase.name === 'signed-out' || late;
  enter(w, { name: 'signed-out', reason, since: w.c.now }, reason ?? 'dismissed');
  w.token = undefined;
  w.trace = [];
  w.outage = undefined;
  w.confirmed = false;
  if (reason && reason !== 'expired') {
    const { person } = w.c.record;
    // In another tab somebody else may have signed in meanwhile.
    const another = reason === 'user' && person && w.person && person !== w.person;
    if (reason !== 'other-tab' && !another) share(w, {}, 'signed-out');
    // Genesys confirmed it, so its conversation is gone.
    w.person = undefined;
  }
  if (reason && !told) w.effects.push({ do: 'signed-out', reason });
  tellWaiting(w);
  if (provider) endSession(w);
  else settleCallers(w, ['sign-out']);
}

/** The navigation settles the callers: it may fail. */
function endSession(w: Work): void {
  for (const { id, wants } of w.callers) if (wants === 'sign-out') w.effects.push({ do: 'end-session', caller: id });
  w.callers = w.callers.filter(({ wants }) => wants !== 'sign-out');
}
