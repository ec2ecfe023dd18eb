import { expect } from '@open-wc/testing';
import { targetOf } from '../../../src/oidc/callback/answer-url.js';
import { makeRequest } from '../../support/signin-request.js';

describe('an authorization request', () => {
  it('asks for a code, with state, nonce and PKCE', async () => {
    const { request, params, stored } = await makeRequest();
    expect(Object.fromEntries(params)).to.deep.equal({
      tenant: 'acme',
      client_id: 'messenger-web',
      redirect_uri: `${location.origin}/callback.html`,
      response_type: 'code',
      response_mode: 'fragment',
      scope: 'openid',
      state: request.state,
      nonce: (await stored()).nonce,
      code_challenge: params.get('code_challenge'),
      code_challenge_method: 'S256',
    });
  });

  it('keeps the verifier in the state store and sends its SHA-256 (RFC 7636 §4.2)', async () => {
    const { request, params, stored } = await makeRequest();
    const { code_verifier: codeVerifier = '' } = await stored();
    expect(codeVerifier).to.match(/^[\w.~-]{43,128}$/);
    expect(request.url).not.to.contain(codeVerifier);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
    const bytes = Uint8Array.from(atob(params.get('code_challenge')!.replace(/-/g, '+').replace(/_/g, '/')), (c) =>
      c.charCodeAt(0),
    );
    expect([...bytes]).to.deep.equal([...new Uint8Array(digest)]);
  });

  it('never has a secret of another one', async () => {
    const secrets = async () => {
      const { request, stored } = await makeRequest();
      const { nonce, code_verifier: verifier } = await stored();
      return [request.state, nonce, verifier];
    };
    expect(new Set([...(await secrets()), ...(await secrets())]).size).to.equal(6);
  });

  it('has every parameter that was configured', async () => {
    const { params, stored } = await makeRequest({
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
    expect((await stored()).data).to.include({ maxAge: 0 });
  });

  it('writes spaces as %20, which every reader of a query understands, and a plus as %2B', async () => {
    const { request } = await makeRequest({
      scope: 'openid offline_access',
      uiLocales: 'de fr',
      loginHint: 'alice+chat@example.com',
      authorizeParams: [['note', 'a b+c']],
    });
    expect(request.url).to.contain('scope=openid%20offline_access&');
    expect(request.url).to.contain('ui_locales=de%20fr');
    expect(request.url).to.contain('note=a%20b%2Bc');
    expect(request.url).to.contain('login_hint=alice%2Bchat%40example.com');
    expect(request.url).not.to.contain('+');
  });

  for (const redirectUri of [
    'https://shop.test',
    'https://shop.test:443/cb',
    'https://SHOP.test/cb',
    'https://shop.test/cb?name=jürgen',
  ]) {
    it(`sends the redirect URI as it was written: ${redirectUri}`, async () => {
      const { params, request } = await makeRequest({ redirectUri });
      expect([params.get('redirect_uri'), request.redirectUri]).to.deep.equal([redirectUri, redirectUri]);
    });
  }

  it('can do without PKCE, but not without a nonce', async () => {
    const { params, stored } = await makeRequest({ disablePkce: true });
    expect(await stored()).not.to.have.property('code_verifier');
    expect(params.has('code_challenge') || params.has('code_challenge_method')).to.equal(false);
    expect(params.get('nonce')).to.have.lengthOf.above(20);
  });

  it('asks for silence with prompt=none, and for the default response mode by naming none', async () => {
    const { params } = await makeRequest({}, { target: 's', responseMode: 'query' });
    expect(params.get('prompt')).to.equal('none');
    expect(params.has('response_mode')).to.equal(false);
  });

  for (const target of ['s', 'p', 'r'] as const) {
    it(`says in its state where the answer belongs: ${target}`, async () => {
      const { request, params } = await makeRequest({}, { target, responseMode: 'query' });
      expect(targetOf(request.state)).to.equal(target);
      expect(params.get('prompt')).to.equal(target === 's' ? 'none' : null);
    });
  }

  it('remembers who must answer', async () => {
    const issuer = 'https://login.example.com:443/';
    const announcing = {
      authorization_endpoint: 'https://login.example.com/authorize',
      issuer,
      authorization_response_iss_parameter_supported: true,
    };
    expect((await (await makeRequest()).stored()).data).to.deep.equal({
      issuer: 'https://login.example.com',
      issRequired: false,
    });
    expect((await (await makeRequest({}, { metadata: announcing })).stored()).data).to.deep.equal({
      issuer,
      issRequired: true,
    });
  });
});
