import type { OidcClient } from 'oidc-client-ts';
import { GcAuthError } from '../../core/errors.js';
import { isSecureWebUrl } from './discovery.js';
import type { ProviderMetadata } from './discovery.js';
import { withEncodedSpaces } from './signin-request.js';

/**
 * Address at which the provider ends its session. `client_id` stands in for `id_token_hint`: only Genesys has the token.
 * There is no `state`: it is optional, and would stay in the address of a page that does not wait for it.
 *
 * @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout
 * @throws `logout-failed` when the provider has no such address
 */
export async function endSessionUrl(client: OidcClient, metadata: ProviderMetadata): Promise<string> {
  if (!isSecureWebUrl(metadata.end_session_endpoint)) {
    throw new GcAuthError('logout-failed', {
      message: 'The provider announces no usable end_session_endpoint.',
      hint: 'Add it to metadata, or sign out of Messenger only.',
      retryable: false,
    });
  }
  const { url } = await client.createSignoutRequest({ client_id: client.settings.client_id });
  return withEncodedSpaces(new URL(url));
}
