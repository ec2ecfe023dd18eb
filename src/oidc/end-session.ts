import type { OidcConfig } from '../core/config.js';
import { GcAuthError } from '../core/errors.js';
import { isWebUrl } from './discovery.js';
import type { ProviderMetadata } from './discovery.js';

/**
 * Where a person is signed out of the provider. `client_id` stands in for `id_token_hint`: only Genesys has the token.
 *
 * @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout
 * @throws `logout-failed` when the provider has no such place
 */
export function endSessionUrl(config: OidcConfig, metadata: ProviderMetadata): string {
  if (!isWebUrl(metadata.end_session_endpoint)) {
    throw new GcAuthError('logout-failed', {
      message: 'The provider announces no end_session_endpoint.',
      hint: 'Add it to metadata, or sign out of Messenger only.',
      retryable: false,
    });
  }
  const url = new URL(metadata.end_session_endpoint);
  url.searchParams.set('client_id', config.clientId);
  // No `state`: it is optional, and it would stay in the address of a page that does not wait for it.
  if (config.postLogoutRedirectUri) url.searchParams.set('post_logout_redirect_uri', config.postLogoutRedirectUri);
  return url.href;
}
