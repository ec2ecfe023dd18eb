import { afterSignOut, joined } from './provider.js';
import type { Provider } from './provider.js';

const recipe = 'ping.md';

export const pingOne: Provider = {
  id: 'pingone',
  title: 'PingOne',
  recipe,
  fields: [
    {
      name: 'pingone-host',
      label: 'Host',
      hint: 'Such as auth.pingone.eu, or your custom domain.',
      gives: ['authority'],
    },
    {
      name: 'pingone-environment',
      label: 'Environment ID',
      hint: 'A UUID. Empty with a custom domain.',
      optional: true,
      gives: ['authority'],
    },
  ],
  attributes(read) {
    const host = read.origin('pingone-host');
    const environment =
      read.text('pingone-environment') === undefined ? '' : joined('/', read.uuid('pingone-environment'));
    return { authority: joined(host, environment, '/as') };
  },
  where: 'Applications > Add application > OIDC Web App',
  steps: (client) => [
    { title: 'Response type and grant types', text: 'Code; Authorization Code and Refresh Token.' },
    { title: 'PKCE Enforcement', text: 'S256_REQUIRED.' },
    { title: 'Token Endpoint Authentication Method', text: 'Client Secret Post or Basic.' },
    { title: 'Redirect URIs', value: client.redirectUri },
    ...afterSignOut('Signoff URLs', client),
    { title: 'CORS Settings', value: client.origin },
    { title: 'Resources', value: client.scope, text: 'Those that your environment offers.' },
    { title: 'Attribute Mappings', text: 'Given name, family name and e-mail.' },
    { title: 'Policies', text: 'The same sign-on policy as your site’s application, so that both share a session.' },
  ],
};

export const pingFederate: Provider = {
  id: 'pingfederate',
  title: 'PingFederate',
  recipe,
  fields: [
    {
      name: 'pingfederate-base',
      label: 'Base URL',
      hint: 'Of the server, or the issuer that you configured. Such as https://login.example.com.',
      gives: ['authority'],
    },
  ],
  attributes: (read) => ({ authority: read.base('pingfederate-base') }),
  where: 'Applications > OAuth > Clients > Add client',
  steps: (client) => [
    { title: 'Client authentication', text: 'Client Secret.' },
    { title: 'Redirect URIs', value: client.redirectUri },
    { title: 'Allowed grant types', text: 'Authorization Code and Refresh Token.' },
    { title: 'Require Proof Key for Code Exchange (PKCE)', text: 'On.' },
    { title: 'Bypass Authorization Approval', text: 'On, or a silent request is answered with consent_required.' },
    ...afterSignOut('Post-logout redirect URIs', client),
    { title: 'Scopes, defined and allowed for the client', value: client.scope },
    { title: 'Authorization Server Settings > Cross-Origin Resource Sharing', value: client.origin },
    { title: 'Sessions > Authentication Sessions', text: 'On, for the adapter that signs people in.' },
    { title: 'OpenID Connect policy', text: 'Map name and e-mail into the ID token.' },
  ],
};

export const pingAm: Provider = {
  id: 'pingam',
  title: 'PingAM, PingOne Advanced Identity Cloud',
  recipe,
  fields: [
    { name: 'pingam-host', label: 'Host', hint: 'Such as login.example.com.', gives: ['authority'] },
    { name: 'pingam-realm', label: 'Realm', hint: 'Such as alpha.', initial: 'alpha', gives: ['authority'] },
  ],
  attributes: (read) => ({
    authority: joined(read.origin('pingam-host'), '/am/oauth2/realms/root/realms/', read.segment('pingam-realm')),
  }),
  where: 'The console of the realm: OAuth 2.0 clients',
  steps: (client) => [
    { title: 'Client type', text: 'Confidential.' },
    { title: 'Grant types', text: 'Authorization Code and Refresh Token.' },
    { title: 'Redirection URIs', value: client.redirectUri },
    ...afterSignOut('Post logout redirect URIs', client),
    { title: 'Scopes', value: client.scope },
    { title: 'Implied consent', text: 'On, with “Allow Clients to Skip Consent” in the provider.' },
    { title: 'CORS configuration of the tenant', value: client.origin },
  ],
};
