/** @param {BufferSource} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(/** @type {ArrayBuffer} */ (bytes))))
    .replace(/[+/]/g, (char) => (char === '+' ? '-' : '_'))
    .replace(/=+$/, '');

const randomText = () => base64url(crypto.getRandomValues(new Uint8Array(32)).buffer);

/**
 * Creates a function for the element's property `codeProvider`: the browser asks the provider (FedCM).
 *
 * @param {{configURL: string, clientId: string, redirectUri: string, scope?: string}} settings
 */
export const createCodeProvider =
  ({ configURL, clientId, redirectUri, scope = 'openid' }) =>
  /** @param {{silent: boolean, signal: AbortSignal}} request */
  async ({ silent, signal }) => {
    const [codeVerifier, nonce] = [randomText(), randomText()];
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
    const params = { code_challenge: base64url(digest), nonce, redirect_uri: redirectUri, scope };
    const credential = await navigator.credentials.get(
      /** @type {any} */ ({
        signal,
        mediation: silent ? 'silent' : 'optional',
        identity: { mode: silent ? 'passive' : 'active', providers: [{ configURL, clientId, params }] },
      }),
    );
    return { authCode: /** @type {any} */ (credential).token, redirectUri, codeVerifier, nonce };
  };
