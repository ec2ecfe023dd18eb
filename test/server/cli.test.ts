import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { commandLine } from '../../scripts/build/bundles.mjs';
import { fitted, progressOn, styled, wrapped } from '../../src/cli/output.js';
import { pieces, widthOf } from '../../src/cli/width.js';
import { cspFor, policyText } from '../../src/doctor/csp.js';
import type { Policy } from '../../src/doctor/csp.js';
import { withEnv } from './with-env.js';
import { Sink } from './sink.js';

interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Inside the package, which the command line knows by its name. */
const file = '.cache/cli-test.mjs';

const run = (...args: string[]): Promise<Answer> => runWith({}, ...args);

const runFile = (path: string, ...args: string[]): Promise<Answer> =>
  new Promise((resolve) => {
    execFile(process.execPath, [path, ...args], (error, stdout, stderr) =>
      resolve({ exitCode: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

const runWith = (variables: Readonly<Record<string, string>>, ...args: string[]): Promise<Answer> =>
  new Promise((resolve) => {
    // The test runner sets it where its own output is coloured.
    const { FORCE_COLOR: _, ...env } = process.env;
    execFile(process.execPath, [file, ...args], { env: { ...env, ...variables } }, (error, stdout, stderr) =>
      resolve({ exitCode: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

const longestLine = (text: string): number => Math.max(...text.split('\n').map(widthOf));

const authority = 'https://login.example.com';
const hash = `sha256-${'A'.repeat(43)}=`;
const long = 'x'.repeat(300);

describe('the command line', () => {
  before(() => build({ ...commandLine, outfile: file }));
  after(() => rm(file));

  it('prints both policies within 80 columns, without colours where it is no terminal', async () => {
    const { exitCode, stdout } = await run('csp', '--environment', 'euw1', '--authority', authority);
    assert.equal(exitCode, 0);
    assert.match(stdout, /Page:[^]*script-src[^]*wss:\/\/webmessaging\.mypurecloud\.ie[^]*Callback page:/);
    assert.ok(longestLine(stdout) <= 80);
    // eslint-disable-next-line no-control-regex -- the start of a colour
    assert.doesNotMatch(stdout, /\u001b/);
  });

  it('says in one sentence what it did not expect, and exits with 2', async () => {
    // Outside the package, whose version it then does not find.
    const folder = await mkdtemp(join(tmpdir(), 'cli-'));
    const alone = join(folder, 'cli.mjs');
    await copyFile(file, alone);
    const { exitCode, stdout, stderr } = await runFile(alone, '--version');
    await rm(folder, { recursive: true });
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(stderr, /^gc-auth-messenger stopped: [^]*package\.json[^]*\.\n$/);
    assert.doesNotMatch(stderr, /\n\s+at /);
  });

  it('prints no colours into a pipe, nor with FORCE_COLOR', async () => {
    for (const args of [[], ['--json']]) {
      const { stdout } = await runWith({ FORCE_COLOR: '1' }, 'csp', '--environment', 'euw1', ...args);
      assert.match(stdout, /script-src/);
      assert.ok(!stdout.includes('\u001b'));
    }
  });

  it('prints what can be pasted: the policies of cspFor(), a directive after the other', async () => {
    const { stdout } = await run('csp', '--environment', 'euw1', '--authority', authority, '--nonce', 'abc');
    const [, page = '', callback = ''] = stdout.split(/\n*(?:Page|Callback page):\n\n/);
    const policies = cspFor({ environment: 'euw1', authority, nonce: 'abc' });
    const oneLine = (text: string): string => text.trim().replace(/\s+/g, ' ').replace(/;$/, '');
    assert.equal(oneLine(page), policyText(policies.page));
    assert.equal(oneLine(callback), policyText(policies.callback));
  });

  it('fits 80 columns whatever the lengths of the sources are', () => {
    for (let length = 1; length < 77; length += 1) {
      const lines = wrapped(['script-src', 'a'.repeat(length), 'b'.repeat(80 - 2 - length), `${'c'.repeat(77)};`]);
      assert.ok(longestLine(lines) <= 80, lines);
    }
  });

  it('does not break a source that is longer than a line', async () => {
    const host = `https://${'a'.repeat(60)}.${'b'.repeat(60)}.example`;
    const { stdout } = await run('csp', '--environment', 'euw1', '--authority', host);
    assert.match(stdout, new RegExp(`^  ${host}$`, 'm'));
  });

  it('prints JSON that is documented', async () => {
    const { stdout } = await run('csp', '--environment', 'euw1', '--json', '--trusted-types');
    const answer = JSON.parse(stdout) as Record<string, { directives: Policy; header: string }>;
    const { page, callback } = cspFor({ environment: 'euw1', trustedTypes: true });
    assert.deepEqual(answer, {
      version: 1,
      page: { directives: page, header: policyText(page) },
      callback: { directives: callback, header: policyText(callback) },
    });
  });

  for (const [args, wanted] of [
    [['--nonce', 'abc'], /^script-src 'nonce-abc' 'strict-dynamic' 'self'/],
    [['--nonce', 'abc', '--host-list'], /^script-src 'nonce-abc' 'self'/],
    [
      ['--hash', hash, '--hash', `'${hash.replace('A', 'B')}'`],
      /^script-src 'sha256-A+=' 'sha256-BA+=' 'strict-dynamic'/,
    ],
    [['--hash', hash, '--host-list'], /^script-src 'sha256-A+=' 'self'/],
    [['--bundle', 'https://cdn.example/x.js'], /^script-src 'self' https:\/\/cdn\.example /],
    [
      ['--page', 'https://www.example.com/a', '--bundle', 'https://www.example.com/x.js'],
      /^script-src 'self' https:\/\/apps/,
    ],
    [['--metadata-url', 'https://meta.example/x'], /connect-src 'self' https:\/\/meta\.example /],
    [['--authorization-endpoint', 'https://pool.example/x'], /frame-src 'self' https:\/\/pool\.example /],
    [['--sign-in-modes', 'redirect'], /frame-src https:\/\/apps/],
    [['--redirect-uri', '/callback.html'], /frame-src 'self' https:\/\/login/],
    [
      ['--storage-access-uri', 'https://id.example/x'],
      /frame-src 'self' https:\/\/login\.example\.com https:\/\/id\.example /,
    ],
    [['--script-url', 'https://proxy.example/x.js'], /script-src [^;]*https:\/\/proxy\.example/],
    [['--environment', 'use2.us-gov-pure.cloud'], /shyrka-fedramp-use2-core\.s3-fips\.us-east-2\.amazonaws\.com/],
    [
      ['--client-id', 'x', '--debug', '--disable-pkce', '--max-age', '5', '--scope', 'openid', '--lang', 'de'],
      /^script-src/,
    ],
  ] as const) {
    it(`takes ${args.join(' ')}`, async () => {
      const { stdout, stderr } = await run('csp', '--environment', 'euw1', '--authority', authority, ...args, '--json');
      assert.equal(stderr, '');
      assert.match((JSON.parse(stdout) as { page: { header: string } }).page.header, wanted);
    });
  }

  it('says where Genesys publishes nothing', async () => {
    const { stdout } = await run('csp', '--environment', 'eusc-edee1-core');
    assert.match(stdout, /Not known: the upload host of eusc-edee1-core/);
    assert.ok(longestLine(stdout) <= 80, stdout);
  });

  for (const [args, wanted] of [
    [['--help'], /csp +The Content-Security-Policy/],
    [['help'], /csp +The Content-Security-Policy/],
    [['-h'], /csp +The Content-Security-Policy/],
    [['csp', '--help'], /--page[^]*--environment[^]*--client-id[^]*--strict-dynamic[^]*"version"/],
    [['csp', '-h'], /--environment/],
    [['help', 'csp'], /--environment/],
    [['--version'], /^\d+\.\d+\.\d+/],
    [['-v'], /^\d+\.\d+\.\d+/],
  ] as const) {
    it(`answers ${args.join(' ')} within 80 columns`, async () => {
      const { exitCode, stdout, stderr } = await run(...args);
      assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
      assert.match(stdout, wanted);
      assert.ok(longestLine(stdout) <= 80);
    });
  }

  for (const [args, wanted] of [
    [[], /Usage/],
    [['cps'], /no command cps\. Did you mean csp\?/],
    [['--verison'], /no command --verison\. Did you mean --version\?/],
    [['toString'], /no command toString\.\n/],
    [['help', 'cps'], /no command cps\. Did you mean csp\?/],
    [[long], /There is no command/],
    [['csp'], /--environment is required/],
    [['csp', '--environment'], /--environment <value>' argument missing/],
    [['csp', '--enviroment', 'euw1'], /no option --enviroment\. Did you mean --environment\?/],
    [['csp', '--environment', 'euw1', '--clientid', 'x'], /no option --clientid\. Did you mean --client-id\?/],
    [['csp', '--environment', 'euw1', `--${long}`], /no option\s+--x+/],
    [['csp', 'euw1'], /Unexpected argument 'euw1'/],
    [['csp', '--environment', 'mars'], /Attribute environment: found “mars”/],
    [['csp', '--environment', long], /Attribute environment: found/],
    [['csp', '--environment', 'euw1', '--authority', ''], /Attribute authority: found nothing/],
    [['csp', '--environment', 'euw1', '--authority', 'https://[::1]'], /a policy can name\s+no IP address/],
    [['csp', '--environment', 'euw1', '--nonce', ''], /Option nonce: found “”, wanted base64/],
    [['csp', '--environment', 'euw1', '--nonce', `\u001b[31m${long}`], /Option nonce: found\s+“\uFFFD\[31mx/],
    [['csp', '--environment', 'euw1', '--strict-dynamic'], /Option strict-dynamic: found “neither nonce nor hash”/],
    [['csp', '--environment', 'euw1', '--nonce', 'a', '--strict-dynamic', '--host-list'], /not both/],
  ] as const) {
    it(`exits with 2 and says what is wrong within 80 columns: ${args.join(' ').slice(0, 70)}`, async () => {
      const { exitCode, stdout, stderr } = await run(...args);
      assert.equal(exitCode, 2);
      assert.match(stdout + stderr, wanted);
      assert.ok(longestLine(stdout + stderr) <= 80, stdout + stderr);
      // eslint-disable-next-line no-control-regex -- what a terminal would obey
      assert.doesNotMatch(stderr, /\u001b/);
    });
  }
});

describe('the output', () => {
  const bold = '\u001b[1mx\u001b[22m';

  for (const [variables, onTerminal] of [
    [{ TERM: 'xterm-256color' }, bold],
    [{ TERM: 'dumb' }, 'x'],
    [{ TERM: 'xterm-256color', NO_COLOR: '1' }, 'x'],
    [{ TERM: 'xterm-256color', FORCE_COLOR: '0' }, 'x'],
    [{ TERM: 'dumb', FORCE_COLOR: '1' }, bold],
  ] as const) {
    it(`has colours with ${JSON.stringify(variables)}: ${onTerminal === 'x' ? 'never' : 'on a terminal'}`, () =>
      withEnv(variables, () => {
        assert.equal(styled('bold', 'x', new Sink(true)), onTerminal);
        assert.equal(styled('bold', 'x', new Sink()), 'x');
      }));
  }

  it('breaks long lines between words, and longer words inside', () => {
    assert.equal(fitted('a b\nc'), 'a b\nc');
    assert.equal(fitted(`${'a'.repeat(79)} b`), `${'a'.repeat(79)}\nb`);
    assert.equal(fitted(`a ${'b'.repeat(81)}`), `a\n${'b'.repeat(80)}\nb`);
  });

  for (const [text, width] of [
    ['', 0],
    ['abc', 3],
    ['日本語', 6],
    ['ｱｲｳ', 3],
    ['한국어', 6],
    ['e\u0301', 1],
    ['😀', 2],
    ['☺\uFE0F', 2],
    ['🇩🇪', 2],
    ['ä…“”', 4],
  ] as const) {
    it(`counts ${width} columns for “${text}”`, () => assert.equal(widthOf(text), width));
  }

  it('breaks lines by their columns, and loses nothing', () => {
    const texts = [
      '利用者が認証を拒否しました。',
      '로그인 이 필요합니다 ',
      '😀😀 ',
      'e\u0301',
      'ｱﾞ ',
      'क\u093E',
      '🇩🇪',
      'a日 ',
    ];
    for (const text of [...texts, texts.join('')].map((each) => each.repeat(60))) {
      for (const lines of [fitted(text), wrapped(pieces(text, 78)), fitted(`Found: ${text}`)].map((all) =>
        all.split('\n'),
      )) {
        for (const line of lines) assert.ok(widthOf(line) <= 80, line);
        assert.equal(lines.join('').replace(/\s|^Found:/g, ''), text.replace(/\s/g, ''));
      }
    }
    assert.deepEqual(pieces(`a${'日'.repeat(3)}`, 4), ['a日', '日日']);
    // A letter with more marks than a line has columns.
    for (const piece of pieces(`क${'\u093E'.repeat(200)}`, 80)) assert.ok(widthOf(piece) <= 80);
  });

  it('says what is done now on one line', () => {
    const stream = new Sink(true);
    progressOn(stream).show('日本'.repeat(40));
    assert.equal(stream.text, `\r\u001b[K${'日本'.repeat(20).slice(0, 39)}`);
  });
});

describe('the callback page', () => {
  it('has the inline style whose hash its policy allows, and no other inline code', () => {
    const html = readFileSync('src/oidc/callback/callback.html', 'utf8');
    const [style, ...others] = Array.from(html.matchAll(/<style>([^]*?)<\/style>/g), ([, text = '']) => text);
    const digest = createHash('sha256')
      .update(style ?? '')
      .digest('base64');
    assert.deepEqual(cspFor({ environment: 'euw1' }).callback['style-src'], [`'sha256-${digest}'`]);
    assert.deepEqual(others, []);
    assert.doesNotMatch(html, /<script>|\s(style|on\w+)=/);
  });
});
