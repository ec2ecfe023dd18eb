import { expect } from '@open-wc/testing';
import type { OidcConfig } from '../../src/core/config.js';
import { configError, readWith } from '../support/harness-config.js';

/** Attributes whose value goes to the provider, or to a place that the provider leads to. */
const urls = ['authority', 'redirectUri', 'metadataUrl', 'postLogoutRedirectUri', 'storageAccessUri', 'scriptUrl'];
const hints = ['loginHint', 'uiLocales'];
const texts = ['clientId', 'scope', 'acrValues', ...hints];

const attributes: Readonly<Record<string, string>> = {
  authority: 'authority',
  redirectUri: 'redirect-uri',
  metadataUrl: 'metadata-url',
  postLogoutRedirectUri: 'post-logout-redirect-uri',
  storageAccessUri: 'storage-access-uri',
  scriptUrl: 'script-url',
  clientId: 'client-id',
  scope: 'scope',
  acrValues: 'acr-values',
  loginHint: 'login-hint',
  uiLocales: 'ui-locales',
  authorizeParams: 'authorize-params',
};

/** The error names the attribute and what was found. */
function expectRefused(property: string, written: string): void {
  const { code, message } = configError({ [property]: written });
  expect(code).to.equal('config-invalid');
  expect(message).to.contain(`Attribute ${attributes[property]}: found “${written.slice(0, 80)}`);
}

describe('a value that a template did not fill in', () => {
  const placeholders = [
    '{{ user.email }}',
    '{{clientId}}',
    '{clientId}',
    '${clientId}',
    '${ base ?? other }',
    '#{client.id}',
    '#{ClientId}#',
    '@{clientId}',
    '%{client_id}',
    '{% client %}',
    '<%= client %>',
    '<% client %>',
    '<?= $client ?>',
    '<client-id>',
    '[[clientId]]',
    '$(CLIENT_ID)',
    '%CLIENT_ID%',
    '__CLIENT_ID__',
    '$CLIENT_ID',
  ];
  for (const placeholder of placeholders) {
    it(`is refused: ${placeholder}`, () => {
      for (const property of [...texts, ...urls]) expectRefused(property, placeholder);
      expectRefused('authorizeParams', `audience=${placeholder.replace(/^[$_].*/, '{{x}}')}`);
    });
  }

  const inUrls = [
    '{{base}}/callback.html',
    '${base}/callback.html',
    '<%= base %>/callback.html',
    '%7B%7Bbase%7D%7D/callback.html',
    '%24%7Bbase%7D/callback.html',
    'undefined',
    'null',
    'NaN',
    'None',
    '/undefined',
    'undefined/callback.html',
    'null/callback.html?x=1',
    '[object Object]/callback.html',
    '[object HTMLInputElement]',
    '/callback.html?tenant=undefined',
    'https://www.example.com/undefined/callback.html',
    'https://www.example.com/callback.html?tenant=null&x=1',
    'https://www.example.com/{tenantid}/v2.0',
  ];
  for (const url of inUrls) {
    it(`is refused in a URL: ${url}`, () => {
      for (const property of urls) expectRefused(property, url);
    });
  }

  for (const word of ['undefined', 'null', 'None', 'NaN', ' null ']) {
    it(`is refused as text, and counts as absent where it is a hint only: ${word}`, () => {
      for (const property of texts.filter((name) => !hints.includes(name))) expectRefused(property, word.trim());
      for (const hint of hints) expect(readWith({ [hint]: word }).oidc[hint as keyof OidcConfig]).to.equal(undefined);
      expectRefused('authorizeParams', 'audience=undefined');
    });
  }
});

describe('a value that was escaped or corrected on its way into the page', () => {
  for (const quote of ['”', '“', '„', '‘', '’', '«', '»', '″', '"', "'", '`']) {
    it(`is refused with a quote ${quote} at its start or end`, () => {
      for (const property of [...texts, ...urls]) {
        for (const written of [`${quote}web`, `web${quote}`, `${quote}web${quote}`]) expectRefused(property, written);
      }
      expectRefused('authorizeParams', `${quote}audience=x`);
    });
  }

  for (const entity of ['&amp;', '&quot;', '&#8221;', '&#x201D;', '&lt;', '&nbsp;']) {
    it(`is refused with ${entity}`, () => {
      for (const property of [...texts, ...urls]) expectRefused(property, `web${entity}x`);
      expectRefused('authorizeParams', `audience=x${entity}domain_hint=acme`);
    });
  }

  for (const url of [
    'https%3A%2F%2Fwww.example.com%2Fcb',
    'HTTPS%3a%2f%2fwww.example.com%2fcb',
    'https%253A%252F%252Fwww.example.com%252Fcb',
    'https:%2F%2Fwww.example.com%2Fcb',
    'https:/www.example.com/cb',
    'https:///www.example.com/cb',
    'https:callback.html',
    'https:\\\\www.example.com\\cb',
    'https://www.example.com\\cb',
    '\\cb',
    'www.example.com/cb',
  ]) {
    it(`is refused as a URL, which would count as a relative or as another one: ${url}`, () => {
      for (const property of urls) expectRefused(property, url);
    });
  }

  it('is refused as percent-encoded text', () => {
    expectRefused('scope', 'openid%20profile');
    expectRefused('loginHint', 'ada%40example.com');
    expectRefused('acrValues', 'http%3A%2F%2Facr.example%2Fmfa');
    expectRefused('clientId', 'https%253A%252F%252Fclient.example');
  });

  it('loses invisible characters and line breaks', () => {
    const invisible = ['\u200b', '\u200c', '\u200d', '\u200e', '\u2060', '\ufeff', '\u00ad', '\u202a'];
    for (const character of invisible) {
      const { oidc } = readWith({
        clientId: `${character}messenger-${character}web${character}`,
        redirectUri: `${character}https://www.example.com/call${character}back.html`,
        scope: `openid${character} email`,
      });
      expect(oidc).to.include({
        clientId: 'messenger-web',
        redirectUri: 'https://www.example.com/callback.html',
        scope: 'openid email',
      });
    }
    expect(readWith({ scope: 'openid\n    profile\u00a0email' }).oidc.scope).to.equal('openid profile email');
  });
});

describe('a value that only looks like one of these', () => {
  const rows: ReadonlyArray<readonly [keyof OidcConfig, string]> = [
    ['clientId', '0oa1b2c3d4'],
    ['clientId', '1234-abc.apps.googleusercontent.example'],
    ['clientId', 'https://client.example/metadata.json?a=1&b=2'],
    ['clientId', 'my_client__prod'],
    ['scope', 'openid api://66666666-7777/access https://graph.example/.default read:users [a]'],
    ['loginHint', "Ada O'Neill <ada@example.com>"],
    ['loginHint', '{"sub":"ada"}'],
    ['loginHint', 'undefined@example.com'],
    ['acrValues', 'urn:mace:incommon:iap:silver http://acr.example/mfa'],
    ['redirectUri', 'https://www.example.com/nullable/undefined-behaviour.html?q=100%25&r=%7B%7D'],
    ['redirectUri', 'https://www.example.com/a%20b/callback.html?next=https%3A%2F%2Fwww.example.com%2F'],
    ['postLogoutRedirectUri', "https://shop.example/o'neill/(bye)/$1/@x/~y!*"],
  ];
  for (const [property, written] of rows) {
    it(`${property} ${written}`, () => expect(readWith({ [property]: written }).oidc[property]).to.equal(written));
  }

  it('authorize-params with the claims parameter, and with escapes', () => {
    const claims = '{"id_token":{"email":null,"acr":{"values":["mfa"]}}}';
    const expected = [
      ['claims', claims],
      ['ui', '100% & more'],
    ];
    for (const written of [claims, encodeURIComponent(claims)]) {
      const { authorizeParams } = readWith({ authorizeParams: `claims=${written}&ui=100%25%20%26+more` }).oidc;
      expect(authorizeParams).to.eql(expected);
    }
  });
});
