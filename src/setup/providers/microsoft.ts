import { afterSignOut, joined } from './provider.js';
import type { Provider, Registration, Step } from './provider.js';

const document = '/v2.0/.well-known/openid-configuration';

/** The same for every kind of tenant. */
const registration = (client: Registration, accounts: string, permissions: string): readonly Step[] => [
  { title: 'Supported account types', text: accounts },
  {
    title: 'Redirect URI, platform Web',
    value: client.redirectUri,
    text: 'Not “Single-page application”: Genesys is a server, and could not redeem the codes.',
  },
  ...afterSignOut('Another redirect URI, platform Web', client),
  { title: 'Implicit grant and hybrid flows', text: 'Both boxes off.' },
  { title: 'Certificates & secrets', text: 'A new client secret, for Genesys Cloud. It expires: plan to replace it.' },
  { title: 'API permissions', text: `${permissions}, with admin consent.` },
];

export const entraId: Provider = {
  id: 'entra-id',
  title: 'Microsoft Entra ID',
  recipe: 'entra-id.md',
  fields: [
    {
      name: 'entra-tenant',
      label: 'Tenant ID',
      hint: 'A UUID, under Overview in the admin center. Not common, organizations or consumers.',
      gives: ['authority'],
    },
  ],
  attributes: (read) => ({
    authority: joined('https://login.microsoftonline.com/', read.uuid('entra-tenant'), '/v2.0'),
  }),
  where: 'App registrations > New registration',
  steps: (client) => [
    ...registration(client, 'This organizational directory only.', 'openid, profile, email and offline_access'),
    { title: 'Token configuration', text: 'Add the optional claim email to the ID token.' },
    {
      title: 'Cookies',
      text: 'Always third-party for your page. Where browsers block them, a click and a popup sign the person in.',
    },
  ],
};

export const entraExternalId: Provider = {
  id: 'entra-external-id',
  title: 'Microsoft Entra External ID',
  recipe: 'entra-external-id.md',
  fields: [
    { name: 'external-tenant', label: 'Tenant ID', hint: 'A UUID, of the external tenant.', gives: ['authority'] },
    {
      name: 'external-host',
      label: 'Host of the tenant',
      hint: 'Such as contoso.ciamlogin.com, or your custom URL domain.',
      gives: ['metadata-url'],
    },
  ],
  attributes(read) {
    const tenant = read.uuid('external-tenant');
    return {
      authority: joined('https://', tenant, '.ciamlogin.com/', tenant, '/v2.0'),
      'metadata-url': joined(read.origin('external-host'), '/', tenant, document),
    };
  },
  where: 'App registrations > New registration, in the external tenant',
  steps: (client) => [
    ...registration(client, 'This organizational directory only.', 'openid, profile, email and offline_access'),
    { title: 'User flows', text: 'Add this application to the user flow of your site.' },
    { title: 'Issuer', text: 'Open the discovery document: its issuer must equal authority.' },
  ],
};

export const azureAdB2c: Provider = {
  id: 'azure-ad-b2c',
  title: 'Azure AD B2C',
  recipe: 'azure-ad-b2c.md',
  fields: [
    {
      name: 'b2c-host',
      label: 'Host',
      hint: 'Such as contoso.b2clogin.com, or your custom domain.',
      gives: ['authority'],
    },
    { name: 'b2c-tenant', label: 'Tenant ID', hint: 'A UUID.', gives: ['authority'] },
    { name: 'b2c-domain', label: 'Tenant name', hint: 'Such as contoso.onmicrosoft.com.', gives: ['metadata-url'] },
    {
      name: 'b2c-policy',
      label: 'User flow or policy',
      hint: 'Such as b2c_1_signupsignin.',
      gives: ['metadata-url'],
    },
  ],
  // With these scopes alone, B2C issues no access token.
  scope: (clientId) => ['openid', 'offline_access', clientId].filter(Boolean).join(' '),
  attributes(read) {
    const host = read.origin('b2c-host');
    return {
      authority: joined(host, '/', read.uuid('b2c-tenant'), '/v2.0/'),
      'metadata-url': joined(host, '/', read.segment('b2c-domain'), '/', read.segment('b2c-policy'), document),
    };
  },
  where: 'App registrations > New registration, in the B2C tenant',
  steps: (client) => [
    ...registration(client, 'Any identity provider or organizational directory.', 'openid and offline_access'),
    { title: 'Application claims', text: 'In the user flow: Display Name, Given Name, Surname, Email Addresses.' },
    { title: 'Single sign-on configuration', text: 'In the user flow: Tenant, so that both clients share a session.' },
  ],
};
