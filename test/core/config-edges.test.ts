import { expect } from '@open-wc/testing';
import { isLoopback } from '../../src/core/script-url.js';
import { configError, minimalConfig, pageAt, readWith } from '../support/harness-config.js';

describe('the identity of a configuration', () => {
  const page = pageAt('https://www.example.com/');
  let identity = '';
  before(() => {
    identity = readWith().identity;
  });

  it('is the same for the same person and the same provider', () => {
    expect(readWith().identity).to.equal(identity);
    expect(readWith({ scope: 'openid email', silentTimeout: '7', renew: 'off' }, page).identity).to.equal(identity);
    expect(readWith({ codeProvider: () => 1 }).identity).to.equal(readWith({ codeProvider: () => 2 }).identity);
  });

  for (const [name, value] of Object.entries({
    authority: 'https://other.example.com',
    clientId: 'other',
    loginHint: 'ada@example.com',
    acrValues: 'urn:level:2',
    maxAge: '60',
    codeProvider: () => 1,
  })) {
    it(`changes with ${name}`, () => expect(readWith({ [name]: value }).identity).to.not.equal(identity));
  }
});

describe('an attribute is read', () => {
  it('as a whole: no text before or after a deployment ID', () => {
    const { deploymentId } = minimalConfig;
    for (const text of [`x${String(deploymentId)}`, `${String(deploymentId)}x`]) {
      expect(configError({ deploymentId: text }).message).to.contain('a UUID');
    }
  });

  for (const [text, ms] of [
    ['1', 1_000],
    ['1.25', 1_250],
    ['12.5', 12_500],
    ['1e2', 100_000],
    ['1e+2', 100_000],
    ['1E2', 100_000],
    ['999999999', 2 ** 31 - 1],
  ] as const) {
    it(`a timeout of ${text} s as ${ms} ms`, () =>
      expect(readWith({ silentTimeout: text }).silentTimeoutMs).to.equal(ms));
  }

  for (const text of ['0.999', '1.', '.5', '1e-1', '1e400', '1s', 's1', '1 1']) {
    it(`${text} as no timeout`, () => expect(configError({ silentTimeout: text }).code).to.equal('config-invalid'));
  }

  for (const [text, pairs] of [
    ['?a=b', [['a', 'b']]],
    ['a=b?c', [['a', 'b?c']]],
    [
      'a=b&&c',
      [
        ['a', 'b'],
        ['c', ''],
      ],
    ],
    ['a=b=c', [['a', 'b=c']]],
    ['a+b=%2B', [['a b', '+']]],
  ] as const) {
    it(`authorize-params="${text}"`, () => {
      expect(readWith({ authorizeParams: text }).oidc.authorizeParams).to.eql(pairs);
    });
  }

  it('authorize-params, without those of the element, in whatever spelling', () => {
    for (const name of ['state', 'STATE', 'state[0]', 'state[a][b]', ' state ', 'code_challenge_method']) {
      const error = configError({ authorizeParams: `${encodeURIComponent(name)}=x` });
      expect(error.message).to.contain('wanted parameters that the element does not set itself');
    }
    expect(readWith({ authorizeParams: 'my_state=1' }).oidc.authorizeParams).to.eql([['my_state', '1']]);
  });
});

describe('a URL is kept', () => {
  for (const [written, kept] of [
    ['https://www.example.com/CB', 'https://www.example.com/CB'],
    ['HTTPS://WWW.example.com/cb', 'HTTPS://WWW.example.com/cb'],
    ['/cb?u=https://x', 'https://www.example.com/cb?u=https://x'],
  ] as const) {
    it(`as it was written: ${written}`, () =>
      expect(readWith({ redirectUri: written }).oidc.redirectUri).to.equal(kept));
  }

  it('as it was written, on http pages, too', () => {
    const page = pageAt('http://localhost:8080/shop');
    const redirectUri = 'HTTP://localhost:8080/cb';
    expect(readWith({ redirectUri }, page).oidc.redirectUri).to.equal(redirectUri);
  });

  it('as the redirect URI of the page, without its query and fragment', () => {
    const page = pageAt('https://www.example.com/shop?a=1#b\nc');
    expect(readWith({}, page).oidc.redirectUri).to.equal('https://www.example.com/shop');
  });
});

describe('isLoopback()', () => {
  for (const [hostname, loopback] of [
    ['localhost', true],
    ['shop.localhost', true],
    ['127.0.0.1', true],
    ['127.100.200.250', true],
    ['[::1]', true],
    ['notlocalhost', false],
    ['localhost.example', false],
    ['x127.0.0.1', false],
    ['127.0.0.1.example', false],
    ['127.0.0', false],
    ['[::1]x', false],
    ['x[::1]', false],
    ['.localhost', false],
  ] as const) {
    it(`${hostname}: ${loopback}`, () => expect(isLoopback({ hostname })).to.equal(loopback));
  }
});
