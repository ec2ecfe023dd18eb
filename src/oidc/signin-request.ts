import { SigninState } from 'oidc-client-ts';
import type { PendingRequest } from '../core/authorization-response.js';
import type { OidcConfig } from '../core/config.js';
import type { ProviderMetadata } from './discovery.js';

export type ResponseMode = 'query' | 'fragment';

/** An authorization request that is ready to be sent, once. */
export interface SigninRequest extends PendingRequest {
  readonly url: string;
}

export interface SigninRequestOptions {
  /** `none`: the provider answers at once, without asking anyone. */
  readonly prompt?: 'none';
  readonly responseMode: ResponseMode;
}

/**
 * A new request with a state, nonce and verifier of its own. oidc-client-ts makes the secrets; the URL is written here
 * because its `OidcClient` would keep them in storage and bring the whole token client along.
 */
export async function createSigninRequest(
  config: OidcConfig,
  metadata: ProviderMetadata,
  { prompt, responseMode }: SigninRequestOptions,
): Promise<SigninRequest> {
  const { clientId, redirectUri, scope, maxAge } = config;
  const nonce = crypto.randomUUID();
  const secrets = await SigninState.create({
    authority: config.authority,
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    nonce,
    code_verifier: !config.disablePkce,
  });
  const url = new URL(metadata.authorization_endpoint);
  for (const [name, value] of config.authorizeParams) url.searchParams.append(name, value);
  const parameters: Readonly<Record<string, string | number | undefined>> = {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    state: secrets.id,
    nonce,
    code_challenge: secrets.code_challenge,
    code_challenge_method: secrets.code_challenge && 'S256',
    // `query` is the default of the code flow, and some providers refuse any `response_mode`.
    response_mode: responseMode === 'query' ? undefined : responseMode,
    prompt,
    login_hint: config.loginHint,
    acr_values: config.acrValues,
    max_age: maxAge,
    ui_locales: config.uiLocales,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return {
    url: url.href,
    state: secrets.id,
    nonce,
    redirectUri,
    ...(secrets.code_verifier && { codeVerifier: secrets.code_verifier }),
    ...(maxAge !== undefined && { maxAge }),
  };
}
