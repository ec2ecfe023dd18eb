import type { OidcConfig } from '../../src/core/config.js';

/** A client of the fixture provider, which is on this origin and answers at once. */
export const oidcConfig = (changes: Partial<OidcConfig> = {}): OidcConfig => ({
  authority: location.origin,
  issuerFromDocument: false,
  clientId: 'messenger-web',
  redirectUri: `${location.origin}/callback.html`,
  scope: 'openid',
  authorizeParams: [],
  loginHint: undefined,
  acrValues: undefined,
  maxAge: undefined,
  uiLocales: undefined,
  responseMode: 'auto',
  disablePkce: false,
  metadataUrl: undefined,
  metadata: { authorization_endpoint: `${location.origin}/test/fixtures/provider.html` },
  postLogoutRedirectUri: undefined,
  ...changes,
});
