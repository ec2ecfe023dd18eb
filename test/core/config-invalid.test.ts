import { expect } from '@open-wc/testing';
import { configError, pageAt } from '../support/harness-config.js';

describe('an invalid configuration', () => {
  const rows: ReadonlyArray<
    readonly [property: string, written: unknown, attribute: string, found: string, wanted: string, hint?: string]
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
    ...['https://idp.example/?a=1', 'https://idp.example/?', 'https://idp.example/#', 'https://idp.example/a#x'].map(
      (url) => ['authority', url, 'authority', `“${url}”`, 'a URL without query and fragment'] as const,
    ),
    ...['https://user@idp.example', 'https://user:secret@idp.example', 'https://:secret@idp.example'].map(
      (url) => ['authority', url, 'authority', `“${url}”`, 'an https URL (http on loopback)'] as const,
    ),
    ...[
      'https://idp.example/.well-known/openid-configuration#x',
      'https://idp.example/?x=/.well-known/openid-configuration#',
    ].map((url) => ['authority', url, 'authority', `“${url}”`, 'a URL without query and fragment'] as const),
    ...[
      'https://acme.b2clogin.com/acme.onmicrosoft.com/v2.0?p=B2C_1_in',
      'https://acme.b2clogin.com/acme.onmicrosoft.com/v2.0/?p=B2C_1_in',
      'https://acme.b2clogin.com/acme.onmicrosoft.com/v2.0/?p=B2C_1_in#x',
    ].map(
      (url) =>
        [
          'authority',
          url,
          'authority',
          `“${url}”`,
          'a URL without query and fragment',
          ' For an Azure AD B2C policy: authority="https://acme.b2clogin.com/TENANT-ID/v2.0/" metadata-url="https://acme.b2clogin.com/acme.onmicrosoft.com/v2.0/.well-known/openid-configuration?p=B2C_1_in".',
        ] as const,
    ),
    ...[
      'https://evil.example/x.js',
      '//evil.example/x.js',
      'https://apps.mypurecloud.ie.evil.example/x.js',
      'https://apps.mypurecloud.ie:8443/x.js',
      'https://api.mypurecloud.ie/x.js',
      'https://apps.prod-euw1/x.js',
      'https://apps.euw2/x.js',
      'https://shop.example.com/x.js',
      'https://www.example.com.evil.example/x.js',
      'https://www.example.com:8443/x.js',
    ].map(
      (url) =>
        [
          'scriptUrl',
          url,
          'script-url',
          url.startsWith('//') ? `“${url}” (https:${url})` : `“${url}”`,
          'a URL on a Genesys Cloud host, on this origin or on loopback',
          ' For another https host, set the property scriptUrl from script.',
        ] as const,
    ),
    ...[
      'https://apps.mypurecloud.ie@evil.example/x.js',
      'data:text/javascript,1',
      'blob:https://www.example.com/1',
    ].map((url) => ['scriptUrl', url, 'script-url', `“${url}”`, 'an https URL (http on loopback)'] as const),
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
    ...['/cb#x', '/cb#', '//cdn.example/cb', 'www.example.com/cb'].map(
      (url) =>
        [
          'redirectUri',
          url,
          'redirect-uri',
          `“${url}” (${new URL(url, 'https://www.example.com/shop/').href})`,
          'a URL of https://www.example.com without fragment',
        ] as const,
    ),
    [
      'metadataUrl',
      '//user@login.example.com/m.json',
      'metadata-url',
      '“//user@login.example.com/m.json” (https://user@login.example.com/m.json)',
      'an https URL (http on loopback)',
    ],
    ...['blob:https://www.example.com/1', 'javascript:alert(1)', 'https://user@www.example.com/cb'].map(
      (url) =>
        ['redirectUri', url, 'redirect-uri', `“${url}”`, 'a URL of https://www.example.com without fragment'] as const,
    ),
    ['redirectUri', 'https://', 'redirect-uri', '“https://”', 'a URL of https://www.example.com without fragment'],
    ['signInModes', 'silent magic', 'sign-in-modes', '“magic”', 'silent, silent-redirect, popup, redirect'],
    ['authorizeParams', 'a=%E0%A4%A', 'authorize-params', '“a=%E0%A4%A”', 'a query string'],
    ...['-1', 'soon', Infinity, '1.5', '0x10', '1e3', '1e21', 1e21, '+5', '2147483648', '9'.repeat(40), NaN, '٣'].map(
      (written) => ['maxAge', written, 'max-age', `“${written}”`, 'whole seconds from 0 to 2147483647'] as const,
    ),
    ...['constructor', '__proto__', 'toString', 'hasOwnProperty'].flatMap((word) => [
      ['loading', word, 'loading', `“${word}”`, 'eager, idle, interaction'] as const,
      ['renew', word, 'renew', `“${word}”`, 'auto, on-demand, off'] as const,
      ['responseMode', word, 'response-mode', `“${word}”`, 'auto, query, fragment'] as const,
      [
        'signInModes',
        word,
        'sign-in-modes',
        `“${word.toLowerCase()}”`,
        'silent, silent-redirect, popup, redirect',
      ] as const,
    ]),
    ['responseMode', 'form_post', 'response-mode', '“form_post”', 'auto, query, fragment'],
    ['metadataUrl', 'ftp://meta.example/', 'metadata-url', '“ftp://meta.example/”', 'an https URL (http on loopback)'],
    ['renew', 'always', 'renew', '“always”', 'auto, on-demand, off'],
    ['silentTimeout', '0', 'silent-timeout', '“0”', 'seconds, 1 or more'],
    ['silentTimeout', '0x10', 'silent-timeout', '“0x10”', 'seconds, 1 or more'],
    ['silentTimeout', 'Infinity', 'silent-timeout', '“Infinity”', 'seconds, 1 or more'],
    ['popupTimeout', '-5', 'popup-timeout', '“-5”', 'seconds, 1 or more'],
    ['silentTimeout', NaN, 'silent-timeout', '“NaN”', 'seconds, 1 or more'],
    ['popupTimeout', '0.5', 'popup-timeout', '“0.5”', 'seconds, 1 or more'],
    [
      'storageAccessUri',
      'http://login.example.com/ask',
      'storage-access-uri',
      '“http://login.example.com/ask”',
      'an https URL (http on loopback)',
    ],
    [
      'postLogoutRedirectUri',
      'mailto:x@example.com',
      'post-logout-redirect-uri',
      '“mailto:x@example.com”',
      'an http(s) URL',
    ],
  ];
  for (const [property, written, attribute, found, wanted, hint = ''] of rows) {
    it(`${attribute} ${JSON.stringify(written) ?? 'absent'}`, () => {
      const error = configError({ [property]: written });
      expect(error.code).to.equal('config-invalid');
      expect(error.message).to.equal(`Attribute ${attribute}: found ${found}, wanted ${wanted}.`);
      expect(error.hint).to.equal(`Set ${attribute} on <gc-auth-messenger> to ${wanted}.${hint}`);
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
    'code_challenge_anything',
    'dpop_jkt',
    'id_token_hint',
    'State',
    'state[]',
    ' state',
    '%73tate',
  ]) {
    it(`authorize-params may not set ${name}`, () => {
      const error = configError({ authorizeParams: `audience=x&${name}=y` });
      expect(error.code).to.equal('config-invalid');
      expect(error.message).to.contain(`authorize-params: found “${decodeURIComponent(name)}”`);
    });
  }

  for (const name of ['max_age', 'login_hint', 'acr_values', 'ui_locales']) {
    it(`authorize-params may not set ${name}, which has an attribute`, () => {
      const error = configError({ authorizeParams: `${name}=1` });
      expect(error.hint).to.contain(name.replace('_', '-'));
    });
  }

  for (const href of ['about:srcdoc', 'file:///home/ada/shop.html', 'data:text/html,x']) {
    it(`a page at ${href} cannot be, or have, a redirect URI`, () => {
      for (const redirectUri of [undefined, 'javascript:alert(1)//callback.html', 'file:///callback.html', href]) {
        const { message } = configError({ redirectUri }, pageAt(href));
        expect(message).to.contain('redirect-uri').and.to.contain('a page that has an http(s) URL');
      }
    });
  }

  it('a page of an opaque origin has no redirect URI, and one of an app shell none elsewhere', () => {
    const srcdoc = pageAt('about:srcdoc', 'null');
    expect(configError({ redirectUri: '/callback.html' }, srcdoc).message).to.contain('a page that has an http(s) URL');
    const shell = pageAt('app://shop/index.html', 'app://shop');
    for (const redirectUri of [
      'app://other/cb',
      'https://shop/cb',
      'other://shop/cb',
      'javascript:alert(1)',
      '/cb#x',
    ]) {
      expect(configError({ redirectUri }, shell).message).to.contain('a URL of app://shop without fragment');
    }
    const framed = pageAt('about:srcdoc', 'https://shop.example');
    expect(configError({}, framed).message).to.contain('a URL of https://shop.example without fragment');
  });

  it('codeProvider does not make a malformed authority valid', () => {
    expect(configError({ codeProvider: () => undefined, authority: 'login.example.com' }).message).to.contain(
      'authority',
    );
  });

  it('the message contains only the start of a long value', () => {
    expect(configError({ environment: 'x'.repeat(10_000) }).message.length).to.be.below(250);
  });
});
