import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { bundles, doctorBundle, inspectorAlone, sizePeer } from '../../scripts/build/bundles.mjs';
import { limits, problemsOf } from '../../scripts/build/check-build.mjs';
import { packagesIn } from '../../scripts/build/licenses.mjs';
import { makeBundle } from '../../scripts/build/make-bundle.mjs';
import { chromiumArgs, requireChromium } from '../../scripts/engines/chromium.mjs';

type Package = Record<'name' | 'version' | 'license', string>;

const isDefined = () => customElements.get('gc-auth-messenger') !== undefined;

describe('the bundles', () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArgs });
  });
  after(() => browser.close());

  async function withPage(use: (page: Page, errors: string[]) => Promise<void>) {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await use(page, errors);
    await page.close();
  }

  it('are ASCII, for pages in any encoding, and because browsers keep another source with two bytes a character', () => {
    const files = [...Object.values(bundles), doctorBundle].map(({ file }) => file);
    const others = files.filter((file) => /[^\p{ASCII}]/u.test(readFileSync(join('dist', file), 'utf8')));
    assert.deepEqual(others, []);
  });

  it('give a development build of Lit nothing to warn about', async () => {
    const { outputFiles } = await build({
      entryPoints: ['src/define.ts'],
      bundle: true,
      write: false,
      format: 'iife',
      conditions: ['development', 'module', 'browser'],
      logLevel: 'error',
    });
    await withPage(async (page) => {
      const warnings: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'warning') warnings.push(message.text());
      });
      await page.addScriptTag({ content: outputFiles[0]!.text });
      await page.evaluate(async () => {
        const element = document.createElement('gc-auth-messenger');
        document.body.append(element);
        // Each is reported, because other attributes are missing.
        for (const id of ['3f0c2f3a-1c1f-4b58-9a29-3f6f7c2f1a10', 'nonsense', '']) {
          const told = new Promise((resolve) => element.addEventListener('gc-error', resolve, { once: true }));
          element.setAttribute('deployment-id', id);
          await told;
          await (element as unknown as { updateComplete: Promise<unknown> }).updateComplete;
        }
      });
      assert.deepEqual(
        warnings.filter((text) => !text.includes('Lit is in dev mode')),
        [],
      );
    });
  });

  it('keep what RxJS makes of async iterables and streams', async () => {
    const contents = `
      import { from, toArray, lastValueFrom } from 'rxjs';
      export const all = async (source) => {
        try { return await lastValueFrom(from(source).pipe(toArray())); } catch (error) { return error.message; }
      };`;
    const { outputFiles } = await build({
      ...bundles.module.options,
      stdin: { contents, resolveDir: '.' },
      write: false,
      sourcemap: false,
    });
    const code = outputFiles[0]?.text ?? '';
    const { all } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
      all: (source: unknown) => Promise<unknown>;
    };
    async function* numbers(failing: boolean) {
      yield 1;
      await Promise.resolve();
      yield 2;
      if (failing) throw new Error('broken');
    }
    assert.deepEqual(await all(numbers(false)), [1, 2]);
    assert.equal(await all(numbers(true)), 'broken');
    const stream = (failing: boolean) => {
      const whole = new ReadableStream<number>({
        start(controller) {
          controller.enqueue(1);
          controller.enqueue(2);
          if (!failing) controller.close();
        },
        pull(controller) {
          controller.error(new Error('broken'));
        },
      });
      // Without the iterator of newer engines, RxJS reads it on its own.
      Object.defineProperty(whole, Symbol.asyncIterator, { value: undefined });
      return whole;
    };
    assert.deepEqual(await all(stream(false)), [1, 2]);
    assert.equal(await all(stream(true)), 'broken');
  });

  it('define the tag as a module', () =>
    withPage(async (page) => {
      await page.addScriptTag({ path: 'dist/gc-auth-messenger.js', type: 'module' });
      await page.waitForFunction(isDefined);
    }));

  it('define the tag as a classic script', () =>
    withPage(async (page) => {
      await page.addScriptTag({ path: 'dist/gc-auth-messenger.iife.js' });
      assert.ok(await page.evaluate(isDefined));
    }));

  it('define the inspector, which finds an element of another bundle, and render it under a strict policy', () =>
    withPage(async (page, errors) => {
      await page.route('https://shop.example/', (route) =>
        route.fulfill({
          contentType: 'text/html',
          headers: {
            'Content-Security-Policy':
              "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types gc-auth-messenger",
          },
          body: `<!doctype html><script type="module" src="inspector.js"></script>
            <script type="module" src="gc-auth-messenger.js"></script>
            <gc-auth-inspector open></gc-auth-inspector><gc-auth-messenger></gc-auth-messenger>`,
        }),
      );
      await page.route('https://shop.example/*.js', (route) =>
        route.fulfill({ path: `dist${new URL(route.request().url()).pathname}`, contentType: 'text/javascript' }),
      );
      const violations: string[] = [];
      page.on('console', (message) => {
        if (/Content.Security.Policy|Trusted/i.test(message.text())) violations.push(message.text());
      });
      await page.goto('https://shop.example/');
      await page.getByRole('status').filter({ hasText: 'failed' }).waitFor();
      await page.getByText('config-invalid').first().waitFor();
      assert.deepEqual([...errors, ...violations], []);
    }));

  it('can be loaded twice', () =>
    withPage(async (page, errors) => {
      await page.addScriptTag({ path: 'dist/gc-auth-messenger.iife.js' });
      await page.addScriptTag({ path: 'dist/gc-auth-messenger.iife.js' });
      assert.deepEqual(errors, []);
    }));

  it('add no global name but the queue of the classic bundle', () =>
    withPage(async (page) => {
      const names = () => page.evaluate(() => Object.getOwnPropertyNames(window));
      const before = await names();
      await page.addScriptTag({ path: 'dist/gc-auth-messenger.iife.js' });
      const added = (await names()).filter((name) => !before.includes(name));
      // Lit counts its copies and keeps the metadata of decorators there.
      assert.deepEqual(
        added.filter((name) => !/^(lit|reactiveElement)[A-Z]/.test(name)),
        ['gcAuthMessenger'],
      );
    }));
});

describe('the checks of the build', () => {
  /** The peer is 60,000 bytes, each other file 700. */
  const good = {
    brotli: (file: string) => (file === sizePeer.file ? 60_000 : 700),
    text: () => 'gc-auth-messenger',
    callbackInputs: ['src/oidc/callback/callback.ts'],
  };
  const problemsWith = (changed: Partial<Parameters<typeof problemsOf>[0]>) => problemsOf({ ...good, ...changed });
  const moduleOf = (bytes: number) => (file: string) => (file === bundles.module.file ? bytes : good.brotli(file));

  it('accept a good build', () => assert.deepEqual(problemsOf(good), []));

  it('accept a module at its limit', () => {
    assert.deepEqual(problemsWith({ brotli: moduleOf(limits.module) }), []);
  });

  it('refuse a module larger than its limit', () => {
    const [problem] = problemsWith({ brotli: moduleOf(limits.module + 1) });
    assert.match(problem ?? '', new RegExp(`is ${limits.module + 1} bytes brotli, the limit is ${limits.module}`));
  });

  it('refuse an inspector larger than its limit, without what the module has', () => {
    const inspectorOf = (bytes: number) => (file: string) => (file === inspectorAlone.file ? bytes : good.brotli(file));
    assert.deepEqual(problemsWith({ brotli: inspectorOf(limits.inspectorAlone) }), []);
    const [problem] = problemsWith({ brotli: inspectorOf(limits.inspectorAlone + 1) });
    assert.match(problem ?? '', new RegExp(`the limit is ${limits.inspectorAlone}`));
  });

  it('refuse a module larger than its share of auth0-spa-js', () => {
    const share = limits.moduleToPeer + 0.01;
    const brotli = (file: string) => (file === sizePeer.file ? limits.module / share : moduleOf(limits.module)(file));
    const [problem] = problemsWith({ brotli });
    assert.match(
      problem ?? '',
      new RegExp(`is ${share.toFixed(3)} x @auth0/auth0-spa-js, the limit is ${limits.moduleToPeer}`),
    );
  });

  it('refuse a callback page and script larger than 1,500 bytes', () => {
    const [problem] = problemsWith({ brotli: (file) => (file.startsWith('callback') ? 751 : good.brotli(file)) });
    assert.match(problem ?? '', /1502 bytes/);
  });

  it('refuse a library in the callback script', () => {
    const [problem] = problemsWith({ callbackInputs: ['node_modules/rxjs/dist/esm/index.js'] });
    assert.match(problem ?? '', /must not include .*rxjs/);
  });

  it('refuse a bundle without the tag', () => {
    assert.equal(problemsWith({ text: () => '' }).length, 4);
  });

  it("refuse a bundle with Lit's own policy", () => {
    const problems = problemsWith({ text: () => 'gc-auth-messenger createPolicy("lit-html",{})' });
    assert.equal(problems.length, 4);
    assert.match(problems[0] ?? '', /Trusted Types/);
  });
});

describe('the Trusted Types policy of Lit', () => {
  /** Bundles a stand-in for lit-html. */
  async function bundled(litHtml: string) {
    const folder = join('.cache/share-lit-policy', String(litHtml.length), 'lit-html');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'lit-html.js'), litHtml);
    const { code } = await makeBundle({ ...bundles.module, entry: join(folder, 'lit-html.js') });
    return code;
  }
  after(() => rm('.cache/share-lit-policy', { recursive: true, force: true }));

  const usesDocument = 'const a=1,l=document,b=2;export const walker=()=>l.createTreeWalker(l,129);';

  it('is the one of this element', async () => {
    const createsPolicy = 'const s=trustedTypes;export const e=s?s.createPolicy("lit-html",{createHTML:t=>t}):void 0;';
    const code = await bundled(usesDocument + createsPolicy);
    assert.doesNotMatch(code, /"lit-html"/);
    assert.match(code, /"gc-auth-messenger"/);
  });

  it('fails the build where it is not created as expected', async () => {
    const unexpected = 'const s=trustedTypes;export const e=s?.createPolicy("lit-html",{createHTML:t=>t});';
    await assert.rejects(
      bundled(usesDocument + unexpected),
      /lit-html\.js does not create its Trusted Types policy as expected/,
    );
  });

  it('fails the build where Lit uses document in another way', async () => {
    const createsPolicy = 'const s=trustedTypes;export const e=s?s.createPolicy("lit-html",{createHTML:t=>t}):void 0;';
    const unexpected = `export const walker=()=>document.createTreeWalker(document,129);${createsPolicy}`;
    await assert.rejects(bundled(unexpected), /lit-html\.js does not use document as expected/);
  });
});

describe('the licenses of bundled packages', () => {
  const licenses = readFileSync('dist/third-party-licenses.txt', 'utf8');

  it('are those of every package that esbuild reports', async () => {
    const reported = new Set<string>();
    for (const bundle of Object.values(bundles)) {
      for (const input of Object.keys((await makeBundle(bundle)).inputs)) {
        const folder = /^node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0];
        if (folder) reported.add(folder);
      }
    }
    for (const expected of ['lit-html', 'lit-element', '@lit/reactive-element', '@lit/context', 'rxjs']) {
      assert.ok(reported.has(`node_modules/${expected}`), expected);
    }
    for (const folder of reported) {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Package;
      assert.ok(licenses.includes(`${name} ${version} (${license})\n`), name);
      const file = readdirSync(folder).find((file) => /^license/i.test(file));
      assert.ok(
        file && licenses.includes(readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()),
        `license text of ${name}`,
      );
    }
  });

  for (const file of ['gc-auth-messenger.js', 'gc-auth-messenger.iife.js']) {
    it(`are named in ${file}, and its license comments are kept`, () => {
      const code = readFileSync(`dist/${file}`, 'utf8');
      const banner = /^\/\*! (.*) \*\//.exec(code)?.[1] ?? '';
      assert.match(banner, /rxjs \d+\.\d+\.\d+ \(Apache-2\.0\)/);
      assert.match(banner, /third-party-licenses\.txt$/);
      assert.match(code, /@license\n\s*\* Copyright 2017 Google LLC\n\s*\* SPDX-License-Identifier: BSD-3-Clause/);
    });
  }

  it('are not needed for the callback script, which has no package in it', () => {
    assert.doesNotMatch(readFileSync('dist/callback.js', 'utf8'), /\/\*/);
  });

  it('fail the build where a package has none', async () => {
    const folder = '.cache/licenses/node_modules/unlicensed';
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"name":"unlicensed","version":"1.0.0","license":"MIT"}');
    await assert.rejects(packagesIn([`${folder}/index.js`]), /unlicensed 1\.0\.0 is bundled, but has no license text/);
    await rm('.cache/licenses', { recursive: true });
  });
});
