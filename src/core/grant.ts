/**
 * What `AuthProvider.getAuthCode`, `reAuthenticate` and `signIn` resolve with: an unused
 * authorization code and what its redemption needs. Fields that do not apply are absent, never empty:
 * Genesys refuses an empty `nonce`.
 *
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/authProviderPlugin
 */
export interface CodeGrant {
  readonly authCode: string;
  /** Character for character the `redirect_uri` of the authorization request. */
  readonly redirectUri: string;
  /** Only with PKCE (RFC 7636). */
  readonly codeVerifier?: string;
  /** Only if the authorization request carried one, and then that value. */
  readonly nonce?: string;
  /** Seconds; only if `max_age` was requested. */
  readonly maxAge?: number;
  /** Only if the provider sent it (RFC 9207). */
  readonly iss?: string;
}

/** The same for deployments with the implicit flow. */
export interface IdTokenGrant {
  readonly idToken: string;
  readonly nonce?: string;
  readonly redirectUri?: string;
}

export type Grant = CodeGrant | IdTokenGrant;

/** The value that may be spent once. */
export const oneTimeValue = (grant: Grant): string => ('authCode' in grant ? grant.authCode : grant.idToken);
