/*
 * oidc-client-ts makes the same secrets, but brings its logger, its token client and jwt-decode along, which is a tenth
 * of the bundle.
 */

/** Bytes as base64url without padding (RFC 4648 §5). */
export const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

export const sha256 = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

/** 256 random bits in 43 characters, as a `code_verifier` has at least (RFC 7636 §4.1). Good as `state` and `nonce` too. */
export const createSecret = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** The `S256` challenge of a verifier (RFC 7636 §4.2). */
export const challengeOf = async (verifier: string): Promise<string> => base64url(await sha256(verifier));
