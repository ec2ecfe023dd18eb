import { expect } from '@open-wc/testing';
import { assert as property, property as holds, string } from 'fast-check';
import { allEnvironments, domainsOf } from '../../src/core/environments.js';
import type { GcAuthError } from '../../src/core/errors.js';
import { cspFor, policyText } from '../../src/doctor/csp.js';
import type { CspOptions } from '../../src/doctor/csp.js';

const authority = 'https://login.example.com';

const errorOf = (options: CspOptions): GcAuthError | undefined => {
  try {
    cspFor(options);
    return undefined;
  } catch (thrown) {
    return thrown as GcAuthError;
  }
};

describe('cspFor()', () => {
  for (const environment of allEnvironments()) {
    it(`allows both domains of ${environment.name}, where there are two`, () => {
      const { page } = cspFor({ environment: environment.name, authority });
      for (const domain of domainsOf(environment)) {
        expect(page['script-src']).to.include(`https://apps.${domain}`);
        expect(page['connect-src']).to.include.members([`https://api.${domain}`, `wss://webmessaging.${domain}`]);
        expect(page['frame-src']).to.include(`https://apps.${domain}`);
      }
    });
  }

  it('allows the provider for discovery and for the hidden frame, by its origin', () => {
    const { page } = cspFor({ environment: 'euw1', authority: 'https://login.example.com:8443/realms/shop' });
    expect(page['connect-src']).to.include('https://login.example.com:8443');
    expect(page['frame-src']).to.include('https://login.example.com:8443');
    expect(policyText(page)).not.to.contain('realms');
  });

  it('needs no provider with codeProvider', () => {
    expect(cspFor({ environment: 'euw1' }).page['frame-src']).to.eql([
      "'self'",
      'https://apps.mypurecloud.ie',
      'https://apps.euw1.pure.cloud',
    ]);
  });

  it('allows scripts by a nonce in place of their hosts', () => {
    const { page } = cspFor({ environment: 'euw1', authority, nonce: 'r4nd0m==', bundle: 'https://cdn.example/x.js' });
    expect(page['script-src']).to.eql(["'nonce-r4nd0m=='", "'strict-dynamic'"]);
  });

  it('names the policy that Trusted Types need', () => {
    expect(policyText(cspFor({ environment: 'euw1', trustedTypes: true }).page)).to.contain(
      "require-trusted-types-for 'script'; trusted-types gc-auth-messenger",
    );
  });

  it('lets only this origin frame the callback page', () => {
    expect(policyText(cspFor({ environment: 'euw1' }).callback)).to.equal(
      "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    );
  });

  for (const [option, options] of [
    ['environment', { environment: 'mars' }],
    ['authority', { environment: 'euw1', authority: 'login.example.com' }],
    ['authority', { environment: 'euw1', authority: 'http://login.example.com' }],
    ['authority', { environment: 'euw1', authority: 'https://*.example.com' }],
    ['authority', { environment: 'euw1', authority: 'http://localhost.example.com' }],
    ['script-url', { environment: 'euw1', scriptUrl: 'https://a.example; script-src *' }],
    ['bundle', { environment: 'euw1', bundle: "'unsafe-inline'" }],
    ['nonce', { environment: 'euw1', nonce: "x' 'unsafe-inline" }],
    ['nonce', { environment: 'euw1', nonce: 'x; script-src *' }],
    ['nonce', { environment: 'euw1', nonce: '' }],
  ] as const) {
    it(`says so: ${JSON.stringify(options)}`, () => {
      const error = errorOf(options);
      expect(error?.code).to.equal('config-invalid');
      expect(error?.message).to.contain(`Option ${option}: found`);
    });
  }

  it('has no directive that a value brings along', () => {
    const names = Object.keys(cspFor({ environment: 'euw1' }).page);
    property(
      holds(string({ unit: 'binary' }), (text) => {
        for (const options of [
          { authority: `https://a.example${text}` },
          { scriptUrl: `https://a.example/${text}` },
          { redirectUri: text },
          { nonce: text },
        ]) {
          const error = errorOf({ environment: 'euw1', ...options });
          if (error) continue;
          const written = policyText(cspFor({ environment: 'euw1', ...options }).page);
          expect(written.split(';').map((directive) => directive.trim().split(' ')[0])).to.eql(names);
        }
      }),
    );
  });
});
