import { GcAuthError } from '../errors.js';
import { defined } from '../defined.js';
import { renewalDue, retryDelay } from '../deadline.js';
import type { Ask, Jwt, Refusal } from '../messenger.js';
import type { PhaseNamed } from '../phase.js';
import { fingerprint } from '../person.js';
import type { News } from '../shared-record.js';
import { freshToken, isSameJwt, restoredToken, TokenInfo } from '../token.js';
import { welcome } from './asks.js';
import { ignoredAfterMs, seekCode } from './code.js';
import { leaveIfWanted, logout } from './leave.js';
import { renew } from './renewal.js';
import { command, enter, fail, isLive, isOneTooMany, openAsk, refuse, report, share } from './work.js';
import type { Work } from './work.js';

/** An exchange that began is answered within this time, or it failed. */
const exchangeMs = 15_000;

/** `Auth.authenticating`: the code was not ignored. */
export function authenticating(w: Work): void {
  if (w.phase.name !== 'exchange') return;
  enter(w, { ...w.phase, begun: true, until: w.c.now + exchangeMs }, 'authenticating');
}

/** `Auth.authenticated`: the one proof of being signed in, and the only place a JWT comes from. */
export function authenticated(w: Work, jwt: Jwt): void {
  const { phase } = w;
  const { now, config } = w.c;
  const person = fingerprint(jwt.claims);
  const stranger = person !== undefined && [w.person, w.c.record.person].some((known) => known && known !== person);
  if (w.token && !stranger && isSameJwt(w.token, jwt)) return sameAgain(w, w.token);
  const exchanged = phase.name !== 'loading' && phase.name !== 'signed-in' && phase.name !== 'renewing';
  const source = !exchanged ? 'refresh' : phase.name === 'exchange' && phase.stepUp ? 'step-up' : 'sign-in';
  w.token = phase.name === 'loading' ? restoredToken(jwt, now) : freshToken(jwt, source, now);
  if (phase.name === 'signing-out') {
    const changed = phase.changed || stranger;
    if (stranger) w.effects.push({ do: 'curtain', closed: true });
    return phase.step === 'logout' ? logout(w, phase.provider, true, changed) : enter(w, { ...phase, changed });
  }
  // An exchange that was under way when the person signed out.
  if (phase.name === 'signed-out' && phase.reason === 'user' && now - phase.since < exchangeMs)
    return logout(w, false, true);
  if (leaveIfWanted(w)) return;
  if (stranger) return personChanged(w);
  w.person ??= person;
  w.tries = w.tries.filter(([cause]) => cause !== 'exchange');
  if (!isLive(w) && config.renew !== 'off') return renew(w, 'expired');
  if (exchanged) w.confirmed = false;
  w.effects.push({ do: 'token', token: w.token });
  settle(
    w,
    w.token.source,
    w.token.source === 'refresh' ? 'renewed' : w.token.source === 'restored' ? undefined : 'signed-in',
  );
}

/** Nothing of one person's conversation may be seen by another: hidden first, then signed out, then signed in anew. */
function personChanged(w: Work): void {
  w.effects.push({ do: 'curtain', closed: true });
  report(w, new GcAuthError('person-changed'));
  // Neither of them shows as signed in until Genesys has confirmed the second.
  w.confirmed = false;
  logout(w, false, true, true);
}

/** Told before the turn of a renewal is given up; then the renewal that follows, if it is ours. */
function settle(w: Work, why: string, told?: News): void {
  const { token, c } = w;
  share(w, defined({ issuedAt: token?.issuedAt, expiresAt: token?.expiresAt, person: w.person }), told);
  const until = token && c.config.renew === 'auto' ? renewalDue(token, w.sameWhileValid, c.random) : undefined;
  w.trace = [];
  w.outage = undefined;
  enter(w, { name: 'signed-in', until, failures: 0 }, why);
  welcome(w);
}

/**
 * Refreshing brought the JWT that we have. Genesys does that while it is valid, so another comes only after
 * its expiry. When our clock says that it has expired, our clock is wrong: it is given half a life more.
 */
function sameAgain(w: Work, known: TokenInfo): void {
  const { name } = w.phase;
  const asked = name === 'renewing' || name === 'loading';
  if (name === 'signed-in' || name === 'signed-out' || name === 'signing-out') return;
  if (isLive(w)) {
    w.sameWhileValid ||= name === 'renewing';
  } else if (!asked) {
    return;
  } else {
    const life = { issuedAt: w.c.now, expiresAt: w.c.now + (known.expiresAt - known.issuedAt) / 2 };
    w.token = new TokenInfo(known, life, 'refresh');
    w.effects.push({ do: 'token', token: w.token });
  }
  settle(w, 'same-jwt');
}

/** Messenger resolved a refresh and reported no JWT: it keeps the one it has. */
export const keptJwt = (w: Work): void => {
  if (w.token) sameAgain(w, w.token);
};

/** `Auth.error` and its kin: an exchange failed, or Messenger repeats that we refused an ask. */
export function authError(w: Work, event: string, { status, message, contextId }: Refusal): void {
  if (w.phase.name === 'exchange') exchangeFailed(w, [event, status, message], contextId);
}

function exchangeFailed(w: Work, said: readonly unknown[], contextId?: string): void {
  const error = new GcAuthError('exchange-failed', {
    message: `Genesys could not exchange the code (${said.filter(Boolean).join(' ').slice(0, 200)}).`,
    hint: contextId && `Check client, secret and redirect URI of the integration; contextId ${contextId}.`,
    trace: w.trace,
  });
  if (isOneTooMany(w, 'exchange', error)) return;
  const failures = w.tries.filter(([cause]) => cause === 'exchange').length;
  enter(w, { name: 'pause', until: w.c.now + retryDelay(failures, w.c.random) }, 'exchange-failed');
  report(w, error);
}

/** The provider repeated a code that was handed out before: the ask gets another. */
export function spent(w: Work, ask: Ask): void {
  if (w.phase.name !== 'exchange') return refuse(w, ask);
  w.asks = [openAsk(w, ask), ...w.asks];
  if (!isOneTooMany(w, 'exchange')) seekCode(w, 'spent');
}

/** Messenger ignores what we resolved (seen in the field): it is made to ask again, by a command, then by `ready`. */
export function exchangeOverdue(w: Work, phase: PhaseNamed<'exchange'>): void {
  const [waiting] = w.asks;
  if (phase.begun) return exchangeFailed(w, ['no answer']);
  if (waiting) return seekCode(w, waiting.ask.command, phase.nudges);
  if (phase.nudges > 1) return fail(w, new GcAuthError('reauthenticate-ignored'));
  enter(w, { ...phase, nudges: phase.nudges + 1, until: w.c.now + ignoredAfterMs }, 'nudge');
  if (phase.nudges === 0) command(w, 'Auth.getTokens');
  else w.effects.push({ do: 'announce' });
}
