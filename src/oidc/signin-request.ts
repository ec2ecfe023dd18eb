import type { PendingRequest } from '../core/authorization-response.js';
import type { OidcConfig } from '../core/config.js';
import { defined } from '../core/defined.js';
import type { AnswerKind } from './answer-url.js';
import type { ProviderMetadata } from './discovery.js';
import { challengeOf, createSecret } from './pkce.js';

export type ResponseMode = 'query' | 'fragment';

/** An authorization request that is ready to be sent, once. */
export interface SigninRequest extends PendingRequest {
  readonly url: string;
}

export interface SigninRequestOptions {
  /** Where the answer belongs; it is told by the state, so that a page knows when it is opened with it. */
  readonly kind: AnswerKind;
  readonly responseMode: ResponseMode;
}

/** A new request with a state, nonce and verifier of its own. */
export async function createSigninRequest(
  config: OidcConfig,
  metadata: ProviderMetadata,
  { kind, responseMode }: SigninRequestOptions,
): Promise<SigninRequest> {
  const { clientId, redirectUri, scope, maxAge } = config;
  const state = `${kind}.${createSecret()}`;
  const nonce = createSecret();
  const codeVerifier = config.disablePkce ? undefined : createSecret();
  const url = new URL(metadata.authorization_endpoint);
  for (const [name, value] of config.authorizeParams) url.searchParams.append(name, value);
  const parameters = defined({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    state,
    nonce,
    code_challenge: codeVerifier && (await challengeOf(codeVerifier)),
    code_challenge_method: codeVerifier && 'S256',
    // `query` is the default of the code flow, and some providers refuse any `response_mode`.
    response_mode: responseMode === 'query' ? undefined : responseMode,
    // The provider answers at once, without asking anyone.
    prompt: kind === 's' ? 'none' : undefined,
    login_hint: config.loginHint,
    acr_values: config.acrValues,
    max_age: maxAge,
    ui_locales: config.uiLocales,
  });
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, String(value));
  return defined({ url: url.href, state, nonce, redirectUri, codeVerifier, maxAge });
}
