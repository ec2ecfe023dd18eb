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

describe('the check of the headers of the callback page', () => {
  const html = { 'Content-Type': 'text/html; charset=utf-8' };
  const shipped = '<script src="callback.js"></script>';
  const csp = (policy: string) => ({ 'Content-Security-Policy': policy });
  const checked = (headers: Readonly<Record<string, string>>, page = shipped) =>
    callbackAt(redirectUri, () => new Response(page, { headers: { ...html, ...headers } }));

  const faulty: ReadonlyArray<readonly [string, Readonly<Record<string, string>>, string?]> = [
    ['X-Frame-Options: DENY', { 'X-Frame-Options': 'DENY' }],
    ['X-Frame-Options: deny', { 'X-Frame-Options': 'deny, SAMEORIGIN' }],
    [
      'Content-Disposition: attachment; filename=callback.html',
      { 'Content-Disposition': 'attachment; filename=callback.html' },
    ],
    ['Content-Disposition: Attachment', { 'Content-Disposition': 'Attachment' }],
    ['Content-Disposition: form-data', { 'Content-Disposition': 'form-data' }],
    ['Content-Type: text/plain', { 'Content-Type': 'text/plain', 'X-Content-Type-Options': 'nosniff' }],
    ['Content-Type: application/octet-stream', { 'Content-Type': 'application/octet-stream' }],
    ['Content-Type: application/json', { 'Content-Type': 'application/json', 'X-Content-Type-Options': 'nosniff' }],
    ['Content-Type: text/html-x', { 'Content-Type': 'text/html-x' }],
    ['Content-Security-Policy: frame-ancestors', csp("frame-ancestors 'none'")],
    ['Content-Security-Policy: frame-ancestors', csp('frame-ancestors')],
    ['Content-Security-Policy: frame-ancestors', csp('Frame-Ancestors https://other.example')],
    ['Content-Security-Policy: frame-ancestors', csp("script-src 'self', frame-ancestors 'none'")],
    ['Content-Security-Policy: sandbox', csp('sandbox')],
    ['Content-Security-Policy: sandbox', csp("default-src 'self'; sandbox allow-same-origin")],
    ['Content-Security-Policy: script-src', csp("script-src 'nonce-xyz' 'strict-dynamic'")],
    ['Content-Security-Policy: script-src', csp("script-src 'self' https: 'nonce-xyz' 'strict-dynamic'")],
    ['Content-Security-Policy: script-src', csp("default-src 'self'; script-src 'none'")],
    ['Content-Security-Policy: script-src', csp("script-src 'sha256-AAAA'")],
    ['Content-Security-Policy: script-src-elem', csp("script-src 'self'; script-src-elem https://cdn.example")],
    ['Content-Security-Policy: default-src', csp("default-src 'none'; img-src 'self'")],
    [
      'Content-Security-Policy: script-src',
      csp("script-src 'self'"),
      '<script src="https://cdn.example/gc-auth-messenger.js" type="module"></script>',
    ],
  ];
  for (const [found, headers, page] of faulty) {
    it(`finds fault with ${JSON.stringify(headers)}, and names it`, async () => {
      const check = await checked(headers, page);
      expect(check).to.include({ ok: false, found: `${redirectUri} is served with ${found}` });
      expect(check.hint).to.contain('headers');
    });
  }

  it('ignores what forbids frames where none are used', async () => {
    const check = (headers: Readonly<Record<string, string>>) =>
      callbackCheck(
        oidcConfig({ redirectUri }),
        serving(() => new Response(shipped, { headers: { ...html, ...headers } })),
        false,
      );
    expect(await check({ 'X-Frame-Options': 'DENY' })).to.include({ ok: true });
    expect(await check(csp("frame-ancestors 'none'"))).to.include({ ok: true });
    expect(await check(csp("script-src 'none'"))).to.include({ ok: false });
  });

  const fine: ReadonlyArray<readonly [Readonly<Record<string, string>>, string?]> = [
    [{ 'X-Frame-Options': 'SAMEORIGIN' }],
    [{ 'X-Frame-Options': 'DENY', ...csp("frame-ancestors 'self'") }],
    [{ 'X-Content-Type-Options': 'nosniff' }],
    [{ 'Content-Type': 'TEXT/HTML', 'X-Content-Type-Options': 'nosniff' }],
    [{ 'Content-Type': 'application/xhtml+xml' }],
    [{ 'Content-Disposition': 'inline; filename="callback.html"' }],
    [{ 'Content-Security-Policy-Report-Only': "frame-ancestors 'none'; script-src 'none'" }],
    [csp("frame-ancestors 'self'; script-src 'self'; object-src 'none'")],
    [csp(`frame-ancestors ${location.origin}`)],
    [csp(`frame-ancestors ${location.host}`)],
    [csp('frame-ancestors http: https:')],
    [csp('frame-ancestors *; script-src *')],
    [csp("default-src 'none'; script-src 'self'")],
    [csp("script-src-attr 'none'; style-src 'none'")],
    [csp('sandbox allow-scripts allow-same-origin')],
    [csp("script-src 'nonce-xyz' 'strict-dynamic'"), '<script nonce="xyz" src="callback.js"></script>'],
    [csp("script-src 'sha256-AAAA'"), '<script src="callback.js" integrity="sha256-AAAA"></script>'],
    [csp('script-src https://cdn.example'), '<script src="https://cdn.example/gc-auth-messenger.js"></script>'],
    [csp('script-src https:'), '<script src=https://cdn.example/gc-auth-messenger.js></script>'],
    [csp("script-src 'none'"), '<script type="module">import "/gc-auth-messenger.js"</script>'],
  ];
  for (const [headers, page] of fine) {
    it(`is content with ${JSON.stringify(headers)}${page ? ` and ${page}` : ''}`, async () => {
      expect(await checked(headers, page)).to.eql({ name: 'callback page', ok: true, found: redirectUri });
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
