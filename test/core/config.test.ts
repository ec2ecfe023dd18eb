import { expect } from '@open-wc/testing';
import type { Config } from '../../src/core/config.js';
import { readConfig } from '../../src/core/read-config.js';
import { deploymentId } from '../support/fixtures.js';
import { minimalConfig, pageAt, readWith } from '../support/harness-config.js';

/** Every property, where the configuration contains it, and its default. */
const properties: ReadonlyArray<readonly [property: string, of: (config: Config) => unknown, byDefault: unknown]> = [
  ['deploymentId', ({ genesys }) => genesys.deploymentId, deploymentId],
  ['environment', ({ genesys }) => genesys.environment, 'prod-euw1'],
  ['scriptUrl', ({ genesys }) => genesys.scriptUrl, 'https://apps.mypurecloud.ie/genesys-bootstrap/genesys.min.js'],
  ['debug', ({ genesys }) => genesys.debug, false],
  ['nonce', ({ genesys }) => genesys.nonce, undefined],
  ['loading', ({ loading }) => loading, 'eager'],
  ['authority', ({ oidc }) => oidc.authority, 'https://login.example.com'],
  ['clientId', ({ oidc }) => oidc.clientId, 'messenger-web'],
  ['redirectUri', ({ oidc }) => oidc.redirectUri, 'https://www.example.com/shop/account'],
  ['scope', ({ oidc }) => oidc.scope, 'openid'],
  ['signInModes', ({ signInModes }) => signInModes, ['silent', 'popup']],
  ['authorizeParams', ({ oidc }) => oidc.authorizeParams, []],
  ['loginHint', ({ oidc }) => oidc.loginHint, undefined],
  ['acrValues', ({ oidc }) => oidc.acrValues, undefined],
  ['maxAge', ({ oidc }) => oidc.maxAge, undefined],
  ['uiLocales', ({ oidc }) => oidc.uiLocales, undefined],
  ['responseMode', ({ oidc }) => oidc.responseMode, 'auto'],
  ['disablePkce', ({ oidc }) => oidc.disablePkce, false],
  ['metadataUrl', ({ oidc }) => oidc.metadataUrl, undefined],
  ['metadata', ({ oidc }) => oidc.metadata, undefined],
  ['renew', ({ renew }) => renew, 'auto'],
  ['silentTimeout', ({ silentTimeoutMs }) => silentTimeoutMs, 10_000],
  ['silentTimeout', ({ silentTimeoutSet }) => silentTimeoutSet, false],
  ['popupTimeout', ({ popupTimeoutMs }) => popupTimeoutMs, 300_000],
  ['postLogoutRedirectUri', ({ oidc }) => oidc.postLogoutRedirectUri, undefined],
  ['storageAccessUri', ({ storageAccessUri }) => storageAccessUri, undefined],
];
const at = (property: string): ((config: Config) => unknown) => properties.find(([name]) => name === property)![1];

describe('a silent-timeout that the page has set', () => {
  for (const [written, set] of [
    [undefined, false],
    // The default of the property.
    [10, false],
    ['10', true],
    ['3', true],
    [3, true],
  ] as const) {
    it(`is ${set ? '' : 'not '}${JSON.stringify(written)}`, () =>
      expect(readWith({ silentTimeout: written }).silentTimeoutSet).to.equal(set));
  }
});

describe('the default configuration', () => {
  for (const [property, of, byDefault] of properties) {
    it(`${property} is ${JSON.stringify(byDefault) ?? 'absent'}`, () => expect(of(readWith())).to.eql(byDefault));
  }

  const required = Object.keys(minimalConfig);
  for (const [property, of, byDefault] of properties.filter(([name]) => !required.includes(name))) {
    it(`${property} keeps its default for every empty value that frameworks write`, () => {
      for (const empty of [undefined, null, '', '  ', '[object Object]']) {
        if (empty !== undefined && typeof byDefault === 'boolean') continue;
        if (property === 'metadata' && typeof empty === 'string' && empty !== '[object Object]') continue;
        expect(of(readWith({ [property]: empty })), JSON.stringify(empty)).to.eql(byDefault);
      }
    });
  }
});

describe('a valid configuration', () => {
  const rows: ReadonlyArray<readonly [property: string, written: unknown, means: unknown]> = [
    ['deploymentId', ` ${deploymentId.toUpperCase()} `, deploymentId],
    ['environment', 'EUW1', 'prod-euw1'],
    ['scriptUrl', 'https://apps.mypurecloud.de/x.js', 'https://apps.mypurecloud.de/x.js'],
    ['scriptUrl', 'https://apps.usw2.pure.cloud/x.js', 'https://apps.usw2.pure.cloud/x.js'],
    ['scriptUrl', 'https://www.example.com/genesys.min.js', 'https://www.example.com/genesys.min.js'],
    ['scriptUrl', '/genesys.min.js', 'https://www.example.com/genesys.min.js'],
    ['scriptUrl', 'http://localhost:4000/genesys.js', 'http://localhost:4000/genesys.js'],
    ['scriptUrl', 'http://127.0.0.1:4000/genesys.js', 'http://127.0.0.1:4000/genesys.js'],
    ['scriptUrl', 'http://[::1]:4000/genesys.js', 'http://[::1]:4000/genesys.js'],
    ['scriptUrl', 'http://gc.localhost/genesys.js', 'http://gc.localhost/genesys.js'],
    ['debug', true, true],
    ['debug', '', true],
    ['debug', 'debug', true],
    ['debug', 'false', false],
    ['debug', false, false],
    ['debug', undefined, false],
    ['debug', null, false],
    ['nonce', 'r4nd0m', 'r4nd0m'],
    ['loading', 'idle', 'idle'],
    ['loading', 'Interaction', 'interaction'],
    ['authority', 'https://login.example.com/', 'https://login.example.com/'],
    ['authority', 'https://Login.example.com:443/realms/shop', 'https://Login.example.com:443/realms/shop'],
    ['authority', 'https://login.example.com/realms/shop', 'https://login.example.com/realms/shop'],
    ['authority', 'http://localhost:9000', 'http://localhost:9000'],
    ['clientId', ' web ', 'web'],
    ['clientId', 7, '7'],
    ['redirectUri', '/callback.html', 'https://www.example.com/callback.html'],
    ['redirectUri', 'callback.html', 'https://www.example.com/shop/callback.html'],
    ['redirectUri', 'https://www.example.com/cb?tenant=1', 'https://www.example.com/cb?tenant=1'],
    ['redirectUri', 'https://www.example.com', 'https://www.example.com'],
    ['redirectUri', 'https://www.example.com:443/cb', 'https://www.example.com:443/cb'],
    ['redirectUri', 'https://WWW.example.com/cb?name=jürgen', 'https://WWW.example.com/cb?name=jürgen'],
    ['postLogoutRedirectUri', 'https://shop.example.com', 'https://shop.example.com'],
    ['postLogoutRedirectUri', '/bye', 'https://www.example.com/bye'],
    ['storageAccessUri', ' https://login.example.com/ask ', 'https://login.example.com/ask'],
    ['storageAccessUri', 'http://localhost:8001/ask', 'http://localhost:8001/ask'],
    ['disablePkce', 'False', false],
    ['disablePkce', ' FALSE ', false],
    ...['fAlSe', '\nfalse\t', 'None', 'null', 'undefined'].flatMap((off) => [
      ['disablePkce', off, false] as const,
      ['debug', off, false] as const,
    ]),
    ['disablePkce', 'disable-pkce', true],
    ['disablePkce', 'True', true],
    ['debug', 'False', false],
    ['scope', 'openid offline_access', 'openid offline_access'],
    ['signInModes', 'popup silent', ['silent', 'popup']],
    ['signInModes', 'REDIRECT, silent', ['silent', 'redirect']],
    ['signInModes', 'popup', ['popup']],
    [
      'authorizeParams',
      'audience=genesys&domain_hint=acme',
      [
        ['audience', 'genesys'],
        ['domain_hint', 'acme'],
      ],
    ],
    ['authorizeParams', '?a=1', [['a', '1']]],
    [
      'authorizeParams',
      'a=b=c&d&&e=%C3%A4+x',
      [
        ['a', 'b=c'],
        ['d', ''],
        ['e', 'ä x'],
      ],
    ],
    ['loginHint', 'ada@example.com', 'ada@example.com'],
    ['acrValues', 'mfa phr', 'mfa phr'],
    ['maxAge', '0', 0],
    ['maxAge', 3600, 3600],
    ['maxAge', '2147483647', 2_147_483_647],
    ['maxAge', '007', 7],
    ['uiLocales', 'de fr', 'de fr'],
    ['responseMode', 'query', 'query'],
    ['responseMode', 'FRAGMENT', 'fragment'],
    ['disablePkce', '', true],
    ['disablePkce', 'false', false],
    ['metadataUrl', 'https://meta.example/x', 'https://meta.example/x'],
    ['renew', 'on-demand', 'on-demand'],
    ['renew', 'off', 'off'],
    ['silentTimeout', '2.5', 2_500],
    ['popupTimeout', 60, 60_000],
    ['silentTimeout', '2147484', 2_147_483_647],
    ['silentTimeout', 1e21, 2_147_483_647],
    ['popupTimeout', '99999999999', 2_147_483_647],
    ['postLogoutRedirectUri', '/bye', 'https://www.example.com/bye'],
    ['postLogoutRedirectUri', 'http://intranet.example/bye', 'http://intranet.example/bye'],
  ];
  for (const [property, written, means] of rows) {
    it(`${property} ${JSON.stringify(written)} means ${JSON.stringify(means)}`, () => {
      expect(at(property)(readWith({ [property]: written }))).to.eql(means);
    });
  }

  for (const [written, authority, metadataUrl = written] of [
    ['https://login.example.com/.well-known/openid-configuration', 'https://login.example.com'],
    ['https://login.example.com/shop/.well-known/openid-configuration', 'https://login.example.com/shop'],
    ['https://login.example.com/.Well-Known/OpenID-Configuration', 'https://login.example.com'],
    ['https://login.example.com/.well-known/oauth-authorization-server/shop', 'https://login.example.com/shop'],
    [
      'https://login.example.com/acme/v2.0/.well-known/openid-configuration?p=in',
      'https://login.example.com/acme/v2.0',
    ],
  ] as const) {
    it(`authority ${written} is the address of the discovery document`, () => {
      expect(readWith({ authority: written }).oidc).to.include({ authority, metadataUrl, issuerFromDocument: true });
      const other = 'https://cdn.example.com/oidc.json';
      expect(readWith({ authority: written, metadataUrl: other }).oidc, 'with another address').to.include({
        authority,
        metadataUrl: other,
        issuerFromDocument: false,
      });
      expect(readWith({ authority }).oidc).to.include({ metadataUrl: undefined, issuerFromDocument: false });
    });
  }

  for (const href of ['about:srcdoc', 'about:blank', 'blob:https://shop.example/7a1c']) {
    it(`a page at ${href} takes URLs of the origin that it has`, () => {
      const at = pageAt(href, 'https://shop.example');
      const oidc = (redirectUri: string) => readWith({ redirectUri, postLogoutRedirectUri: '/bye' }, at).oidc;
      expect(oidc('https://shop.example/callback.html').redirectUri).to.equal('https://shop.example/callback.html');
      expect(oidc('/callback.html')).to.include({
        redirectUri: 'https://shop.example/callback.html',
        postLogoutRedirectUri: 'https://shop.example/bye',
      });
      const scriptUrl = 'https://shop.example/genesys.min.js';
      expect(readWith({ redirectUri: '/cb', scriptUrl }, at).genesys.scriptUrl).to.equal(scriptUrl);
    });
  }

  for (const origin of ['capacitor://localhost', 'app://shop']) {
    it(`a page of an app shell at ${origin} takes URLs of that origin`, () => {
      const at = pageAt(`${origin}/index.html?x=1`, origin);
      expect(readWith({}, at).oidc.redirectUri).to.equal(`${origin}/index.html`);
      expect(readWith({ redirectUri: '/callback.html' }, at).oidc.redirectUri).to.equal(`${origin}/callback.html`);
      expect(readWith({ redirectUri: `${origin}/cb` }, at).oidc.redirectUri).to.equal(`${origin}/cb`);
      expect(readWith({ postLogoutRedirectUri: '/bye' }, at).oidc.postLogoutRedirectUri).to.equal(`${origin}/bye`);
    });
  }

  it('scriptUrl may be on any https host when script has set the property', () => {
    const scriptUrl = 'https://cdn.example/genesys.min.js';
    expect(readWith({ scriptUrl, scriptUrlSetByScript: true }).genesys.scriptUrl).to.equal(scriptUrl);
  });

  it('metadata is not copied', () => {
    const metadata = { authorization_endpoint: 'https://login.example.com/auth' };
    expect(readWith({ metadata }).oidc.metadata).to.equal(metadata);
  });

  it('codeProvider makes authority, client-id and sign-in-modes unnecessary', () => {
    const codeProvider = (): undefined => undefined;
    const { authority, clientId, ...rest } = minimalConfig;
    const own = readConfig({ ...rest, codeProvider, signInModes: 'redirect' }, pageAt('https://www.example.com/'));
    expect(own).to.deep.include({ codeProvider: true, signInModes: ['silent', 'popup'] });
    expect(own.oidc).to.include({ authority: '', clientId: '' });
    expect(readWith({ codeProvider }).oidc, 'kept for the sign-out at the provider').to.include({
      authority,
      clientId,
    });
    for (const empty of [undefined, null]) expect(readWith({ codeProvider: empty }).codeProvider).to.equal(false);
  });

  it('a script on loopback has its deployment configuration on its own origin', () => {
    expect(readWith({ scriptUrl: 'http://localhost:4000/x.js' }).genesys.configOrigin).to.equal(
      'http://localhost:4000',
    );
    expect(
      readWith({ scriptUrl: 'https://cdn.example/x.js', scriptUrlSetByScript: true }).genesys.configOrigin,
    ).to.equal('https://api-cdn.mypurecloud.ie');
    expect(readWith().genesys.configOrigin).to.equal('https://api-cdn.mypurecloud.ie');
  });

  it('the default redirect URI of an http page is an http URL', () => {
    expect(readWith({}, pageAt('http://localhost:8000/p?x#y')).oidc.redirectUri).to.equal('http://localhost:8000/p');
  });
});
