import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { doctor } from '../../src/cli/doctor.js';
import { lined, report } from '../../src/cli/doctor/report.js';
import { readPage } from '../../src/cli/doctor/read-page.js';
import { lookFor, sameSite } from '../../src/cli/doctor/look.js';
import { request } from '../../src/cli/doctor/request.js';
import { widthOf } from '../../src/cli/width.js';
import type { Check } from '../../src/core/diagnosis.js';
import { faults, harmless } from '../doctor/faults.js';
import { answerTo, deploymentId, healthySite } from '../doctor/site.js';
import type { Site } from '../doctor/site.js';
import { withEnv } from './with-env.js';
import { Sink } from './sink.js';

let site: Site | undefined;
const servers: Server[] = [];
const ports: number[] = [];

before(async () => {
  // The test runner sets it where its own output is coloured.
  delete process.env['FORCE_COLOR'];
  for (let index = 0; index < 3; index++) {
    const server = createServer((request, response) => {
      // The provider has two names, of which one is of another site.
      const provider = site && new URL(site.origins.provider);
      const host = Number(provider?.port) === ports[index] ? provider?.hostname : 'localhost';
      const answer = site && answerTo(site, `http://${host ?? ''}:${String(ports[index])}${request.url ?? '/'}`);
      if (!answer) return void request.socket.destroy();
      const cookies = answer.cookies && { 'set-cookie': answer.cookies };
      response.writeHead(answer.status, { ...answer.headers, ...cookies }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    servers.push(server);
    ports.push((server.address() as AddressInfo).port);
  }
});

after(() => servers.forEach((server) => server.close()));

const healthy = (crossSite = false): Site =>
  healthySite({
    page: `http://localhost:${String(ports[0])}`,
    provider: `http://${crossSite ? '127.0.0.1' : 'localhost'}:${String(ports[1])}`,
    genesys: `http://localhost:${String(ports[2])}`,
  });

/** What the command prints, and its exit code. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err] = [new Sink(), new Sink()];
  const code = await doctor(args, { out, err });
  return { code, out: out.text, err: err.text };
}

interface Result {
  version: number;
  ok: boolean;
  checks: ReadonlyArray<Omit<Check, 'ok'> & { ok: boolean | null }>;
}

async function runOn(planted: Site, ...args: string[]): Promise<{ code: number; out: string; result: Result }> {
  site = planted;
  const { code, out } = await run('--page', `${planted.origins.page}/`, '--json', ...args);
  return { code, out, result: JSON.parse(out) as Result };
}

/** It ends with a full stop, or with what is to be copied. */
const sentence = /^\S.*[^.\s]\.$|^Add to [\w-]+: \S.*\S$/;

describe('gc-auth-messenger doctor', () => {
  it('finds nothing in a set-up where everything is right', async () => {
    const { code, result } = await runOn(healthy());
    assert.deepEqual(
      result.checks.filter(({ why, ok }) => why !== undefined || ok === false),
      [],
    );
    assert.deepEqual([code, result.ok, result.version], [0, true, 1]);
    const unknown = result.checks.filter(({ ok }) => ok === null).map(({ id }) => id);
    assert.deepEqual(unknown, ['storage'], 'sees everything else');
  });

  for (const { id, title, plant, doors, crossSite } of faults) {
    it(`${title}: ${doors === 'page' ? 'no false alarm' : id}`, async () => {
      const planted = healthy(crossSite);
      plant(planted);
      planted.dead = planted.dead.filter((address) => doors !== 'page' || address === '');
      const { code, out, result } = await runOn(planted);
      const found = result.checks.filter(({ why }) => why !== undefined);
      assert.deepEqual(
        found.map((finding) => finding.id),
        doors === 'page' ? [] : [id],
        JSON.stringify(found),
      );
      for (const { found: seen, hint } of found) for (const text of [seen, hint]) assert.match(text!, sentence);
      assert.equal(code, found.some(({ ok }) => ok === false) ? 1 : 0);
      assert.doesNotMatch(out, /secret/);
    });
  }

  for (const { title, plant } of harmless) {
    it(`is content with ${title}`, async () => {
      const planted = healthy();
      plant(planted);
      const { code, result } = await runOn(planted);
      assert.deepEqual(
        result.checks.filter(({ why }) => why !== undefined),
        [],
      );
      assert.equal(code, 0);
    });
  }

  it('could not look at a page whose bundle makes no element, though its script tag has a data attribute', async () => {
    site = { ...healthy(), body: '<script data-cfasync="false" src="/gc-auth-messenger.iife.js"></script>' };
    const { code, err } = await run('--page', `${site.origins.page}/`);
    assert.equal(code, 2);
    assert.match(err, /If script adds it, give its attributes\s+as options/);
  });

  it('takes the attributes as options, also without a page', async () => {
    site = healthy();
    const options = Object.entries(site.attributes).flatMap(([name, value]) => [`--${name}`, value]);
    const { code, out } = await run('--json', ...options);
    const { checks } = JSON.parse(out) as Result;
    assert.deepEqual(
      checks.filter(({ why }) => why !== undefined),
      [],
    );
    assert.equal(code, 0);
    const { result } = await runOn(healthy(), '--client-id', '<client-id>');
    assert.deepEqual(
      result.checks.filter(({ ok }) => ok === false).map(({ id }) => id),
      ['attribute-placeholder'],
    );
  });

  it('writes lines of at most 80 columns without colours, and says why, what to do, and where to read more', async () => {
    const planted = healthy();
    planted.callback.headers['x-frame-options'] = 'DENY';
    planted.attributes['post-logout-redirect-uri'] = `${planted.origins.page}/${'bye/'.repeat(40)}`;
    delete planted.metadata['end_session_endpoint'];
    site = planted;
    const { out, code } = await run('--page', `${planted.origins.page}/`);
    assert.equal(code, 1);
    assert.deepEqual(
      out.split('\n').filter((line) => widthOf(line) > 80),
      [],
    );
    assert.ok(!out.includes('\u001b'));
    assert.match(
      out,
      /✗ callback page: callback-frame-options\n[^]*Why: [^]*Do: [^]*docs\/doctor\.md#callback-frame-options/,
    );
    assert.match(out, /\n2 wrong, 0 to improve, 1 not known, \d+ fine\n$/);
  });

  for (const [what, args, said] of [
    ['without a page', [], /--page or --redirect-uri is required/],
    ['with an unknown option', ['--pge', 'x'], /no option --pge\. Did you mean --page\?/],
    ['with a page that is no URL', ['--page', 'shop'], /--page must be an http or https URL/],
  ] as const) {
    it(`could not look ${what}: 2`, async () => {
      const { code, out, err } = await run(...args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, said);
    });
  }

  it('could not look at a page that is not there, or has no tag: 2', async () => {
    const planted = healthy();
    site = planted;
    planted.dead.push(`${planted.origins.page}/`);
    const gone = await run('--page', `${planted.origins.page}/`);
    assert.equal(gone.code, 2);
    assert.match(gone.err, /^The page could not be reached/);
    const missing = await run('--page', `${planted.origins.page}/missing`);
    assert.equal(missing.code, 2);
    assert.match(missing.err, /answered 404/);
    const other = await run('--page', `${planted.origins.page}/callback.js`);
    assert.equal(other.code, 2);
    assert.match(other.err, /has no <gc-auth-messenger>/);
  });

  it('prints its help: 0', async () => {
    const { code, out } = await run('--help');
    assert.equal(code, 0);
    assert.match(out, /Usage: gc-auth-messenger doctor --page/);
    for (const line of out.split('\n')) assert.ok(widthOf(line) <= 80, line);
  });
});

describe('readPage()', () => {
  const url = new URL('https://www.example.com/shop/');
  const read = (html: string) => readPage(html, url);

  it('reads the tag, also in a declarative shadow root', () => {
    const tag = `<gc-auth-messenger client-id="a&amp;b" DEBUG></gc-auth-messenger>`;
    const attributes = { 'client-id': 'a&b', debug: '' };
    assert.deepEqual(read(`<main>${tag}</main>`).attributes, attributes);
    assert.deepEqual(read(`<div><template shadowrootmode="open">${tag}</template></div>`).attributes, attributes);
    assert.equal(read(`<template>${tag}</template>`).attributes, undefined);
    assert.equal(read(`<!-- ${tag} --><script>"${tag}"</script>`).attributes, undefined);
  });

  it('reads the script tag, whose attributes win over those of a placeholder', () => {
    const script = (more: string) => `<script src="/gc-auth-messenger.iife.js" ${more}></script>`;
    assert.deepEqual(read(script('data-client-id="a" async')).attributes, { 'client-id': 'a' });
    const place = '<div data-gc-auth-messenger data-client-id="b" data-scope="openid"></div>';
    assert.deepEqual(read(script('data-mount data-client-id="a"') + place).attributes, {
      'client-id': 'a',
      scope: 'openid',
    });
    assert.equal(read(script('') + place).attributes, undefined);
  });

  const all = 'data-deployment-id="a" data-client-id="b"';
  const place = '<div data-gc-auth-messenger data-client-id="c"></div>';
  for (const [what, html, tags, attributes] of [
    [
      'a bundle of another name',
      `<script src="/assets/chat.js" ${all}></script>`,
      1,
      { 'deployment-id': 'a', 'client-id': 'b' },
    ],
    ['the client of another vendor', '<script src="/other.js" data-client-id="x"></script>', 0],
    ['a data attribute that is not ours', '<script data-cfasync="false" src="gc-auth-messenger.iife.js"></script>', 0],
    ['a module with attributes', `<script type="module" src="gc-auth-messenger.js" ${all}></script>`, 0],
    [
      'a copy without attributes before it',
      `<script src="a/gc-auth-messenger.iife.js"></script><script src="gc-auth-messenger.iife.js" ${all}></script>`,
      0,
    ],
    ['two copies', `<script src="gc-auth-messenger.iife.js" ${all}></script>`.repeat(2), 1],
    [
      'tag and script tag',
      `<script src="gc-auth-messenger.iife.js" ${all}></script><gc-auth-messenger scope="x"></gc-auth-messenger>`,
      2,
      { scope: 'x' },
    ],
    [
      'two placeholders',
      `<script src="gc-auth-messenger.iife.js" data-mount></script>${place}${place}`,
      2,
      { 'client-id': 'c' },
    ],
    ['no placeholder', `<script src="gc-auth-messenger.iife.js" data-mount ${all}></script>`, 1],
    [
      'the stand-in before it',
      `<script src="https://cdn.example/gc-auth-messenger/testing/genesys-stand-in.js"></script><script src="chat.js" ${all}></script>`,
      1,
    ],
  ] as const) {
    it(`counts the elements of ${what} as the bundle does: ${tags}`, () => {
      const found = read(html);
      assert.equal(found.tags, tags);
      assert.equal(found.attributes === undefined, tags === 0);
      if (attributes) assert.deepEqual(found.attributes, attributes);
    });
  }

  it('takes a bundle of another name for one, with its nonce and its hashes', () => {
    const { bundles } = read(`<script src="/chat.js" nonce="n" integrity="sha256-A sha384-B" ${all}></script>`);
    const url = 'https://www.example.com/chat.js';
    assert.deepEqual(bundles, [{ url, nonce: 'n', integrity: ['sha256-A', 'sha384-B'], module: false }]);
    const [waiting] = read('<script type="text/plain" src="/gc-auth-messenger.iife.js"></script>').bundles;
    assert.equal(waiting?.inert, true);
  });

  it('resolves scripts against <base>, and reads policies and snippets', () => {
    const { bundles, metaPolicies, snippet, tags } = read(`<base href="https://cdn.example/1/">
      <meta http-equiv="Content-Security-Policy" content="img-src 'self'">
      <script type=module src="gc-auth-messenger.js"></script><script src="other.js"></script>
      <script>load({ environment: 'prod', deploymentId: '${deploymentId}' })</script><gc-auth-messenger>`);
    assert.deepEqual(bundles, [{ url: 'https://cdn.example/1/gc-auth-messenger.js', module: true }]);
    assert.deepEqual(metaPolicies, ["img-src 'self'"]);
    assert.deepEqual(snippet, { deploymentId });
    assert.equal(tags, 1);
  });
});

describe('request()', () => {
  for (const url of ['htps://a.example/', 'file:///etc/hosts', 'data:text/javascript,1', 'capacitor://localhost/']) {
    it(`has no answer of ${url}, and says why`, async () => {
      const scheme = new URL(url).protocol;
      const detail = `${scheme} is neither http: nor https:`;
      assert.deepEqual(await request(url, {}), { failed: 'unreachable', detail });
      assert.deepEqual(await lookFor(undefined)(url, 'script'), { failed: 'unreachable', detail });
    });
  }

  it('has no answer where a header cannot be sent', async () => {
    const answer = await request('http://localhost:1/', { cookie: 'a=\u{1f4ac}' });
    assert.deepEqual(answer, { failed: 'unreachable', detail: 'ERR_INVALID_CHAR' });
  });
});

describe('sameSite()', () => {
  for (const [one, other, expected] of [
    ['https://www.example.com', 'https://login.example.com', true],
    ['https://www.example.co.uk', 'https://login.example.co.uk', true],
    ['https://a.co.uk', 'https://b.co.uk', false],
    ['https://a.github.io', 'https://b.github.io', false],
    ['https://www.example.com', 'http://login.example.com', false],
    ['http://localhost:1', 'http://localhost:2', true],
    ['http://localhost:1', 'http://127.0.0.1:1', false],
  ] as const) {
    it(`${one} and ${other}: ${String(expected)}`, () => {
      assert.equal(sameSite(new URL(one), new URL(other)), expected);
    });
  }
});

describe('the report', () => {
  it('prints no control characters of a page or a provider', () => {
    const evil = 'a\u001b]0;title\u0007\u001b[2Jb\u009bc\u202ed';
    assert.doesNotMatch(lined(evil, '  '), /[\p{Cc}\p{Cf}]/u);
    assert.match(lined(evil, '  '), /^ {2}a.*d$/);
  });

  it('colours its report by the rule of the other commands', () => {
    const result = { ok: false, checks: [{ id: 'a', name: 'b', ok: false, found: 'c', why: 'd' }] };
    const coloured = '\u001b[31m✗ b: a\u001b[39m';
    withEnv({ TERM: 'xterm-256color' }, () => {
      assert.ok(report(result, new Sink(true)).startsWith(coloured));
      assert.ok(report(result, new Sink()).startsWith('✗ b: a\n'));
    });
    withEnv({ NO_COLOR: '1' }, () => assert.ok(report(result, new Sink(true)).startsWith('✗ b: a\n')));
  });

  it('breaks what is longer than a line, and loses nothing', () => {
    const japanese = '利用者が認証を拒否しました。'.repeat(20);
    const texts = [
      'a b c',
      'x'.repeat(300),
      `${'word '.repeat(40)}https://${'y'.repeat(200)} end`,
      japanese,
      `😀 ${japanese}`,
    ];
    for (const text of texts) {
      const lines = lined(text, '  ', '      ').split('\n');
      for (const line of lines) assert.ok(widthOf(line) <= 80, line);
      assert.equal(lines.join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
    }
  });
});
