import { GcAuthError } from '../errors.js';
import type { Jwt } from '../messenger.js';
import { fingerprint } from '../person-fingerprint.js';
import { freshToken, isSameJwt, restoredToken, TokenInfo } from '../token.js';
import { enter, hasValidToken, reportError } from './draft.js';
import type { Draft } from './draft.js';
import { exchangeMs } from './exchange.js';
import { renew } from './renewal.js';
import { logout, signOutIfRequested } from './sign-out.js';
import { acceptToken } from './signed-in.js';

/** `Auth.authenticated`: the only source of JWTs, and the only proof that somebody is signed in. */
export function authenticated(draft: Draft, jwt: Jwt): void {
  const { phase } = draft;
  const { now, config } = draft.conditions;
  const person = fingerprint(jwt.claims);
  const changed = isOtherPerson(draft, person);
  if (draft.token && !changed && isSameJwt(draft.token, jwt)) return sameJwtReceived(draft, draft.token);

  const exchanged = phase.name !== 'loading' && phase.name !== 'signed-in' && phase.name !== 'renewing';
  const source = !exchanged ? 'refresh' : phase.name === 'exchange' && phase.stepUp ? 'step-up' : 'sign-in';
  draft.token = phase.name === 'loading' ? restoredToken(jwt, now) : freshToken(jwt, source, now);

  if (phase.name === 'signing-out') {
    const personChanged = phase.personChanged || changed;
    if (changed) draft.effects.push({ do: 'hide-messenger', hidden: true });
    // The sign-out command may not cover the new JWT, so it is sent again.
    return phase.step === 'logout'
      ? logout(draft, phase.provider, true, personChanged)
      : enter(draft, { ...phase, personChanged });
  }
  // The person signed out while an exchange was running, and the exchange has succeeded.
  if (phase.name === 'signed-out' && phase.reason === 'user' && now - phase.signedOutAt < exchangeMs) {
    return logout(draft, false, true);
  }
  if (signOutIfRequested(draft)) return;
  if (changed) return replacePerson(draft);

  draft.person ??= person;
  draft.loopEntries = draft.loopEntries.filter(([cause]) => cause !== 'exchange');
  if (!hasValidToken(draft) && config.renew !== 'off') return renew(draft, 'expired');
  if (exchanged) draft.confirmed = false;
  const { token } = draft;
  draft.effects.push({ do: 'token', token });
  const message = token.source === 'refresh' ? 'renewed' : token.source === 'restored' ? undefined : 'signed-in';
  acceptToken(draft, token.source, message);
}

/** Whether Messenger shows the conversation of somebody else, as far as this tab or the others know. */
const isOtherPerson = (draft: Draft, person: string | undefined): boolean =>
  person !== undefined && [draft.person, draft.conditions.record.person].some((known) => known && known !== person);

/**
 * Signs the previous person out, then the other person in.
 *
 * Messenger is hidden meanwhile, because nobody may see the conversation of somebody else.
 */
function replacePerson(draft: Draft): void {
  draft.effects.push({ do: 'hide-messenger', hidden: true });
  reportError(draft, new GcAuthError('person-changed'));
  // Nobody shows as signed in until Genesys has confirmed the other person.
  draft.confirmed = false;
  logout(draft, false, true, true);
}

/**
 * Messenger reported the JWT that is known already, as Genesys answers a refresh while that one is valid.
 *
 * If it has expired by this device's clock, the clock is wrong. Then it counts as valid for half of its lifetime.
 */
function sameJwtReceived(draft: Draft, token: TokenInfo): void {
  const { name } = draft.phase;
  const requested = name === 'renewing' || name === 'loading';
  if (name === 'signed-in' || name === 'signed-out' || name === 'signing-out') return;
  if (hasValidToken(draft)) {
    draft.sameWhileValid ||= name === 'renewing';
  } else if (!requested) {
    return;
  } else {
    const { now } = draft.conditions;
    const lifetime = { issuedAt: now, expiresAt: now + (token.expiresAt - token.issuedAt) / 2 };
    draft.token = new TokenInfo(token, lifetime, 'refresh');
    draft.effects.push({ do: 'token', token: draft.token });
  }
  acceptToken(draft, 'same-jwt');
}

/** Messenger resolved a refresh without reporting a JWT, so it keeps the one it has. */
export function jwtUnchanged(draft: Draft): void {
  if (draft.token) sameJwtReceived(draft, draft.token);
}
