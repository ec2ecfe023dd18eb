import type { OidcClient } from 'oidc-client-ts';
import type { OidcConfig } from '../../core/config.js';
import { rememberSecret } from '../../core/secrets.js';
import type { AnswerTarget } from '../callback/answer-url.js';
import type { RedirectData } from '../callback/redirect-record.js';
import type { ProviderMetadata } from './discovery.js';

export type ResponseMode = 'query' | 'fragment';

/** An authorization request that is ready to be sent, once. Its verifier and nonce are in the client's state store. */
export interface SigninRequest {
  readonly url: string;
  /** The `state` parameter. */
  readonly state: string;
  readonly redirectUri: string;
}

/** What is stored with the state until the answer arrives. */
export interface RequestData extends Partial<RedirectData> {
  /** The issuer that must answer. */
  readonly issuer: string;
  /** The provider announced that every answer names its issuer (RFC 9207 §3). */
  readonly issRequired: boolean;
  /** Seconds; only where `max-age` was sent. */
  readonly maxAge?: number;
}

export interface SigninRequestOptions {
  readonly client: OidcClient;
  readonly config: OidcConfig;
  readonly metadata: ProviderMetadata;
  /** Where the answer belongs. The state says so, so that a page knows it when it is opened with the answer. */
  readonly target: AnswerTarget;
  readonly responseMode: ResponseMode;
  /** Only for a redirect. */
  readonly redirect?: RedirectData;
}

/** A new request with its own state, nonce and PKCE verifier. Rejects with `storage-blocked`. */
export async function createSigninRequest(options: SigninRequestOptions): Promise<SigninRequest> {
  const { client, config, metadata, target, responseMode, redirect } = options;
  const data: RequestData = {
    issuer: metadata.issuer ?? config.authority,
    issRequired: metadata.authorization_response_iss_parameter_supported === true,
    ...(config.maxAge !== undefined && { maxAge: config.maxAge }),
    ...redirect,
  };
  const nonce = randomHex();
  rememberSecret(nonce);
  const request = await client.createSigninRequest({
    state: data,
    url_state: target,
    nonce,
    // `query` is the default of the code flow, and some providers refuse any `response_mode`.
    ...(responseMode === 'fragment' && { response_mode: responseMode }),
    // The provider answers at once, without asking anyone (OIDC Core §3.1.2.1).
    ...((target === 's' || redirect?.silent) && { prompt: 'none' }),
    ...(config.loginHint !== undefined && { login_hint: config.loginHint }),
  });
  const url = new URL(request.url);
  // Not as `extraQueryParams`, which take one value a name: `resource` may repeat (RFC 8707 §2).
  for (const [name, value] of config.authorizeParams) url.searchParams.append(name, value);
  const state = url.searchParams.get('state') ?? '';
  // The identifier alone is in storage keys and in what the library logs.
  rememberSecret(state, request.state.id, request.state.code_verifier);
  return { url: withEncodedSpaces(url), state, redirectUri: config.redirectUri };
}

/** 128 bits. `crypto.randomUUID` is newer, and absent in some embedded browsers. */
const randomHex = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * `%20` in place of `+`: not every provider reads a query as a form. A plus sign of a value is `%2B` here.
 *
 * @see https://url.spec.whatwg.org/#concept-urlencoded-serializer
 */
export function withEncodedSpaces(url: URL): string {
  url.search = url.search.replace(/\+/g, '%20');
  return url.href;
}
