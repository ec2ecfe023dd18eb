/** The attributes of the element. A test compares them with the element's own list. */
export const attributeNames: readonly string[] = [
  ...[
    'deployment-id',
    'environment',
    'script-url',
    'debug',
    'loading',
    'authority',
    'client-id',
    'redirect-uri',
    'scope',
  ],
  ...['sign-in-modes', 'storage-access-uri', 'authorize-params', 'login-hint', 'acr-values', 'max-age', 'ui-locales'],
  ...['response-mode', 'disable-pkce', 'metadata-url', 'renew', 'silent-timeout', 'popup-timeout'],
  ...['post-logout-redirect-uri', 'lang', 'nonce'],
];

/** The property of an attribute: `clientId` for `client-id`. */
export const propertyOf = (attribute: string): string =>
  attribute.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
