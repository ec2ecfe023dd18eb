import { expect } from '@open-wc/testing';
import { examine } from '../../src/doctor/doctor.js';
import type { Facts } from '../../src/doctor/facts.js';
import { readHtml } from '../../src/doctor/page/read-html.js';
import { configOf } from '../support/fixtures.js';

const origin = 'https://www.example.com';
const redirectUri = `${origin}/callback.html`;
const shipped = '<script src="callback.js"></script>';
const cached = { 'cache-control': 'max-age=3600', 'no-vary-search': 'params' };

/** The rows of the callback page that are answered so. */
function checked(headers: Readonly<Record<string, string>>, body = shipped, changes: Facts = {}) {
  const lower = Object.entries({ 'Content-Type': 'text/html; charset=utf-8', ...headers }).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  const answer = { url: redirectUri, status: 200, headers: { ...cached, ...Object.fromEntries(lower) }, body };
  const markup = readHtml(body, redirectUri);
  const facts: Facts = {
    config: configOf(),
    page: { url: `${origin}/` },
    callback: { answer, ...(markup && { markup }) },
    ...changes,
  };
  return examine(facts).checks.filter(({ name }) => name === 'callback page');
}

const csp = (policy: string) => ({ 'Content-Security-Policy': policy });

describe('the check of the callback page', () => {
  for (const [what, body] of [
    ['the shipped page', shipped],
    ['a page that loads the bundle as a module', '<script type="module" src="/gc-auth-messenger.js"></script>'],
    ['a page that loads the bundle as a classic script', '<script src="/gc-auth-messenger.iife.js"></script>'],
  ] as const) {
    it(`is content with ${what}`, () => {
      expect(checked({}, body)).to.eql([{ id: 'callback', name: 'callback page', ok: true, found: redirectUri }]);
    });
  }

  it('is content with the page itself, however it came by the bundle', () => {
    const [check] = checked({}, '', { callback: { isPage: true } });
    expect(check).to.eql({ id: 'callback', name: 'callback page', ok: true, found: 'this page itself' });
  });

  const faulty: ReadonlyArray<readonly [string, string, Readonly<Record<string, string>>, string?]> = [
    ['callback-frame-options', 'X-Frame-Options', { 'X-Frame-Options': 'DENY' }],
    ['callback-frame-options', 'X-Frame-Options', { 'X-Frame-Options': 'deny, SAMEORIGIN' }],
    ['callback-attachment', 'attachment; filename', { 'Content-Disposition': 'attachment; filename=callback.html' }],
    ['callback-attachment', 'Attachment', { 'Content-Disposition': 'Attachment' }],
    ['callback-attachment', 'form-data', { 'Content-Disposition': 'form-data' }],
    ['callback-type', 'text/plain', { 'Content-Type': 'text/plain', 'X-Content-Type-Options': 'nosniff' }],
    ['callback-type', 'application/octet-stream', { 'Content-Type': 'application/octet-stream' }],
    ['callback-type', 'json', { 'Content-Type': 'application/json', 'X-Content-Type-Options': 'nosniff' }],
    ['callback-type', 'text/html-x', { 'Content-Type': 'text/html-x' }],
    ['callback-frame-ancestors', "'none'", csp("frame-ancestors 'none'")],
    ['callback-frame-ancestors', 'frame-ancestors', csp('frame-ancestors')],
    ['callback-frame-ancestors', 'other.example', csp('Frame-Ancestors https://other.example')],
    ['callback-frame-ancestors', 'frame-ancestors', csp("script-src 'self', frame-ancestors 'none'")],
    ['callback-sandbox', 'sandbox', csp('sandbox')],
    ['callback-sandbox', 'allow-same-origin', csp("default-src 'self'; sandbox allow-same-origin")],
    ['callback-policy', 'script-src ', csp("script-src 'nonce-xyz' 'strict-dynamic'")],
    ['callback-policy', 'script-src ', csp("script-src 'self' https: 'nonce-xyz' 'strict-dynamic'")],
    ['callback-policy', 'script-src ', csp("default-src 'self'; script-src 'none'")],
    ['callback-policy', 'script-src ', csp("script-src 'sha256-AAAA'")],
    ['callback-policy', 'script-src-elem', csp("script-src 'self'; script-src-elem https://cdn.example")],
    ['callback-policy', 'default-src', csp("default-src 'none'; img-src 'self'")],
    [
      'callback-policy',
      'https://cdn.example/gc-auth-messenger.js',
      csp("script-src 'self'"),
      '<script src="https://cdn.example/gc-auth-messenger.js" type="module"></script>',
    ],
  ];
  for (const [id, named, headers, body] of faulty) {
    it(`finds fault with ${JSON.stringify(headers)}, and names it`, () => {
      const [check, ...others] = checked(headers, body);
      expect(others).to.eql([]);
      expect(check).to.include({ id, ok: false });
      expect(check!.found).to.contain(named);
      expect(check!.hint).to.match(/\w/);
    });
  }

  it('says nothing of markup that it may not read, but for a page that cannot load the script at all', () => {
    const unread = (body: string) => {
      const headers = { 'content-type': 'text/html', ...cached };
      return checked({}, body, { callback: { answer: { url: redirectUri, status: 200, headers, body } } })[0];
    };
    expect(unread('<!-- <script src="callback.js"></script> -->')).to.include({ ok: true });
    expect(unread('<title>Shop</title>')).to.include({ id: 'callback-script-missing' });
  });

  it('ignores what forbids frames where none are used', () => {
    const framesUnused = { config: configOf({ signInModes: ['popup'] }) };
    expect(checked({ 'X-Frame-Options': 'DENY' }, shipped, framesUnused)[0]).to.include({ ok: true });
    expect(checked(csp("frame-ancestors 'none'"), shipped, framesUnused)[0]).to.include({ ok: true });
    expect(checked(csp("script-src 'none'"), shipped, framesUnused)[0]).to.include({ ok: false });
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
    [csp(`frame-ancestors ${origin}`)],
    [csp('frame-ancestors www.example.com')],
    [csp('frame-ancestors *.example.com')],
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
  for (const [headers, body] of fine) {
    it(`is content with ${JSON.stringify(headers)}${body ? ` and ${body}` : ''}`, () => {
      expect(checked(headers, body)).to.eql([{ id: 'callback', name: 'callback page', ok: true, found: redirectUri }]);
    });
  }
});
