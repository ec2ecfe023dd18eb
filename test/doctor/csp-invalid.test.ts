import { expect } from '@open-wc/testing';
import { array, assert as property, constantFrom, oneof, property as holds, string, tuple, webUrl } from 'fast-check';
import { GcAuthError } from '../../src/core/errors.js';
import { cspFor, policyText } from '../../src/doctor/csp.js';
import type { CspOptions } from '../../src/doctor/csp.js';

const environment = 'prod-euw1';

const errorOf = (options: CspOptions): GcAuthError | undefined => {
  try {
    cspFor(options);
    return undefined;
  } catch (thrown) {
    return thrown as GcAuthError;
  }
};

/** Options whose value is a URL of another host. */
const urls = ['authority', 'metadataUrl', 'authorizationEndpoint', 'storageAccessUri', 'scriptUrl', 'bundle'] as const;

const optionsWith = (name: string, value: unknown): CspOptions => ({
  environment,
  authority: 'https://login.example.com',
  [name]: value,
});

describe('cspFor() refuses', () => {
  for (const url of [
    'http://login.example.com',
    'http://localhost.example.com',
    'http://evil.127.0.0.1',
    'http://127.0.0.1.example.com',
    'http://127.0.0.2',
    'https://10.0.0.1',
    'https://192.168.1.5:8443/',
    'https://3232235777',
    'https://[::1]:8443',
    'http://[::1]:9000',
    'https://[2001:db8::1]/realms/shop',
    'https://[::ffff:127.0.0.1]',
    'https://a..b',
    'https://.example.com',
    'https://example.com.',
    'https://my_host.example',
    'https://*.example.com',
    'https://*',
    'https://',
    'https://user:pass@example.com',
    'https://a.example:99999',
    'https://a.example; script-src *',
    "https://a.example 'unsafe-inline'",
    'https://a.example,https://b.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://a.example',
  ]) {
    for (const name of urls) {
      it(`${name} “${url}”`, () => {
        const error = errorOf(optionsWith(name, url));
        expect(error).to.be.instanceOf(GcAuthError);
        expect(error?.code).to.equal('config-invalid');
        const written = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        expect(error?.message).to.match(new RegExp(`^(Attribute|Option) ${written}: found `));
        expect(error?.hint).not.to.equal('');
      });
    }
  }

  it('an IPv6 address with the reason', () => {
    expect(errorOf(optionsWith('authority', 'https://[2001:db8::1]'))?.message).to.equal(
      'Option authority: found “https://[2001:db8::1]”, wanted a host name: a policy can name no IP address other than 127.0.0.1.',
    );
  });

  for (const [name, value] of [
    ['environment', 'mars'],
    ['environment', ''],
    ['authority', 'login.example.com'],
    ['authority', ''],
    ['authority', '/realms/shop'],
    ['bundle', ''],
    ['page', '/account'],
    ['page', ''],
    ['page', 'http://www.example.com/'],
    ['page', 'about:blank'],
    ['redirectUri', 'http://www.example.com/callback.html'],
    ['redirectUri', 'javascript:alert(1)'],
    ['signInModes', 'silent; script-src *'],
    ['nonce', ''],
    ['nonce', "x' 'unsafe-inline"],
    ['nonce', 'x; script-src *'],
    ['nonce', 'x\n'],
    ['nonce', '{random}'],
    ['nonce', 'abc==='],
    ['hashes', ['']],
    ['hashes', ['sha256-abc']],
    ['hashes', [`sha1-${'A'.repeat(27)}=`]],
    ['hashes', [`sha384-${'A'.repeat(43)}=`]],
    ['hashes', [`sha256-${'A'.repeat(44)}`]],
    ['hashes', [`sha256-${'A'.repeat(43)}=; script-src *`]],
    ['hashes', [`'sha256-${'A'.repeat(43)}='`, "'unsafe-inline'"]],
    ['strictDynamic', true],
  ] as const) {
    it(`${name} ${JSON.stringify(value)}`, () => {
      const error = errorOf(optionsWith(name, value));
      expect(error?.code).to.equal('config-invalid');
      const written = name === 'hashes' ? 'hash' : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      // “strict-dynamic” lacks another option.
      expect(error?.message).to.match(new RegExp(`^(Attribute|Option) ${written}: found `));
    });
  }

  it('a redirect URI on another origin than the page', () => {
    const options = { environment, page: 'https://www.example.com/', redirectUri: 'https://example.com/callback.html' };
    expect(errorOf(options)?.message).to.equal(
      'Attribute redirect-uri: found “https://example.com/callback.html”, wanted a URL of https://www.example.com without fragment.',
    );
  });

  it('everything else that could add a directive or an invalid source', () => {
    const hostSource = /^(https?|wss?):\/\/(\*\.)?[a-z\d-]+(\.[a-z\d-]+)*(:\d+)?$/;
    const keyword = /^'(self|none|script|strict-dynamic|nonce-[\w+/-]+={0,2}|sha(256|384|512)-[\w+/-]+={0,2})'$/;
    const names = Object.keys(cspFor({ environment }).page);
    const part = oneof(
      webUrl(),
      string({ unit: 'binary' }),
      constantFrom(
        ..."; , ' \n \t * @ # \\ // : . .. https: http://localhost 127.0.0.1 [::1] 'unsafe-inline' script-src".split(
          ' ',
        ),
      ),
    );
    const option = constantFrom(
      ...urls,
      'redirectUri',
      'page',
      'nonce',
      'hashes',
      'environment',
      'signInModes',
      'clientId',
    );
    property(
      holds(tuple(option, array(part, { minLength: 1, maxLength: 4 })), ([name, parts]) => {
        const text = parts.join('');
        const options = optionsWith(name, name === 'hashes' ? [text] : text);
        const error = errorOf(options);
        expect(error?.code).to.be.oneOf([undefined, 'config-invalid']);
        const { page } = error ? cspFor({ environment }) : cspFor(options);
        expect(
          policyText(page)
            .split(';')
            .map((directive) => directive.trim().split(' ')[0]),
        ).to.eql(names);
        for (const source of Object.values(page).flat()) {
          expect(hostSource.test(source) || keyword.test(source), source).to.equal(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
