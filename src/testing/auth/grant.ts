/** What `AuthProvider.getAuthCode`, `reAuthenticate` and `signIn` resolve with. */
export interface AuthorizationGrant {
  authCode?: string;
  redirectUri?: string;
  /** Only for deployments with the implicit flow, instead of `authCode`. */
  idToken?: string;
  codeVerifier?: string;
  nonce?: string;
  /** Seconds. */
  maxAge?: number;
  iss?: string;
}

/** The provider's answer when it can be exchanged: a code with its redirect URI, or an ID token, never both. */
export function readGrant(value: unknown): AuthorizationGrant | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const grant = value as AuthorizationGrant;
  const hasCode = typeof grant.authCode === 'string' && grant.authCode !== '';
  const hasIdToken = typeof grant.idToken === 'string' && grant.idToken !== '';
  if (hasCode === hasIdToken) return undefined;
  if (hasCode && !grant.redirectUri) return undefined;
  return grant;
}

/** The `oauth` member of the exchange's body. JSON drops what is undefined; an empty text stays, and is refused. */
export function toExchangeBody(grant: AuthorizationGrant): Record<string, unknown> {
  const { authCode, idToken, redirectUri, codeVerifier, nonce, maxAge, iss } = grant;
  return { code: authCode, idToken, redirectUri, codeVerifier, nonce, maxAge, iss };
}
