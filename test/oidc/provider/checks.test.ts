import { expect } from '@open-wc/testing';
import { callbackCheck, providerCheck } from '../../../src/oidc/provider/checks.js';
import { oidcConfig } from '../../support/oidc-config.js';
import { windowWith } from '../../support/window-with.js';

const redirectUri = `${location.origin}/callback.html`;

const serving = (answer: () => Response): Window => windowWith({ fetch: () => Promise.resolve(answer()) });

const callbackAt = (url: string, answer: () => Response) =>
  callbackCheck(oidcConfig({ redirectUri: url }), serving(answer));

describe('the check of the callback page', () => {
  for (const [what, html] of [
    ['the shipped page', '<script src="callback.js"></script>'],
    ['a page that loads the bundle as a module', '<script type="module" src="/gc-auth-messenger.js"></script>'],
    ['a page that loads the bundle as a classic script', '<script src="/gc-auth-messenger.iife.js"></script>'],
  ] as const) {
    it(`is content with ${what}`, async () => {
      const check = await callbackAt(redirectUri, () => new Response(html));
      expect(check).to.eql({ name: 'callback page', ok: true, found: redirectUri });
    });
  }

  it('is content with the page itself, however it came by the bundle, and does not fetch it', async () => {
    const own = location.href.replace(/[?#].*/s, '');
    const check = await callbackAt(own, () => {
      throw new Error('fetched');
    });
    expect(check).to.eql({ name: 'callback page', ok: true, found: 'this page itself' });
  });

  for (const [what, answer, found] of [
    ['a missing page', () => new Response('', { status: 404 }), 'answered 404'],
    [
      'a router’s page for every path',
      () => new Response('<title>Shop</title>'),
      'loads neither callback.js nor the bundle',
    ],
    ['a page that cannot be read', () => Response.error(), 'answered 0'],
  ] as const) {
    it(`finds fault with ${what}, and says what to do`, async () => {
      const check = await callbackAt(redirectUri, answer);
      expect(check).to.include({ ok: false, found: `${redirectUri} ${found}` });
      expect(check.hint).to.include(redirectUri);
    });
  }
});

describe('the check of the provider', () => {
  const authorization_endpoint = 'https://login.example.com/authorize';

  it('says whether the provider can sign people out', async () => {
    const found = async (metadata: object) =>
      (await providerCheck(oidcConfig({ metadata: { authorization_endpoint, ...metadata } }), window)).found;
    expect(await found({ end_session_endpoint: 'https://login.example.com/end' })).to.include(' with ');
    expect(await found({})).to.include(' without ');
  });

  it('finds fault with another issuer, and says what to do', async () => {
    const metadata = { authorization_endpoint, issuer: 'https://other.example' };
    const check = await providerCheck(oidcConfig({ metadata }), window);
    expect(check.ok).to.equal(false);
    expect(check.found).to.include('https://other.example');
    expect(check.hint).to.match(/authority/);
  });
});
