import type { Field } from './field.js';

export const providerField: Field = {
  name: 'provider',
  label: 'OpenID provider',
  hint: 'Who signs your customers in.',
  initial: 'okta',
};

export const environmentField: Field = {
  name: 'environment',
  label: 'Genesys Cloud region',
  hint: 'As in the snippet of the deployment.',
};

export const pageField: Field = {
  name: 'page',
  label: 'Page with the chat',
  hint: 'Its address, such as https://www.example.com/. Empty: the home page of this host.',
  optional: true,
};

export const siteFields: readonly Field[] = [
  {
    name: 'deployment-id',
    label: 'Deployment ID',
    hint: 'From the snippet of the deployment, such as 3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10.',
  },
  pageField,
  {
    name: 'redirect-uri',
    label: 'Callback page',
    hint: 'On the origin of the page. Empty: /callback.html.',
    optional: true,
  },
];

export const clientField: Field = {
  name: 'client-id',
  label: 'Client ID',
  hint: 'Of the client that you register for Genesys. Its secret goes into Genesys Cloud only.',
};

export const moreFields: readonly Field[] = [
  { name: 'scope', label: 'Scope', hint: 'Empty: what fits the provider.', optional: true },
  {
    name: 'sign-in-modes',
    label: 'Sign-in modes',
    hint: 'Some of: silent silent-redirect popup redirect. Empty: silent popup.',
    optional: true,
  },
  {
    name: 'post-logout-redirect-uri',
    label: 'Page after a sign-out at the provider',
    hint: 'Such as https://www.example.com/. Empty: none.',
    optional: true,
  },
  {
    name: 'authorize-params',
    label: 'More parameters of the authorization request',
    hint: 'As a query string, such as kc_idp_hint=google.',
    optional: true,
  },
  {
    name: 'script-url',
    label: 'Messenger script',
    hint: 'Only if it is not the one of the region, for example a stand-in on this device.',
    optional: true,
  },
];

/** How scripts get into the page. */
export const scriptsField: Field = {
  name: 'scripts',
  label: 'Scripts are allowed',
  hint: 'With a nonce or a hash, trusted scripts may load others.',
  initial: 'host',
};

export const scriptChoices: Readonly<Record<string, string>> = {
  host: 'by their host',
  nonce: 'by a nonce',
  hash: 'by hashes',
};

export const bundleField: Field = {
  name: 'bundle',
  label: 'Files of the element',
  hint: 'The folder with gc-auth-messenger.js, such as https://cdn.example/0.1.0/. Empty: the root of your own host.',
  optional: true,
};

export const nonceField: Field = {
  name: 'nonce',
  label: 'Nonce',
  hint: 'A new one in each response. Your server can replace the word.',
  initial: 'NONCE',
};

export const hashesField: Field = {
  name: 'hashes',
  label: 'Hashes of the scripts',
  hint: 'Such as sha384-…, with spaces between them: of the element, from integrity.json, and of your scripts.',
  gives: ['hash', 'strict-dynamic'],
};

export const hostListField: Field = {
  name: 'host-list',
  label: 'Hosts count too, without strict-dynamic',
  hint: '',
  optional: true,
};

export const trustedTypesField: Field = {
  name: 'trusted-types',
  label: 'The page enforces Trusted Types',
  hint: '',
  optional: true,
};

/** Which form of the tag is shown. */
export const formField: Field = { name: 'form', label: 'Form', hint: '', initial: 'element' };

export const formChoices: Readonly<Record<string, string>> = {
  element: 'Element',
  script: 'Script tag',
  npm: 'npm',
};
