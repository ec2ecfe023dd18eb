/** What the AuthProvider commands `getAuthCode`, `reAuthenticate` and `signIn` resolve with. */
export interface AuthorizationGrant {
  authCode?: string;
  redirectUri?: string;
  /** In place of `authCode`, for deployments with the implicit flow. */
  idToken?: string;
  codeVerifier?: string;
  nonce?: string;
  /** Seconds. */
  maxAge?: number;
  iss?: string;
}

/** The grant; `undefined` unless it has either a code with its redirect URI, or an ID token. */
export function readGrant(value: unknown): AuthorizationGrant | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const grant = value as AuthorizationGrant;
  const hasCode = typeof grant.authCode === 'string' && grant.authCode !== '';
  const hasIdToken = typeof grant.idToken === 'string' && grant.idToken !== '';
  if (hasCode === hasIdToken) return undefined;
  if (hasCode && !grant.redirectUri) return undefined;
  return grant;
}

/**
 * The member `oauth` of the exchange request. JSON omits undefined members. Empty strings are sent, and Genesys refuses
 * them.
 */
export function toExchangeBody(grant: AuthorizationGrant): Record<string, unknown> {
  const { authCode, idToken, redirectUri, codeVerifier, nonce, maxAge, iss } = grant;
  return { code: authCode, idToken, redirectUri, codeVerifier, nonce, maxAge, iss };
}
