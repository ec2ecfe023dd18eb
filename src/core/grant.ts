/**
 * The result of `AuthProvider.getAuthCode`, `reAuthenticate` and `signIn`: an unused authorization code and what Genesys
 * needs to redeem it. Members that do not apply are absent, because Genesys rejects an empty `nonce`.
 *
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/authProviderPlugin
 */
export interface CodeGrant {
  readonly authCode: string;
  /** Exactly the `redirect_uri` of the authorization request (RFC 6749 §4.1.3). */
  readonly redirectUri: string;
  /** With PKCE only (RFC 7636). */
  readonly codeVerifier?: string;
  /** The `nonce` of the authorization request, if it had one. */
  readonly nonce?: string;
  /** The `max_age` of the authorization request in seconds, if it had one. */
  readonly maxAge?: number;
  /** The `iss` of the authorization response, if it had one (RFC 9207). */
  readonly iss?: string;
}

/** The result for deployments that use the implicit flow. */
export interface IdTokenGrant {
  readonly idToken: string;
  /** The `nonce` of the authorization request, if it had one. */
  readonly nonce?: string;
  readonly redirectUri?: string;
}

export type Grant = CodeGrant | IdTokenGrant;

/** The code or ID token of a grant, which may be used once. */
export const oneTimeValue = (grant: Grant): string => ('authCode' in grant ? grant.authCode : grant.idToken);
