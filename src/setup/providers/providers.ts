import { azureAdB2c, entraExternalId, entraId } from './microsoft.js';
import { pingAm, pingFederate, pingOne } from './ping.js';
import { afterSignOut, joined } from './provider.js';
import type { Provider } from './provider.js';

const okta: Provider = {
  id: 'okta',
  title: 'Okta',
  recipe: 'okta.md',
  fields: [
    {
      name: 'okta-host',
      label: 'Host',
      hint: 'Such as example.okta.com, or your custom domain.',
      gives: ['authority'],
    },
    {
      name: 'okta-server',
      label: 'Authorization server',
      hint: 'Its ID, such as default. Empty: the org’s own server.',
      initial: 'default',
      optional: true,
      gives: ['authority'],
    },
  ],
  attributes(read) {
    const host = read.origin('okta-host');
    if (read.text('okta-server') === undefined) return { authority: host };
    return { authority: joined(host, '/oauth2/', read.segment('okta-server')) };
  },
  where: 'Applications > Create App Integration > OIDC - OpenID Connect > Web Application',
  steps: (client) => [
    { title: 'Client authentication', text: 'Client secret.' },
    { title: 'Grant type', text: 'Authorization Code and Refresh Token.' },
    { title: 'Sign-in redirect URIs', value: client.redirectUri },
    ...afterSignOut('Sign-out redirect URIs', client),
    { title: 'User consent', text: 'Not required.' },
    { title: 'Assignments', text: 'Everyone who may chat.' },
    { title: 'Security > API > Trusted Origins, types CORS and Redirect', value: client.origin },
    {
      title: 'Security > API > Access Policies, for a custom server',
      value: client.scope,
      text: 'A rule that allows this client, both grants, and these scopes.',
    },
  ],
};

const auth0: Provider = {
  id: 'auth0',
  title: 'Auth0',
  recipe: 'auth0.md',
  fields: [
    {
      name: 'auth0-host',
      label: 'Domain',
      hint: 'Such as example.eu.auth0.com, or your custom domain.',
      gives: ['authority'],
    },
    {
      name: 'auth0-audience',
      label: 'Audience',
      hint: 'Only if you need an access token for an API. Chat needs none.',
      optional: true,
      gives: ['authorize-params'],
    },
  ],
  attributes(read) {
    const audience = read.text('auth0-audience');
    return {
      authority: joined(read.origin('auth0-host'), '/'),
      'authorize-params': audience === undefined ? undefined : new URLSearchParams({ audience }).toString(),
    };
  },
  where: 'Applications > Create Application > Regular Web Application',
  steps: (client) => [
    { title: 'Allowed Callback URLs', value: client.redirectUri },
    ...afterSignOut('Allowed Logout URLs', client),
    { title: 'Advanced Settings > Grant Types', text: 'Authorization Code and Refresh Token.' },
    { title: 'Credentials > Authentication Method', text: 'Client Secret (Post) or (Basic).' },
    { title: 'Connections', text: 'The same as for your site’s application.' },
  ],
};

const keycloak: Provider = {
  id: 'keycloak',
  title: 'Keycloak',
  recipe: 'keycloak.md',
  fields: [
    {
      name: 'keycloak-base',
      label: 'Address of Keycloak',
      hint: 'Such as https://login.example.com; with /auth, if your installation has it.',
      gives: ['authority'],
    },
    { name: 'keycloak-realm', label: 'Realm', hint: 'Such as shop.', gives: ['authority'] },
  ],
  attributes: (read) => ({
    authority: joined(
      read.base('keycloak-base', /\/(realms|admin)(\/.*)?$/s),
      '/realms/',
      read.segment('keycloak-realm'),
    ),
  }),
  where: 'Clients > Create client > OpenID Connect',
  steps: (client) => [
    { title: 'Client authentication', text: 'On. The secret is on the tab Credentials.' },
    { title: 'Authentication flow', text: 'Standard flow only.' },
    { title: 'Valid redirect URIs', value: client.redirectUri, text: 'Without a wildcard.' },
    ...afterSignOut('Valid post logout redirect URIs', client),
    { title: 'Proof Key for Code Exchange Code Challenge Method', text: 'S256.' },
    { title: 'Consent required', text: 'Off.' },
    { title: 'Client scopes', text: 'profile and email as default, offline_access as optional.' },
    {
      title: 'Advanced > Access Token Lifespan',
      text: '15 minutes: a Genesys JWT lives at most as long as the access token.',
    },
  ],
};

const cognito: Provider = {
  id: 'amazon-cognito',
  title: 'Amazon Cognito',
  recipe: 'amazon-cognito.md',
  fields: [
    {
      name: 'cognito-pool',
      label: 'User pool ID',
      hint: 'Such as eu-west-1_AbCdEfGhI.',
      gives: ['authority'],
    },
    {
      name: 'cognito-domain',
      label: 'Domain of the user pool',
      hint: 'Such as example.auth.eu-west-1.amazoncognito.com, or your custom domain. The policy needs it.',
      gives: ['authorization-endpoint'],
    },
  ],
  // Cognito does not know offline_access, and always gives a refresh token.
  scope: () => 'openid profile email',
  attributes(read) {
    const pool = read.matching(
      'cognito-pool',
      /(?<=^|\/)[a-z]+(-[a-z]+)+-\d+_[A-Za-z\d]+(?=\/|$)/,
      'an ID such as eu-west-1_AbCdEfGhI',
    );
    const region = pool?.replace(/_.*/s, '');
    const suffix = region?.startsWith('cn-') ? '.amazonaws.com.cn/' : '.amazonaws.com/';
    return { authority: joined('https://cognito-idp.', region, suffix, pool) };
  },
  authorizationEndpoint: (read) => joined(read.origin('cognito-domain'), '/oauth2/authorize'),
  where: 'User pool > App clients > Create app client > Traditional web application',
  steps: (client) => [
    { title: 'Client secret', text: 'Generate one.' },
    { title: 'Allowed callback URLs', value: client.redirectUri },
    ...afterSignOut('Allowed sign-out URLs', client),
    { title: 'OAuth grant types', text: 'Authorization code grant.' },
    { title: 'OpenID Connect scopes', value: client.scope },
    { title: 'Identity providers', text: 'The same as for your site’s client.' },
    { title: 'Attribute read permissions', value: 'name given_name family_name email' },
    {
      title: 'Managed login',
      text: 'Must be the branding version of the domain. The classic hosted UI ignores prompt=none.',
    },
  ],
};

const other: Provider = {
  id: 'other',
  title: 'Another provider',
  fields: [
    {
      name: 'authority',
      label: 'Issuer',
      hint: 'As its discovery document names it, or the address of that document. Such as https://login.example.com.',
    },
    {
      name: 'metadata-url',
      label: 'Discovery document',
      hint: 'Only if it is not below the issuer.',
      optional: true,
    },
  ],
  attributes: (read) => ({ authority: read.text('authority'), 'metadata-url': read.text('metadata-url') }),
  where: 'A client for Genesys alone, apart from the one that your site signs in with',
  steps: (client) => [
    { title: 'Type', text: 'Confidential, with a client secret.' },
    { title: 'Grants', text: 'authorization_code and refresh_token; response type code.' },
    { title: 'PKCE', text: 'S256.' },
    { title: 'Redirect URI', value: client.redirectUri, text: 'Character for character.' },
    ...afterSignOut('Post-logout redirect URI', client),
    { title: 'Scopes', value: client.scope },
    { title: 'Consent page', text: 'None for this client.' },
    { title: 'CORS for the discovery document', value: client.origin },
    { title: 'Framing', text: 'prompt=none must be answered in a frame of your page.' },
  ],
};

export const providers: readonly Provider[] = [
  okta,
  auth0,
  keycloak,
  entraId,
  entraExternalId,
  azureAdB2c,
  cognito,
  pingOne,
  pingFederate,
  pingAm,
  other,
];

/** Undefined for a name that no provider has, as a link may contain it. */
export const providerOf = (id: string): Provider | undefined => providers.find((each) => each.id === id);
