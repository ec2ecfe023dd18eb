import type { OidcConfig } from '../../core/config.js';
import { GcAuthError } from '../../core/errors.js';
import { isSecureWebUrl } from './discovery.js';
import type { ProviderMetadata } from './discovery.js';
import { withEncodedSpaces } from './signin-request.js';

/** User pools of Amazon Cognito by their issuer, and their domains. */
const cognito = /^https:\/\/(cognito-idp\.|[^/?#]+\.amazoncognito\.com)/;

/**
 * Address at which the provider ends its session. `client_id` stands in for `id_token_hint`: only Genesys has the token.
 * There is no `state`: it is optional, and would stay in the address of a page that does not wait for it. What the announced
 * address has in its query stays, and is not sent a second time. Amazon Cognito has a parameter of its own.
 *
 * @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 * @throws `logout-failed` when the provider has no such address, or would show an error page there
 */
export function endSessionUrl(config: OidcConfig, metadata: ProviderMetadata): string {
  const { end_session_endpoint: endpoint } = metadata;
  if (!isSecureWebUrl(endpoint)) {
    throw failure(
      'The provider announces no usable end_session_endpoint.',
      'Add it to the metadata property, or sign out of Messenger only.',
    );
  }
  const { authority, clientId, postLogoutRedirectUri } = config;
  const url = new URL(endpoint);
  const { searchParams } = url;
  const add = (name: string, value?: string): void => {
    if (value && !searchParams.has(name)) searchParams.append(name, value);
  };
  add('client_id', clientId);
  add('post_logout_redirect_uri', postLogoutRedirectUri);
  if (cognito.test(authority) || cognito.test(endpoint)) {
    add('logout_uri', postLogoutRedirectUri);
    if (!searchParams.has('logout_uri') && !searchParams.has('redirect_uri')) {
      throw failure(
        'Amazon Cognito does not sign out without an address to return to.',
        'Set post-logout-redirect-uri.',
      );
    }
  }
  return withEncodedSpaces(url);
}

const failure = (message: string, hint: string): GcAuthError =>
  new GcAuthError('logout-failed', { message, hint, retryable: false });
