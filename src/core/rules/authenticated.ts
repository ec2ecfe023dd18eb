import { GcAuthError } from '../errors.js';
import type { Jwt } from '../messenger.js';
import { fingerprint, identityDigest, isOtherPerson, isPerson } from '../person-fingerprint.js';
import type { Phase } from '../phase.js';
import { freshToken, isOlderJwt, isSameJwt, storedToken, TokenInfo } from '../token.js';
import type { TokenSource } from '../token.js';
import { requestPluginCall } from './awaiting-call.js';
import { enter, hasValidToken, reportError, setHidden, shareRecord } from './draft.js';
import type { Draft } from './draft.js';
import { renew } from './renewal.js';
import { finishSignOut, logout, refuseJwt, signOutIfRequested } from './sign-out.js';
import { isPersonSignedOut, ownerOf, signOutHolds } from './sign-out-record.js';
import { acceptToken } from './signed-in.js';

type Claims = Jwt['claims'];

/** `Auth.authenticated`: the only source of JWTs, and the only proof that somebody is signed in. */
export function authenticated(draft: Draft, jwt: Jwt): void {
  const { phase } = draft;
  const { now, config } = draft.conditions;
  const { claims } = jwt;
  const source = sourceOf(phase);
  const changed = isChanged(draft, claims);
  draft.hasJwt = true;
  // The JWT for a new code is a new one, even if its claims do not tell.
  const isSame = phase.name === 'exchange' ? draft.token?.jwt === jwt.jwt : isSameJwt(draft.token, jwt);
  if (draft.token && isSame && !changed) return sameJwtReceived(draft, draft.token);
  if (phase.name !== 'exchange' && !changed && isOlderJwt(draft.token, jwt)) return;

  // After no exchange and no refresh, the JWT may have been stored, or reported before.
  const isNew = phase.name === 'exchange' || source === 'refresh';
  draft.token = (isNew ? freshToken : storedToken)(jwt, source, now);

  if (phase.name === 'signing-out') {
    const personChanged = phase.personChanged || changed;
    draft.person ??= printOf(draft, claims);
    const { quiet } = phase;
    if (changed || isOtherPerson(draft.conditions.record.person, claims)) {
      setHidden(draft, true);
      draft.confirmed = false;
    }
    // The sign-out command may not cover the new JWT, so it is sent again.
    return phase.step === 'logout'
      ? logout(draft, phase.provider, true, { personChanged, ...(quiet && { quiet }) })
      : enter(draft, { ...phase, personChanged });
  }
  if (signOutIfRequested(draft)) return;
  if (signOutHolds(draft)) return refuseJwt(draft);
  if (isPersonSignedOut(draft, claims)) return finishSignOut(draft);
  if (changed) return replacePerson(draft);
  if (isUnsure(draft, claims)) return askWhoItIs(draft, claims);

  draft.unsure = undefined;
  draft.person ??= printOf(draft, claims);
  draft.loopEntries = draft.loopEntries.filter(([cause]) => cause !== 'exchange');
  if (!hasValidToken(draft) && config.renew !== 'off') return renew(draft, 'expired');
  const { token } = draft;
  draft.effects.push({ do: 'token', token });
  const message = token.source === 'refresh' ? 'renewed' : token.source === 'restored' ? undefined : 'signed-in';
  if (message === 'signed-in') draft.confirmed = false;
  acceptToken(draft, token.source, message);
}

/** What the JWT is called. No proof of a sign-in here: a stored JWT can arrive while a popup is open. */
function sourceOf(phase: Phase): TokenSource {
  switch (phase.name) {
    case 'loading':
      return 'restored';
    case 'signed-in':
    case 'renewing':
      return 'refresh';
    case 'exchange':
      return phase.stepUp ? 'step-up' : 'sign-in';
    default:
      return 'sign-in';
  }
}

/** All tabs use one fingerprint, so that they have one salt. */
function printOf({ conditions: { record, random } }: Draft, claims: Claims): string | undefined {
  return isPerson(record.person, claims) ? record.person : fingerprint(claims, random);
}

/**
 * Whether the JWT is not of the person whose conversation Messenger shows. What this page has seen itself counts always;
 * what only the shared record says counts for a JWT from a new code: a damaged record must not revoke a session.
 */
const isChanged = ({ person, phase, conditions }: Draft, claims: Claims): boolean =>
  isOtherPerson(person, claims) ||
  ((phase.name === 'exchange' || phase.name === 'signing-out') &&
    person === undefined &&
    isOtherPerson(conditions.record.person, claims));

/** Whether somebody else than the person of Messenger's stored JWT may be at this page. */
function isUnsure(draft: Draft, claims: Claims): boolean {
  const { person, phase, token, unsure, conditions } = draft;
  // Only a JWT for a code that this page has just given proves who is at this page, and Messenger may repeat an old one.
  const proven = phase.name === 'exchange' && token?.jwt !== unsure?.jwt;
  if (unsure || proven) return !proven;
  return person === undefined && (isBoundToOthers(draft) || isOtherPerson(conditions.record.person, claims));
}

/** Whether the conversation is bound to other values of `login-hint`, `client-id` and the like than this page has. */
export function isBoundToOthers({ conditions: { record, config } }: Draft): boolean {
  const { person, identity } = record;
  return person !== undefined && identity !== undefined && identity !== identityDigest(config.identity, person);
}

/** Hides Messenger, and lets a new code tell who is at this page. Until then the JWT is nobody's. */
function askWhoItIs(draft: Draft, claims: Claims): void {
  draft.person ??= printOf(draft, claims);
  draft.unsure = draft.token;
  draft.token = undefined;
  setHidden(draft, true);
  const { name } = draft.phase;
  const getsCode = name !== 'loading' && name !== 'renewing' && name !== 'signed-in' && name !== 'signed-out';
  if (!getsCode) requestPluginCall(draft, 'Auth.reAuthenticate', 'person-unknown');
}

/**
 * Signs the previous person out, then the other person in.
 *
 * Messenger is hidden meanwhile, in all tabs, because nobody may see the conversation of somebody else.
 */
function replacePerson(draft: Draft): void {
  setHidden(draft, true);
  reportError(draft, new GcAuthError('person-changed'));
  // Nobody shows as signed in until Genesys has confirmed the other person.
  draft.confirmed = false;
  shareRecord(draft, ownerOf(draft), 'person-changed');
  logout(draft, false, true, { personChanged: true });
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
