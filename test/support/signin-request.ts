import { OidcClient } from 'oidc-client-ts';
import type { StateStore } from 'oidc-client-ts';
import type { OidcConfig } from '../../src/core/config.js';
import { clientSettings, memoryStateStore } from '../../src/oidc/provider/client-settings.js';
import { createSigninRequest } from '../../src/oidc/provider/signin-request.js';
import type { SigninRequest, SigninRequestOptions } from '../../src/oidc/provider/signin-request.js';
import { oidcConfig } from './oidc-config.js';

const endpoint = 'https://login.example.com/authorize?tenant=acme';

export interface MadeRequest {
  readonly client: OidcClient;
  readonly request: SigninRequest;
  readonly params: URLSearchParams;
  /** What the library has stored. */
  stored(): Promise<{ readonly code_verifier?: string; readonly nonce?: string; readonly data?: unknown }>;
}

/** A request as the code port makes it, with a client of its own. */
export async function makeRequest(
  changes: Partial<OidcConfig> = {},
  options: Partial<SigninRequestOptions> = {},
  stateStore: StateStore = memoryStateStore(),
): Promise<MadeRequest> {
  const config = oidcConfig({ authority: 'https://login.example.com', ...changes });
  const metadata = { authorization_endpoint: endpoint, ...options.metadata };
  const client = new OidcClient({ ...clientSettings(config, stateStore), metadata });
  const request = await createSigninRequest({
    client,
    config,
    target: 'p',
    responseMode: 'fragment',
    ...options,
    metadata,
  });
  const { searchParams: params } = new URL(request.url);
  return {
    client,
    request,
    params,
    stored: async () => JSON.parse((await stateStore.get(request.state.split(';')[0]!)) ?? '{}') as object,
  };
}
