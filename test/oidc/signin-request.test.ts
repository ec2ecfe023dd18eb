import { expect } from '@open-wc/testing';
import type { OidcConfig } from '../../src/core/config.js';
import { kindOf } from '../../src/oidc/answer-url.js';
import { createSigninRequest } from '../../src/oidc/signin-request.js';
import type { SigninRequest, SigninRequestOptions } from '../../src/oidc/signin-request.js';
import { oidcConfig } from '../support/oidc-config.js';

const metadata = { authorization_endpoint: 'https://login.example.com/authorize?tenant=acme' };

async function create(
  changes: Partial<OidcConfig> = {},
  options: SigninRequestOptions = { kind: 'p', responseMode: 'fragment' },
) {
  const request = await createSigninRequest(oidcConfig(changes), metadata, options);
  return [request, new URL(request.url).searchParams] as const;
}

const secretsOf = ({ state, nonce, codeVerifier }: SigninRequest) => [state, nonce, codeVerifier];

describe('an authorization request', () => {
  it('asks for a code, with state, nonce and PKCE', async () => {
    const [request, params] = await create();
    expect(Object.fromEntries(params)).to.deep.equal({
      tenant: 'acme',
      client_id: 'messenger-web',
      redirect_uri: `${location.origin}/callback.html`,
      response_type: 'code',
      response_mode: 'fragment',
      scope: 'openid',
      state: request.state,
      nonce: request.nonce,
      code_challenge: params.get('code_challenge'),
      code_challenge_method: 'S256',
    });
  });

  it('keeps the verifier to itself and sends its SHA-256 (RFC 7636 §4.2)', async () => {
    const [{ codeVerifier = '', url }, params] = await create();
    expect(codeVerifier).to.match(/^[\w.~-]{43,128}$/);
    expect(url).not.to.contain(codeVerifier);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
    const bytes = Uint8Array.from(atob(params.get('code_challenge')!.replace(/-/g, '+').replace(/_/g, '/')), (c) =>
      c.charCodeAt(0),
    );
    expect([...bytes]).to.deep.equal([...new Uint8Array(digest)]);
  });

  it('never has a secret of another one', async () => {
    const [[one], [other]] = await Promise.all([create(), create()]);
    expect(new Set([...secretsOf(one), ...secretsOf(other)]).size).to.equal(6);
  });

  it('carries every parameter that was configured', async () => {
    const [request, params] = await create({
      scope: 'openid offline_access',
      authorizeParams: [
        ['audience', 'genesys'],
        ['resource', 'a'],
        ['resource', 'b'],
      ],
      loginHint: 'alice@example.com',
      acrValues: 'urn:mfa',
      maxAge: 0,
      uiLocales: 'de fr',
    });
    expect(params.get('scope')).to.equal('openid offline_access');
    expect(params.get('audience')).to.equal('genesys');
    expect(params.getAll('resource')).to.deep.equal(['a', 'b']);
    expect(params.get('login_hint')).to.equal('alice@example.com');
    expect(params.get('acr_values')).to.equal('urn:mfa');
    expect(params.get('max_age')).to.equal('0');
    expect(params.get('ui_locales')).to.equal('de fr');
    expect(request.maxAge).to.equal(0);
  });

  it('can go without PKCE, but not without a nonce', async () => {
    const [request, params] = await create({ disablePkce: true });
    expect(request).not.to.have.property('codeVerifier');
    expect(params.has('code_challenge') || params.has('code_challenge_method')).to.equal(false);
    expect(params.get('nonce')).to.have.lengthOf.above(20);
  });

  it('asks for silence with prompt=none, and for the default response mode by saying nothing', async () => {
    const [, params] = await create({}, { kind: 's', responseMode: 'query' });
    expect(params.get('prompt')).to.equal('none');
    expect(params.has('response_mode')).to.equal(false);
  });

  for (const kind of ['s', 'p', 'r'] as const) {
    it(`tells by its state where the answer belongs: ${kind}`, async () => {
      const [{ state }, params] = await create({}, { kind, responseMode: 'query' });
      expect(kindOf(state)).to.equal(kind);
      expect(params.get('prompt')).to.equal(kind === 's' ? 'none' : null);
    });
  }
});
