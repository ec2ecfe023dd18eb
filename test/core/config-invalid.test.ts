import { expect } from '@open-wc/testing';
import { configError } from '../support/harness-config.js';

describe('an invalid configuration', () => {
  const rows: ReadonlyArray<
    readonly [property: string, written: unknown, attribute: string, found: string, wanted: string]
  > = [
    ['deploymentId', undefined, 'deployment-id', 'nothing', 'a value'],
    ['deploymentId', 'my-deployment', 'deployment-id', '“my-deployment”', 'a UUID'],
    ['environment', '', 'environment', 'nothing', 'a value'],
    ['environment', 'mars', 'environment', '“mars”', 'a Genesys Cloud environment such as prod-euw1'],
    ['environment', 'constructor', 'environment', '“constructor”', 'a Genesys Cloud environment such as prod-euw1'],
    ['environment', '__proto__', 'environment', '“__proto__”', 'a Genesys Cloud environment such as prod-euw1'],
    [
      'scriptUrl',
      'http://cdn.example/x.js',
      'script-url',
      '“http://cdn.example/x.js”',
      'an https URL (http on loopback)',
    ],
    ['scriptUrl', 'javascript:alert(1)', 'script-url', '“javascript:alert(1)”', 'an https URL (http on loopback)'],
    [
      'scriptUrl',
      'http://localhost.example/x.js',
      'script-url',
      '“http://localhost.example/x.js”',
      'an https URL (http on loopback)',
    ],
    ['loading', 'lazy', 'loading', '“lazy”', 'eager, idle, interaction'],
    ['authority', undefined, 'authority', 'nothing', 'a value'],
    ['authority', '[object Object]', 'authority', 'nothing', 'a value'],
    [
      'authority',
      'http://login.example.com',
      'authority',
      '“http://login.example.com”',
      'an https URL (http on loopback)',
    ],
    ['authority', 'login.example.com', 'authority', '“login.example.com”', 'an https URL (http on loopback)'],
    ['authority', '/realms/shop', 'authority', '“/realms/shop”', 'an https URL (http on loopback)'],
    ['authority', 'https://', 'authority', '“https://”', 'an https URL (http on loopback)'],
    ['clientId', '  ', 'client-id', 'nothing', 'a value'],
    [
      'redirectUri',
      'https://evil.example/cb',
      'redirect-uri',
      '“https://evil.example/cb”',
      'a URL of https://www.example.com without fragment',
    ],
    [
      'redirectUri',
      'http://www.example.com/cb',
      'redirect-uri',
      '“http://www.example.com/cb”',
      'a URL of https://www.example.com without fragment',
    ],
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
    ['renew', 'always', 'renew', '“always”', 'auto, on-demand, off'],
    ['silentTimeout', '0', 'silent-timeout', '“0”', 'seconds, 1 or more'],
    ['silentTimeout', NaN, 'silent-timeout', '“NaN”', 'seconds, 1 or more'],
    ['popupTimeout', '0.5', 'popup-timeout', '“0.5”', 'seconds, 1 or more'],
    [
      'postLogoutRedirectUri',
      'mailto:x@example.com',
      'post-logout-redirect-uri',
      '“mailto:x@example.com”',
      'an http(s) URL',
    ],
  ];
  for (const [property, written, attribute, found, wanted] of rows) {
    it(`${attribute} ${JSON.stringify(written) ?? 'absent'}`, () => {
      const error = configError({ [property]: written });
      expect(error.code).to.equal('config-invalid');
      expect(error.message).to.equal(`Attribute ${attribute}: found ${found}, wanted ${wanted}.`);
      expect(error.hint).to.equal(`Set ${attribute} on <gc-auth-messenger> to ${wanted}.`);
    });
  }

  for (const [property, wanted] of [
    ['metadata', 'an object'],
    ['codeProvider', 'a function'],
  ] as const) {
    it(`property ${property}`, () => {
      const error = configError({ [property]: 'text' });
      expect(error.code).to.equal('config-invalid');
      expect(error.message).to.equal(`Property ${property}: found “string”, wanted ${wanted}.`);
      expect(error.hint).to.equal(`Set ${property} on <gc-auth-messenger> to ${wanted}.`);
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
    'request',
    'request_uri',
  ]) {
    it(`authorize-params may not set ${name}`, () => {
      const error = configError({ authorizeParams: `audience=x&${name}=y` });
      expect(error.code).to.equal('config-invalid');
      expect(error.message).to.contain(`authorize-params: found “${name}”`);
    });
  }

  it('codeProvider does not make a malformed authority valid', () => {
    expect(configError({ codeProvider: () => undefined, authority: 'login.example.com' }).message).to.contain(
      'authority',
    );
  });

  it('the message contains only the start of a long value', () => {
    expect(configError({ environment: 'x'.repeat(10_000) }).message.length).to.be.below(250);
  });
});
