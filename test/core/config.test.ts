import { expect } from '@open-wc/testing';
import { readConfig, readEnvironment } from '../../src/core/config.js';
import type { Config, PageAddress, RawConfig } from '../../src/core/config.js';
import { GcAuthError } from '../../src/core/errors.js';
import { deploymentId } from '../support/fixtures.js';

function pageAt(href: string): PageAddress {
  const parse = (text: string): URL | undefined => (URL.canParse(text, href) ? new URL(text, href) : undefined);
  return { href, parse };
}

const page = pageAt('https://www.example.com/shop/account?tab=1&code=x#top');

const least: RawConfig = {
  deploymentId,
  environment: 'prod-euw1',
  authority: 'https://login.example.com',
  clientId: 'messenger-web',
};

const read = (changes: RawConfig = {}, at = page): Config => readConfig({ ...least, ...changes }, at);

function refused(changes: RawConfig, at = page): GcAuthError {
  try {
    read(changes, at);
  } catch (thrown) {
    expect(thrown).to.be.instanceOf(GcAuthError);
    return thrown as GcAuthError;
  }
  throw new Error(`Accepted: ${JSON.stringify(changes)}`);
}

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
    ['authority', 'https://login.example.com/', 'https://login.example.com'],
    ['authority', 'https://login.example.com/realms/shop', 'https://login.example.com/realms/shop'],
    ['authority', 'http://localhost:9000', 'http://localhost:9000'],
    ['clientId', ' web ', 'web'],
    ['clientId', 7, '7'],
    ['redirectUri', '/callback.html', 'https://www.example.com/callback.html'],
    ['redirectUri', 'callback.html', 'https://www.example.com/shop/callback.html'],
    ['redirectUri', 'https://www.example.com/cb?tenant=1', 'https://www.example.com/cb?tenant=1'],
    ['scope', 'openid offline_access', 'openid offline_access'],
    ['signInModes', 'popup silent', ['silent', 'popup']],
    ['signInModes', 'REDIRECT, silent', ['silent', 'redirect']],
    ['signInModes', 'popup', ['popup']],
    ['authorizeParams', 'audience=genesys&domain_hint=acme', [['audience', 'genesys'], ['domain_hint', 'acme']]],
    ['authorizeParams', '?a=1', [['a', '1']]],
    ['authorizeParams', 'a=b=c&d&&e=%C3%A4+x', [['a', 'b=c'], ['d', ''], ['e', 'ä x']]],
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

  it('a script on loopback brings its own deployment configuration', () => {
    expect(read({ scriptUrl: 'http://localhost:4000/x.js' }).genesys.configOrigin).to.equal('http://localhost:4000');
    expect(read({ scriptUrl: 'https://cdn.example/x.js' }).genesys.configOrigin).to.equal('https://api-cdn.mypurecloud.ie');
    expect(read().genesys.configOrigin).to.equal('https://api-cdn.mypurecloud.ie');
  });

  it('a page on http has a redirect URI on http', () => {
    expect(read({}, pageAt('http://localhost:8000/p?x#y')).oidc.redirectUri).to.equal('http://localhost:8000/p');
  });
});

describe('the configuration, written badly', () => {
  const rows: ReadonlyArray<
    readonly [property: string, written: unknown, attribute: string, found: string, wanted: string]
  > = [
    ['deploymentId', undefined, 'deployment-id', 'nothing', 'a value'],
    ['deploymentId', 'my-deployment', 'deployment-id', '“my-deployment”', 'a UUID'],
    ['environment', '', 'environment', 'nothing', 'a value'],
    ['environment', 'mars', 'environment', '“mars”', 'a Genesys Cloud environment such as prod-euw1'],
    ['environment', 'constructor', 'environment', '“constructor”', 'a Genesys Cloud environment such as prod-euw1'],
    ['environment', '__proto__', 'environment', '“__proto__”', 'a Genesys Cloud environment such as prod-euw1'],
    ['scriptUrl', 'http://cdn.example/x.js', 'script-url', '“http://cdn.example/x.js”', 'an https URL (http on loopback)'],
    ['scriptUrl', 'javascript:alert(1)', 'script-url', '“javascript:alert(1)”', 'an https URL (http on loopback)'],
    ['scriptUrl', 'http://localhost.example/x.js', 'script-url', '“http://localhost.example/x.js”', 'an https URL (http on loopback)'],
    ['loading', 'lazy', 'loading', '“lazy”', 'eager, idle, interaction'],
    ['authority', undefined, 'authority', 'nothing', 'a value'],
    ['authority', '[object Object]', 'authority', 'nothing', 'a value'],
    ['authority', 'http://login.example.com', 'authority', '“http://login.example.com”', 'an https URL (http on loopback)'],
    ['authority', 'https://', 'authority', '“https://”', 'an https URL (http on loopback)'],
    ['clientId', '  ', 'client-id', 'nothing', 'a value'],
    ['redirectUri', 'https://evil.example/cb', 'redirect-uri', '“https://evil.example/cb”', 'a URL of https://www.example.com without fragment'],
    ['redirectUri', 'http://www.example.com/cb', 'redirect-uri', '“http://www.example.com/cb”', 'a URL of https://www.example.com without fragment'],
    ['redirectUri', '/cb#x', 'redirect-uri', '“/cb#x”', 'a URL of https://www.example.com without fragment'],
    ['redirectUri', '/cb#', 'redirect-uri', '“/cb#”', 'a URL of https://www.example.com without fragment'],
    ['redirectUri', 'https://', 'redirect-uri', '“https://”', 'a URL of https://www.example.com without fragment'],
    ['signInModes', 'silent magic', 'sign-in-modes', '“magic”', 'silent, popup, redirect'],
    ['authorizeParams', 'a=%E0%A4%A', 'authorize-params', '“a=%E0%A4%A”', 'a query string'],
    ['maxAge', '-1', 'max-age', '“-1”', 'seconds, 0 or more'],
    ['maxAge', 'soon', 'max-age', '“soon”', 'seconds, 0 or more'],
    ['maxAge', Infinity, 'max-age', '“Infinity”', 'seconds, 0 or more'],
    ['responseMode', 'form_post', 'response-mode', '“form_post”', 'auto, query, fragment'],
    ['metadataUrl', 'ftp://meta.example/', 'metadata-url', '“ftp://meta.example/”', 'an https URL (http on loopback)'],
    ['metadata', 'text', 'metadata', '“string”', 'an object'],
    ['renew', 'always', 'renew', '“always”', 'auto, on-demand, off'],
    ['silentTimeout', '0', 'silent-timeout', '“0”', 'seconds, 1 or more'],
    ['silentTimeout', NaN, 'silent-timeout', '“NaN”', 'seconds, 1 or more'],
    ['popupTimeout', '0.5', 'popup-timeout', '“0.5”', 'seconds, 1 or more'],
    ['postLogoutRedirectUri', 'mailto:x@example.com', 'post-logout-redirect-uri', '“mailto:x@example.com”', 'an http(s) URL'],
  ];
  for (const [property, written, attribute, found, wanted] of rows) {
    it(`${attribute} ${JSON.stringify(written) ?? 'absent'}`, () => {
      const error = refused({ [property]: written });
      expect(error.code).to.equal('config-invalid');
      expect(error.message).to.equal(`Attribute ${attribute}: found ${found}, wanted ${wanted}.`);
      expect(error.hint).to.equal(`Set ${attribute} on <gc-auth-messenger> to ${wanted}.`);
    });
  }

  for (const name of [
    'client_id',
    'redirect_uri',
    'response_type',
    'response_mode',
    'scope',
    'state',
    'nonce',
    'prompt',
    'code_challenge',
    'code_challenge_method',
  ]) {
    it(`authorize-params may not set ${name}`, () => {
      const error = refused({ authorizeParams: `audience=x&${name}=y` });
      expect(error.code).to.equal('config-invalid');
      expect(error.message).to.contain(`authorize-params: found “${name}”`);
    });
  }

  it('shows no more than the beginning of what was found', () => {
    expect(refused({ environment: 'x'.repeat(10_000) }).message.length).to.be.below(250);
  });
});

describe('the environments', () => {
  const rows: ReadonlyArray<readonly [written: string, name: string, domain: string]> = [
    ['prod', 'prod', 'mypurecloud.com'],
    ['use1', 'prod', 'mypurecloud.com'],
    ['prod-use1', 'prod', 'mypurecloud.com'],
    ['prod-usw2', 'prod-usw2', 'usw2.pure.cloud'],
    ['cac1', 'prod-cac1', 'cac1.pure.cloud'],
    ['prod-euw1', 'prod-euw1', 'mypurecloud.ie'],
    [' EUW1 ', 'prod-euw1', 'mypurecloud.ie'],
    ['euw2', 'prod-euw2', 'euw2.pure.cloud'],
    ['euc1', 'prod-euc1', 'mypurecloud.de'],
    ['euc2', 'prod-euc2', 'euc2.pure.cloud'],
    ['aps1', 'prod-aps1', 'aps1.pure.cloud'],
    ['apne1', 'prod-apne1', 'mypurecloud.jp'],
    ['apne2', 'prod-apne2', 'apne2.pure.cloud'],
    ['apne3', 'prod-apne3', 'apne3.pure.cloud'],
    ['apse1', 'prod-apse1', 'apse1.pure.cloud'],
    ['apse2', 'prod-apse2', 'mypurecloud.com.au'],
    ['sae1', 'prod-sae1', 'sae1.pure.cloud'],
    ['mec1', 'prod-mec1', 'mec1.pure.cloud'],
    ['mxc1', 'prod-mxc1', 'mxc1.pure.cloud'],
    ['fedramp-use2', 'fedramp-use2-core', 'use2.us-gov-pure.cloud'],
    ['fedramp-use2-core', 'fedramp-use2-core', 'use2.us-gov-pure.cloud'],
    ['eusc-edee1-core', 'eusc-edee1-core', 'edee1.eusc-pure.cloud'],
    ['mypurecloud.ie', 'prod-euw1', 'mypurecloud.ie'],
    ['MyPureCloud.com', 'prod', 'mypurecloud.com'],
    ['use2.us-gov-pure.cloud', 'fedramp-use2-core', 'use2.us-gov-pure.cloud'],
  ];
  for (const [written, name, domain] of rows) {
    it(`“${written}” is ${name} at ${domain}`, () => expect(readEnvironment(written)).to.eql({ name, domain }));
  }

  for (const written of ['', 'prod-mars', 'purecloud.ie', 'apps.mypurecloud.ie', 'toString', 'constructor', '__proto__']) {
    it(`“${written}” is none`, () => expect(readEnvironment(written)).to.equal(undefined));
  }
});
