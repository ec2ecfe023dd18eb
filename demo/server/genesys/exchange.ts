import type { JWTPayload } from 'jose';
import { isObject } from '../http.js';
import { PlatformError } from './error-body.js';
import type { Person } from './logins.js';
import {
  claimedIssuer,
  redeemCode,
  verifyIdToken,
  type IntegrationIssuer,
  type ProviderLink,
} from './provider-link.js';

/** The `oauth` part of an exchange request. */
export interface OauthRequest {
  code?: string;
  idToken?: string;
  redirectUri?: string;
  codeVerifier?: string;
  nonce?: string;
  maxAge?: number;
  iss?: string;
}

export interface Identity {
  person: Person;
  accessTokenSeconds: number;
  providerRefreshes: boolean;
}

/** Longest lifetime of a Genesys JWT for an ID token, which comes without an access token: 15 minutes. */
const implicitSeconds = 900;

const textFields = ['code', 'idToken', 'redirectUri', 'codeVerifier', 'nonce', 'iss'] as const;

/** `null` counts as absent, as observed at Genesys. @throws {PlatformError} 400 */
export function readOauthRequest(value: unknown): OauthRequest {
  if (!isObject(value)) throw new PlatformError(400, 'oauth is required.');
  const oauth: OauthRequest = {};
  for (const field of textFields) {
    const text = value[field] ?? undefined;
    if (text === undefined) continue;
    if (typeof text !== 'string') throw new PlatformError(400, `oauth.${field} must be text.`);
    oauth[field] = text;
  }
  const maxAge = value['maxAge'] ?? undefined;
  if (maxAge !== undefined) {
    if (!Number.isInteger(maxAge)) throw new PlatformError(400, 'oauth.maxAge must be a whole number of seconds.');
    oauth.maxAge = maxAge as number;
  }
  if ((oauth.code === undefined) === (oauth.idToken === undefined)) {
    throw new PlatformError(400, 'Exactly one of oauth.code and oauth.idToken is required.');
  }
  if (oauth.code !== undefined && oauth.redirectUri === undefined) {
    throw new PlatformError(400, 'oauth.redirectUri is required.');
  }
  return oauth;
}

/** @throws {PlatformError} 401 when the provider or a check refuses the request, 503 when the provider fails */
export async function identify(
  oauth: OauthRequest,
  links: readonly ProviderLink[],
  integration: IntegrationIssuer,
): Promise<Identity> {
  const link = chooseProvider(oauth, links, integration);
  if (!link) throw new PlatformError(401);
  const answer = await tokensFor(oauth, link);
  const claims = await verifyIdToken(link, answer.idToken).catch(() => {
    throw new PlatformError(401);
  });
  checkClaims(claims, oauth);
  return {
    person: personOf(claims),
    accessTokenSeconds: answer.expiresIn,
    providerRefreshes: answer.providerRefreshes,
  };
}

function chooseProvider(
  { code, idToken, iss }: OauthRequest,
  links: readonly ProviderLink[],
  integration: IntegrationIssuer,
): ProviderLink | undefined {
  const allowed = links.filter((link) => integration === 'any' || link.site === integration);
  const issuer = iss ?? (idToken === undefined ? undefined : claimedIssuer(idToken));
  // Providers write it with and without the slash at the end, and not everywhere alike.
  if (issuer !== undefined) return allowed.find((link) => link.issuer === issuer.replace(/\/$/, ''));
  return allowed.find((link) => code !== undefined && link.issuedCode(code));
}

async function tokensFor(
  { code, idToken, redirectUri = '', codeVerifier }: OauthRequest,
  link: ProviderLink,
): Promise<{ idToken: string; expiresIn: number; providerRefreshes: boolean }> {
  if (idToken !== undefined) return { idToken, expiresIn: implicitSeconds, providerRefreshes: false };
  const { status, body } = await redeemCode(link, code ?? '', redirectUri, codeVerifier).catch(() => {
    throw new PlatformError(503, 'The identity provider does not answer.');
  });
  if (status >= 500) throw new PlatformError(503, 'The identity provider does not answer.');
  if (status !== 200 || body.id_token === undefined) throw new PlatformError(401);
  return {
    idToken: body.id_token,
    expiresIn: body.expires_in ?? implicitSeconds,
    providerRefreshes: body.refresh_token !== undefined,
  };
}

/** An empty nonce is wrong: the live endpoint answers it with 401. */
function checkClaims(claims: JWTPayload, { nonce, maxAge }: OauthRequest): void {
  if (nonce !== undefined && nonce !== claims['nonce']) throw new PlatformError(401);
  if (maxAge === undefined) return;
  const authTime = claims['auth_time'];
  if (typeof authTime !== 'number' || Date.now() / 1000 - authTime > maxAge + 60) throw new PlatformError(401);
}

function personOf(claims: JWTPayload): Person {
  const { sub = '', given_name: givenName, family_name: familyName } = claims;
  return {
    sub,
    ...(typeof givenName === 'string' && { givenName }),
    ...(typeof familyName === 'string' && { familyName }),
  };
}
