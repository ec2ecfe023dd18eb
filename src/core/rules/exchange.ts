import { GcAuthError } from '../errors.js';
import { defined } from '../defined.js';
import { renewalDue, retryDelay } from '../deadline.js';
import type { PluginCall, Jwt, MessengerFailure } from '../messenger.js';
import type { PhaseNamed } from '../phase.js';
import { fingerprint } from '../person.js';
import type { TabMessageType } from '../shared-record.js';
import { freshToken, isSameJwt, restoredToken, TokenInfo } from '../token.js';
import { confirmSignedIn } from './plugin-calls.js';
import { ignoredAfterMs, requestCode } from './code.js';
import { signOutIfRequested, logout } from './sign-out.js';
import { renew } from './renewal.js';
import {
  sendCommand,
  enter,
  failSession,
  isLive,
  exceedsLoopLimit,
  pendingCall,
  rejectCall,
  reportError,
  shareRecord,
} from './draft.js';
import type { Draft } from './draft.js';

/** An exchange that began is answered within this time, or it failed. */
const exchangeMs = 15_000;

/** `Auth.authenticating`: the code was not ignored. */
export function authenticating(draft: Draft): void {
  if (draft.phase.name !== 'exchange') return;
  enter(draft, { ...draft.phase, begun: true, until: draft.c.now + exchangeMs }, 'authenticating');
}

/** `Auth.authenticated`: the one proof of being signed in, and the only place a JWT comes from. */
export function authenticated(draft: Draft, jwt: Jwt): void {
  const { phase } = draft;
  const { now, config } = draft.c;
  const person = fingerprint(jwt.claims);
  const stranger =
    person !== undefined && [draft.person, draft.c.record.person].some((known) => known && known !== person);
  if (draft.token && !stranger && isSameJwt(draft.token, jwt)) return sameAgain(draft, draft.token);
  const exchanged = phase.name !== 'loading' && phase.name !== 'signed-in' && phase.name !== 'renewing';
  const source = !exchanged ? 'refresh' : phase.name === 'exchange' && phase.stepUp ? 'step-up' : 'sign-in';
  draft.token = phase.name === 'loading' ? restoredToken(jwt, now) : freshToken(jwt, source, now);
  if (phase.name === 'signing-out') {
    const changed = phase.changed || stranger;
    if (stranger) draft.effects.push({ do: 'hide-messenger', hidden: true });
    return phase.step === 'logout' ? logout(draft, phase.provider, true, changed) : enter(draft, { ...phase, changed });
  }
  // An exchange that was under way when the person signed out.
  if (phase.name === 'signed-out' && phase.reason === 'user' && now - phase.since < exchangeMs)
    return logout(draft, false, true);
  if (signOutIfRequested(draft)) return;
  if (stranger) return personChanged(draft);
  draft.person ??= person;
  draft.loopEntries = draft.loopEntries.filter(([cause]) => cause !== 'exchange');
  if (!isLive(draft) && config.renew !== 'off') return renew(draft, 'expired');
  if (exchanged) draft.confirmed = false;
  draft.effects.push({ do: 'token', token: draft.token });
  acceptToken(
    draft,
    draft.token.source,
    draft.token.source === 'refresh' ? 'renewed' : draft.token.source === 'restored' ? undefined : 'signed-in',
  );
}

/** Nothing of one person's conversation may be seen by another: hidden first, then signed out, then signed in anew. */
function personChanged(draft: Draft): void {
  draft.effects.push({ do: 'hide-messenger', hidden: true });
  reportError(draft, new GcAuthError('person-changed'));
  // Neither of them shows as signed in until Genesys has confirmed the second.
  draft.confirmed = false;
  logout(draft, false, true, true);
}

/** Told before the turn of a renewal is given up; then the renewal that follows, if it is ours. */
function acceptToken(draft: Draft, why: string, told?: TabMessageType): void {
  const { token, c } = draft;
  shareRecord(draft, defined({ issuedAt: token?.issuedAt, expiresAt: token?.expiresAt, person: draft.person }), told);
  const until = token && c.config.renew === 'auto' ? renewalDue(token, draft.sameWhileValid, c.random) : undefined;
  draft.trace = [];
  draft.outage = undefined;
  enter(draft, { name: 'signed-in', until, failures: 0 }, why);
  confirmSignedIn(draft);
}

/**
 * Refreshing brought the JWT that we have. Genesys does that while it is valid, so another comes only after
 * its expiry. When our clock says that it has expired, our clock is wrong: it is given half a life more.
 */
function sameAgain(draft: Draft, known: TokenInfo): void {
  const { name } = draft.phase;
  const pluginCalled = name === 'renewing' || name === 'loading';
  if (name === 'signed-in' || name === 'signed-out' || name === 'signing-out') return;
  if (isLive(draft)) {
    draft.sameWhileValid ||= name === 'renewing';
  } else if (!pluginCalled) {
    return;
  } else {
    const life = { issuedAt: draft.c.now, expiresAt: draft.c.now + (known.expiresAt - known.issuedAt) / 2 };
    draft.token = new TokenInfo(known, life, 'refresh');
    draft.effects.push({ do: 'token', token: draft.token });
  }
  acceptToken(draft, 'same-jwt');
}

/** Messenger resolved a refresh and reported no JWT: it keeps the one it has. */
export const jwtUnchanged = (draft: Draft): void => {
  if (draft.token) sameAgain(draft, draft.token);
};

/** `Auth.error` and its kin: an exchange failed, or Messenger repeats that we refused a call. */
export function authError(draft: Draft, event: string, { status, message, contextId }: MessengerFailure): void {
  if (draft.phase.name === 'exchange') exchangeFailed(draft, [event, status, message], contextId);
}

function exchangeFailed(draft: Draft, said: readonly unknown[], contextId?: string): void {
  const error = new GcAuthError('exchange-failed', {
    message: `Genesys could not exchange the code (${said.filter(Boolean).join(' ').slice(0, 200)}).`,
    hint: contextId && `Check client, secret and redirect URI of the integration; contextId ${contextId}.`,
    trace: draft.trace,
  });
  if (exceedsLoopLimit(draft, 'exchange', error)) return;
  const failures = draft.loopEntries.filter(([cause]) => cause === 'exchange').length;
  enter(draft, { name: 'backoff', until: draft.c.now + retryDelay(failures, draft.c.random) }, 'exchange-failed');
  reportError(draft, error);
}

/** The provider repeated a code that was handed out before: the call gets another. */
export function codeAlreadyUsed(draft: Draft, call: PluginCall): void {
  if (draft.phase.name !== 'exchange') return rejectCall(draft, call);
  draft.calls = [pendingCall(draft, call), ...draft.calls];
  if (!exceedsLoopLimit(draft, 'exchange')) requestCode(draft, 'already-used');
}

/** Messenger ignores what we resolved (seen in the field): it is made to call again, by a command, then by `ready`. */
export function exchangeOverdue(draft: Draft, phase: PhaseNamed<'exchange'>): void {
  const [waiting] = draft.calls;
  if (phase.begun) return exchangeFailed(draft, ['no answer']);
  if (waiting) return requestCode(draft, waiting.call.command, phase.nudges);
  if (phase.nudges > 1) return failSession(draft, new GcAuthError('reauthenticate-ignored'));
  enter(draft, { ...phase, nudges: phase.nudges + 1, until: draft.c.now + ignoredAfterMs }, 'nudge');
  if (phase.nudges === 0) sendCommand(draft, 'Auth.getTokens');
  else draft.effects.push({ do: 'publish-ready' });
}
