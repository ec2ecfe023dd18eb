import { expect } from '@open-wc/testing';
import type { Config } from '../../src/core/config.js';
import { readConfig } from '../../src/core/read-config.js';
import { deploymentId } from '../support/fixtures.js';
import { least, pageAt, read } from '../support/harness-config.js';

/** Every property as the element names it, where it ends up. */
const landing: ReadonlyArray<readonly [property: string, of: (config: Config) => unknown, byDefault: unknown]> = [
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
  ['popupTimeout', ({ popupTimeoutMs }) => popupTimeoutMs, 300_000],
  ['postLogoutRedirectUri', ({ oidc }) => oidc.postLogoutRedirectUri, undefined],
];
const at = (property: string): ((config: Config) => unknown) => landing.find(([name]) => name === property)![1];

describe('the configuration, by default', () => {
  for (const [property, of, byDefault] of landing) {
    it(`${property} is ${JSON.stringify(byDefault) ?? 'absent'}`, () => expect(of(read())).to.eql(byDefault));
  }

  const required = Object.keys(least);
  for (const [property, of, byDefault] of landing.filter(([name]) => !required.includes(name))) {
    it(`${property} takes its default for what frameworks write in place of nothing`, () => {
      for (const nothing of [undefined, null, '', '  ', '[object Object]']) {
        if (nothing !== undefined && typeof byDefault === 'boolean') continue;
        if (property === 'metadata' && typeof nothing === 'string' && nothing !== '[object Object]') continue;
        expect(of(read({ [property]: nothing })), JSON.stringify(nothing)).to.eql(byDefault);
      }
    });
  }
});

describe('the configuration, written well', () => {
  const rows: ReadonlyArray<readonly [property: string, written: unknown, means: unknown]> = [
    ['deploymentId', ` ${deploymentId.toUpperCase()} `, deploymentId.toUpperCase()],
    ['environment', 'EUW1', 'prod-euw1'],
    ['scriptUrl', 'https://cdn.example/genesys.min.js', 'https://cdn.example/genesys.min.js'],
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
    ['disablePkce', 'False', false],
    ['disablePkce', ' FALSE ', false],
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
    ['postLogoutRedirectUri', '/bye', 'https://www.example.com/bye'],
    ['postLogoutRedirectUri', 'http://intranet.example/bye', 'http://intranet.example/bye'],
  ];
  for (const [property, written, means] of rows) {
    it(`${property} ${JSON.stringify(written)} means ${JSON.stringify(means)}`, () => {
      expect(at(property)(read({ [property]: written }))).to.eql(means);
    });
  }

  it('metadata is taken as it is', () => {
    const metadata = { authorization_endpoint: 'https://login.example.com/auth' };
    expect(read({ metadata }).oidc.metadata).to.equal(metadata);
  });

  it('a page that brings its own codes needs no provider and no rungs', () => {
    const codeProvider = (): undefined => undefined;
    const { authority, clientId, ...rest } = least;
    const own = readConfig({ ...rest, codeProvider, signInModes: 'redirect' }, pageAt('https://www.example.com/'));
    expect(own).to.deep.include({ codeProvider: true, signInModes: ['silent', 'popup'] });
    expect(own.oidc).to.include({ authority: '', clientId: '' });
    expect(read({ codeProvider }).oidc, 'named for its end-session').to.include({ authority, clientId });
    for (const nothing of [undefined, null]) expect(read({ codeProvider: nothing }).codeProvider).to.equal(false);
  });

  it('a script on loopback brings its own deployment configuration', () => {
    expect(read({ scriptUrl: 'http://localhost:4000/x.js' }).genesys.configOrigin).to.equal('http://localhost:4000');
    expect(read({ scriptUrl: 'https://cdn.example/x.js' }).genesys.configOrigin).to.equal(
      'https://api-cdn.mypurecloud.ie',
    );
    expect(read().genesys.configOrigin).to.equal('https://api-cdn.mypurecloud.ie');
  });

  it('a page on http has a redirect URI on http', () => {
    expect(read({}, pageAt('http://localhost:8000/p?x#y')).oidc.redirectUri).to.equal('http://localhost:8000/p');
  });
});
