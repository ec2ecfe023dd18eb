import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { csp } from '../../src/cli/csp.js';
import { cspFor, policyText } from '../../src/doctor/csp.js';
import { Sink } from './sink.js';

const authority = 'https://login.example.com';

const pages: Readonly<Record<string, string>> = {
  '/shop/': `<script type="module" src="https://cdn.example/gc-auth-messenger.js"></script>
    <gc-auth-messenger class="x" environment="prod-euc1" authority="${authority}" client-id="a"
      redirect-uri="callback.html" sign-in-modes="popup"></gc-auth-messenger>`,
  '/script': `<script src="/gc-auth-messenger.iife.js" data-environment="euw1" data-authority="${authority}"></script>`,
  '/no-environment': '<gc-auth-messenger client-id="a"></gc-auth-messenger>',
  '/mars': '<gc-auth-messenger environment="mars"></gc-auth-messenger>',
  '/empty': '',
};

const server = createServer(({ url }, response) => {
  if (url === '/moved') return void response.writeHead(302, { location: '/shop/' }).end();
  const body = pages[url ?? ''];
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(body);
});
let origin = '';

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err] = [new Sink(), new Sink()];
  const code = await csp(args, { out, err });
  return { code, out: out.text, err: err.text };
}

async function read(...args: string[]): Promise<{ header: string; tag: unknown }> {
  const { code, out } = await run(...args, '--json');
  assert.equal(code, 0);
  const { page, tag } = JSON.parse(out) as { page: { header: string }; tag: unknown };
  return { header: page.header, tag };
}

const fits = (text: string): void =>
  assert.ok(
    text.split('\n').every((line) => line.length <= 80),
    text,
  );

describe('gc-auth-messenger csp --page', () => {
  before(async () => {
    // The test runner sets it where its own output is coloured.
    delete process.env['FORCE_COLOR'];
    await new Promise<void>((resolve) => server.listen(0, resolve));
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  it('takes attributes, address and bundle from the page, also after a redirect', async () => {
    for (const path of ['/shop/', '/moved']) {
      const { header, tag } = await read('--page', origin + path);
      const attributes = { 'redirect-uri': 'callback.html', 'sign-in-modes': 'popup' };
      assert.deepEqual(tag, { environment: 'prod-euc1', authority, 'client-id': 'a', ...attributes });
      const options = { environment: 'prod-euc1', authority, redirectUri: 'callback.html', signInModes: 'popup' };
      const page = `${origin}/shop/`;
      assert.equal(header, policyText(cspFor({ ...options, bundle: 'https://cdn.example/', page }).page));
    }
  });

  it('takes the attributes of a script tag', async () => {
    const { header } = await read('--page', `${origin}/script`);
    assert.equal(header, policyText(cspFor({ environment: 'euw1', authority }).page));
  });

  it('prefers the options', async () => {
    const more = ['--environment', 'euw1', '--sign-in-modes', 'silent', '--bundle', `${origin}/x.js`];
    const { header } = await read('--page', `${origin}/shop/`, ...more);
    assert.equal(header, policyText(cspFor({ environment: 'euw1', authority }).page));
  });

  for (const [path, reason] of [
    ['/empty', 'The page has no <gc-auth-messenger>. The policies are those of the options alone.'],
    ['/missing', 'The page answered 404. The policies are those of the options alone.'],
  ] as const) {
    it(`does without ${path} where the options have the environment, and says so`, async () => {
      const args = ['--page', origin + path, '--environment', 'euw1'];
      const { code, out } = await run(...args);
      assert.equal(code, 0);
      assert.ok(out.replace(/\s+/g, ' ').includes(reason), out);
      fits(out);
      assert.equal((await read(...args)).tag, null);
    });
  }

  for (const [path, wanted] of [
    ['/empty', /The page has no <gc-auth-messenger>\. Give --environment/],
    ['/missing', /The page answered 404\. Give --environment/],
    ['/no-environment', /Its tag has no environment\./],
    ['/mars', /Attribute environment: found “mars”/],
  ] as const) {
    it(`exits with 2 and says why ${path} is not enough`, async () => {
      const { code, err } = await run('--page', origin + path);
      assert.equal(code, 2);
      assert.match(err, wanted);
      fits(err);
    });
  }

  it('exits with 2 where nothing answers, and for an address that is none', async () => {
    const { code, err } = await run('--page', 'http://localhost:1/');
    assert.equal(code, 2);
    assert.match(err, /^The page .+\. Give --environment/);
    for (const more of [[], ['--environment', 'euw1']]) {
      for (const page of ['shop', 'ftp://www.example.com/', 'https://[', '']) {
        const refused = await run('--page', page, ...more);
        assert.deepEqual([refused.code, refused.err.trim()], [2, '--page must be an http or https URL.']);
      }
    }
  });
});
