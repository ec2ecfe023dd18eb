/**
 * Creates an authorization request with PKCE (RFC 7636) and validates its answer.
 *
 * @param {string} provider the issuer
 * @param {string} client
 * @param {boolean} silent
 */
export async function authorizationRequest(provider, client, silent) {
  const { authorization_endpoint: endpoint } = await metadataOf(provider);
  const [state, nonce, codeVerifier] = [random(), random(), random()];
  const redirectUri = new URL('modal-callback.html', location.href).href;
  const url = new URL(endpoint);
  url.search = String(
    new URLSearchParams({
      client_id: client,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid profile offline_access',
      state,
      nonce,
      code_challenge: await challengeOf(codeVerifier),
      code_challenge_method: 'S256',
      ...(silent && { prompt: 'none' }),
    }),
  );
  return {
    url: url.href,
    /** @param {URLSearchParams} answer @returns the grant for the element */
    readAnswer: (answer) => {
      if (answer.get('state') !== state) throw new Error('The answer belongs to another request.');
      if (answer.get('iss') !== provider) throw new Error('The answer comes from another provider.');
      const authCode = answer.get('code');
      if (!authCode) throw new Error(`Northwind ID answered ${answer.get('error')}.`);
      return { authCode, redirectUri, codeVerifier, nonce, iss: provider };
    },
  };
}

/** @type {Promise<{authorization_endpoint: string}> | undefined} */
let metadata;

/** @param {string} provider */
function metadataOf(provider) {
  metadata ??= fetch(`${provider}/.well-known/openid-configuration`).then((response) => response.json());
  // After a failure, the next call tries again.
  metadata.catch(() => (metadata = undefined));
  return metadata;
}

/** 43 characters, the minimum for a PKCE verifier. */
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** @param {string} verifier */
async function challengeOf(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

/** @param {Uint8Array} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
