import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { chromium, type Browser } from 'playwright-core';
import { bundles } from '../../scripts/build/bundles.mjs';
import { chromiumArgs, requireChromium } from '../../scripts/engines/chromium.mjs';
import { localeCodes } from '../../src/element/locale-for.js';

const sources = 'src/element/locales';
const files = localeCodes.map((code) => `locales/${code}.js`).sort();

async function stringsOf(file: string): Promise<Record<string, string>> {
  const { default: strings } = (await import(resolve('dist', file))) as { default: Record<string, string> };
  return strings;
}

describe('the languages in the package', () => {
  it('have a file each, in the sources, beside the bundles and beside the modules', () => {
    const names = (folder: string, ending: string) =>
      readdirSync(folder)
        .filter((file) => file.endsWith(ending) && !file.endsWith(`.d${ending}`))
        .map((file) => `locales/${file.slice(0, -ending.length)}.js`)
        .sort();
    assert.deepEqual(names(sources, '.ts'), files);
    assert.deepEqual(names('dist/locales', '.js'), files);
    assert.deepEqual(names('dist/element/locales', '.js'), files);
  });

  it('are in integrity.json', () => {
    const hashes = JSON.parse(readFileSync('dist/integrity.json', 'utf8')) as Record<string, string>;
    assert.deepEqual(
      Object.keys(hashes).filter((file) => file.includes('/')),
      files,
    );
    for (const file of files) {
      const digest = createHash('sha384')
        .update(readFileSync(join('dist', file)))
        .digest('base64');
      assert.equal(hashes[file], `sha384-${digest}`);
    }
  });

  it('can be imported by their names', async () => {
    // Not as a literal: types are checked before there is a build.
    const byName: string = 'gc-auth-messenger/locales/de.js';
    const { default: german } = (await import(byName)) as { default: { signIn: string } };
    assert.equal(german.signIn, (await stringsOf('locales/de.js'))['signIn']);
    assert.ok(existsSync('dist/element/locales/de.d.ts'));
  });

  it('are not in the bundles, English aside', async () => {
    for (const { file } of [bundles.module, bundles.iife]) {
      const text = readFileSync(join('dist', file), 'utf8');
      // A classic script has them as escapes.
      const plain = text.replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
      assert.ok(plain.includes('Sign in to chat with us.'), file);
      for (const locale of files) {
        for (const [key, value] of Object.entries(await stringsOf(locale))) {
          // Buttons of one word may be found by chance.
          if (/\s/.test(value) || value.length > 12) assert.ok(!plain.includes(value), `${file}: ${key} of ${locale}`);
        }
      }
    }
  });

  it('are chunks of their own in the build of a bundler', async () => {
    const { outputFiles } = await build({
      stdin: { contents: `import 'gc-auth-messenger/define.js';`, resolveDir: '.' },
      bundle: true,
      splitting: true,
      outdir: '.cache/chunks',
      write: false,
      format: 'esm',
      charset: 'utf8',
      logLevel: 'error',
    });
    const { signIn } = await stringsOf('locales/de.js');
    const withGerman = outputFiles.filter(({ text }) => text.includes(signIn!));
    assert.equal(withGerman.length, 1);
    assert.doesNotMatch(withGerman[0]!.text, /customElements/);
    assert.ok(outputFiles.length > files.length);
  });
});

describe('the language of a bundle', () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArgs });
  });
  after(() => browser.close());

  const site = 'https://www.site.example';
  const cdn = 'https://cdn.example/v1';
  const english = 'Open chat';
  const german = 'Chat öffnen';

  interface Given {
    /** The tag of the bundle, or whatever loads it. */
    readonly script: string;
    readonly csp?: string;
    readonly lang?: string;
    /** Of the other host. Default: the files of `dist`, with CORS. */
    readonly cdn?: (path: string) => { status?: number; headers?: Record<string, string>; body?: string } | undefined;
  }

  /** Opens a page with a launcher; `name()` is its accessible name. */
  async function open({ script, csp, lang = 'de', cdn: other = () => undefined }: Given) {
    const page = await browser.newPage();
    const requests: string[] = [];
    const problems: string[] = [];
    page.on('pageerror', ({ message }) => problems.push(message));
    const html = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Site</title>${script}<body>
      <gc-auth-messenger loading="interaction" deployment-id="3f0c2f3a-1c1f-4b58-9a29-3f6f7c2f1a10"
        environment="prod-euw1" authority="https://login.example.com" client-id="messenger-web"></gc-auth-messenger>`;
    await page.route('**/*', (route) => {
      const { origin, pathname, href } = new URL(route.request().url());
      if (/\/locales\//.test(href)) requests.push(href);
      if (origin === site && pathname === '/') {
        const headers = csp ? { 'content-security-policy': csp } : {};
        return route.fulfill({ contentType: 'text/html', body: html, headers });
      }
      const file = pathname.replace(/^\/(v1|own)\//, 'dist/');
      const cors = { 'access-control-allow-origin': '*' };
      const answer = origin === site ? undefined : other(pathname);
      if (answer)
        return route.fulfill({ contentType: 'text/javascript', ...answer, headers: { ...cors, ...answer.headers } });
      if (!existsSync(file)) return route.fulfill({ status: 404, headers: cors });
      return route.fulfill({ contentType: 'text/javascript', body: readFileSync(file), headers: cors });
    });
    await page.goto(`${site}/`);
    const launcher = page.locator('gc-auth-messenger button');
    return {
      page,
      requests,
      problems,
      name: () => launcher.getAttribute('aria-label'),
      becomes: (name: string) => page.getByRole('button', { name, exact: true }).waitFor({ timeout: 20_000 }),
    };
  }

  const module = `<script type="module" src="${cdn}/gc-auth-messenger.js"></script>`;
  const classic = `<script defer src="${cdn}/gc-auth-messenger.iife.js"></script>`;
  const withNonce = (tag: string) => tag.replace('<script', '<script nonce="n1"');
  const trustedTypes = `require-trusted-types-for 'script'; trusted-types gc-auth-messenger`;

  const ways: Readonly<Record<string, Given>> = {
    'a module': { script: module },
    'a classic script': { script: classic },
    'a classic script with crossorigin': { script: classic.replace('defer', 'defer crossorigin') },
    'a classic script that is not deferred': { script: classic.replace('defer ', '') },
    'a classic script without a scheme': { script: classic.replace('https:', '') },
    'a classic script of the same host': { script: classic.replace(cdn, '/own') },
    'a module of the same host': { script: module.replace(cdn, '/own') },
    'a script that is inserted by script': {
      script: `<script>document.head.append(Object.assign(document.createElement('script'), {src: '${cdn}/gc-auth-messenger.iife.js'}))</script>`,
    },
    'a page with an element that has the name of a member of document': {
      script: `<img name="currentScript">${classic.replace('defer ', '')}`,
    },
    'a module under a policy that allows its host': {
      script: module,
      csp: `script-src https://cdn.example; ${trustedTypes}`,
    },
    'a classic script under a policy that allows its host': {
      script: classic,
      csp: `script-src https://cdn.example; ${trustedTypes}`,
    },
    'a module with a nonce': { script: withNonce(module), csp: `script-src 'nonce-n1'; ${trustedTypes}` },
    'a classic script with a nonce': { script: withNonce(classic), csp: `script-src 'nonce-n1'; ${trustedTypes}` },
    'a policy with strict-dynamic': { script: withNonce(classic), csp: `script-src 'nonce-n1' 'strict-dynamic'` },
  };
  for (const [way, given] of Object.entries(ways)) {
    it(`comes from beside ${way}`, async () => {
      const { page, becomes, requests, problems } = await open(given);
      await becomes(german);
      const folder = given.script.includes('/own/') ? `${site}/own` : cdn;
      assert.deepEqual(new Set(requests), new Set([`${folder}/locales/de.js`]));
      assert.deepEqual(problems, []);
      await page.close();
    });
  }

  it('changes with lang', async () => {
    const { page, becomes } = await open({ script: classic });
    await becomes(german);
    for (const [lang, name] of [
      ['pt', 'Abrir o chat'],
      ['zh-Hant', '開啟聊天'],
      ['iw', 'פתיחת הצ׳אט'],
    ] as const) {
      await page.evaluate((tag) => (document.querySelector('gc-auth-messenger')!.lang = tag), lang);
      await becomes(name);
    }
    await page.close();
  });

  it('is not fetched for English', async () => {
    for (const lang of ['en', 'en-GB', 'eu', '']) {
      const { page, becomes, requests } = await open({ script: module, lang });
      await becomes(english);
      await page.waitForTimeout(100);
      assert.deepEqual(requests, []);
      await page.close();
    }
  });

  const failures: Readonly<Record<string, Given>> = {
    'the file is missing': {
      script: module,
      cdn: (path) => (path.includes('/locales/') ? { status: 404 } : undefined),
    },
    'the file of a classic script is missing': {
      script: classic,
      cdn: (path) => (path.includes('/locales/') ? { status: 404 } : undefined),
    },
    'the file is a page': {
      script: module,
      cdn: (path) =>
        path.includes('/locales/') ? { body: '<!doctype html>', headers: { 'content-type': 'text/html' } } : undefined,
    },
    'the file has something else': {
      script: module,
      cdn: (path) => (path.includes('/locales/') ? { body: 'export default { launcher: 1 }' } : undefined),
    },
    'the file is broken': {
      script: classic,
      cdn: (path) => (path.includes('/locales/') ? { body: 'export default {' } : undefined),
    },
    'the policy allows the bundle only': { script: module, csp: `script-src ${cdn}/gc-auth-messenger.js` },
  };
  for (const [failure, given] of Object.entries(failures)) {
    it(`stays English in silence where ${failure}`, async () => {
      const { page, becomes, name, problems } = await open(given);
      await becomes(english);
      await page.waitForTimeout(300);
      assert.equal(await name(), english);
      assert.deepEqual(problems, []);
      await page.close();
    });
  }

  it('is not fetched from where the base of a page says, by a bundle that the page has inside', async () => {
    const inline = `<base href="https://other.example/"><script>${readFileSync('dist/gc-auth-messenger.iife.js', 'utf8').replaceAll('</script', '<\\/script')}</script>`;
    const { page, becomes, requests } = await open({ script: inline });
    await becomes(english);
    await page.waitForTimeout(100);
    assert.deepEqual(requests, []);
    await page.close();
  });
});
