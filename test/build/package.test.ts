import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build } from 'esbuild';
import { publint } from 'publint';

const run = promisify(execFile);

const readJson = <T = unknown>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

describe('the package', () => {
  for (const file of [
    'dist/gc-auth-messenger.js',
    'dist/gc-auth-messenger.iife.js',
    'dist/callback.html',
    'dist/callback.js',
    'dist/index.js',
    'dist/index.d.ts',
    'dist/define.js',
    'dist/define.d.ts',
    'dist/gc-auth-messenger.d.ts',
    'dist/gc-auth-messenger.iife.d.ts',
    'dist/doctor.js',
    'dist/integrity.json',
    'dist/inspector.js',
    'dist/inspector.d.ts',
    'dist/setup.html',
    'dist/setup.js',
    'dist/setup.d.ts',
    'dist/inspector/define.d.ts',
    'dist/locales/de.js',
    'dist/testing/playwright/index.js',
    'dist/testing/playwright/index.d.ts',
    'dist/third-party-licenses.txt',
    'dist/templates/jsx.d.ts',
    'dist/templates/vue.d.ts',
    'dist/templates/svelte.d.ts',
    'custom-elements.json',
    'html-custom-data.json',
    'web-types.json',
  ]) {
    it(`ships ${file}`, () => assert.ok(existsSync(file)));
  }

  it('is imported in Node without output, effects or an open handle', async () => {
    const script = `
      await import('gc-auth-messenger');
      if (globalThis.customElements?.get('gc-auth-messenger')) throw new Error('the tag is defined');`;
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', script], {
      timeout: 10_000,
    });
    assert.equal(stdout + stderr, '');
  });

  for (const [server, globals] of [
    ['Node', ''],
    ['a server that defines a window', 'globalThis.window = globalThis;'],
    [
      'a server that defines a document as well',
      'globalThis.window = globalThis; globalThis.document = { createTreeWalker: () => ({}) };',
    ],
  ] as const) {
    it(`defines no tag on ${server}, where no entry has an effect, an output or an open handle`, async () => {
      const script = `${globals}
        await import('gc-auth-messenger/define.js');
        await import('gc-auth-messenger/gc-auth-messenger.js');
        await import('gc-auth-messenger/gc-auth-messenger.iife.js');
        await import('gc-auth-messenger/inspector.js');
        await import('gc-auth-messenger/setup.js');
        if (globalThis.customElements?.get('gc-auth-messenger')) throw new Error('the tag is defined');`;
      const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', script], {
        timeout: 10_000,
      });
      assert.equal(stdout + stderr, '');
    });
  }

  it('has a command line that runs from another folder, and knows its version', async () => {
    const { bin, version } = readJson<{ bin: Record<string, string>; version: string }>('package.json');
    const file = resolve(bin['gc-auth-messenger'] ?? '');
    const runCli = (...args: string[]) => run(process.execPath, [file, ...args], { cwd: tmpdir() });
    assert.equal((await runCli('--version')).stdout, `${version}\n`);
    const { stdout } = await runCli('csp', '--environment', 'euw1', '--json');
    assert.deepEqual(Object.keys(JSON.parse(stdout) as object), ['version', 'page', 'callback']);
    assert.match(readFileSync(file, 'utf8'), /^#!\/usr\/bin\/env node\n/);
  });

  it('has the policies as a function, for servers and for pages', async () => {
    const code = `import { cspFor, policyText } from 'gc-auth-messenger/csp';
      console.log(policyText(cspFor({ environment: 'euw1' }).page));`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code]);
    assert.match(stdout, /^script-src 'self' https:\/\/apps\.mypurecloud\.ie /);
    const { outputFiles } = await build({
      stdin: { contents: code, resolveDir: '.' },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
    });
    assert.doesNotMatch(outputFiles[0]?.text ?? '', /\bprocess\b|customElements|LitElement/);
  });

  it('has the kit for Playwright in Node, without Playwright, also in its types', async () => {
    const code = `const kit = await import('gc-auth-messenger/testing/playwright'); console.log(Object.keys(kit).join());`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code]);
    assert.equal(stdout, 'expectPrompt,expectSignedIn,expectState,genesysFixture,startGenesysKit\n');
    for (const file of readdirSync('dist/testing/playwright'))
      assert.doesNotMatch(readFileSync(`dist/testing/playwright/${file}`, 'utf8'), /from '[^.]/, file);
  });

  it('keeps the definition of the tag when a bundler bundles define.js', async () => {
    const { outputFiles } = await build({
      stdin: { contents: `import 'gc-auth-messenger/define.js';`, resolveDir: '.' },
      bundle: true,
      write: false,
      format: 'esm',
    });
    assert.match(outputFiles[0]?.text ?? '', /customElements\.define\(/);
  });

  it('adds nothing to a bundle that imports it without using it', async () => {
    const { outputFiles } = await build({
      stdin: { contents: `import 'gc-auth-messenger';`, resolveDir: '.' },
      bundle: true,
      write: false,
      format: 'esm',
      logLevel: 'error',
    });
    assert.doesNotMatch(outputFiles[0]?.text ?? '', /\S/);
  });

  it('has the hash of every file that a page loads with a tag', () => {
    const hashes = JSON.parse(readFileSync('dist/integrity.json', 'utf8')) as Record<string, string>;
    assert.deepEqual(
      Object.keys(hashes).filter((file) => !file.startsWith('locales/')),
      ['gc-auth-messenger.js', 'gc-auth-messenger.iife.js', 'callback.js', 'inspector.js', 'setup.js', 'doctor.js'],
    );
    for (const [file, hash] of Object.entries(hashes)) {
      const digest = createHash('sha384')
        .update(readFileSync(`dist/${file}`))
        .digest('base64');
      assert.equal(hash, `sha384-${digest}`);
    }
  });

  it('has the inspector as one file, which no other file loads', () => {
    assert.deepEqual(
      readdirSync('dist/inspector', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js')),
      [],
    );
    for (const file of ['gc-auth-messenger.js', 'gc-auth-messenger.iife.js', 'index.js', 'define.js']) {
      assert.doesNotMatch(readFileSync(`dist/${file}`, 'utf8'), /inspector/, file);
    }
  });

  it('has no source map that is larger than its code', () => {
    const maps = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.map'));
    const size = (file: string): number => statSync(`dist/${file}`).size;
    assert.deepEqual(
      maps.filter((map) => size(map) > size(map.replace(/\.map$/, ''))),
      [],
    );
  });

  it('takes the libraries of its host, with ranges that allow older patches', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    assert.deepEqual(Object.keys(dependencies).sort(), ['@lit/context', 'lit', 'oidc-client-ts', 'rxjs']);
    for (const [name, range] of Object.entries(dependencies)) assert.match(range, /^\^\d+\.\d+\.\d+$/, name);
  });

  it('names only modules that a page can import in its manifest', () => {
    const { modules } = readJson<{ modules: Array<{ path: string }> }>('custom-elements.json');
    const { exports } = readJson<{ exports: Record<string, string | { default: string }> }>('package.json');
    const shipped = Object.values(exports).map((entry) => (typeof entry === 'string' ? entry : entry.default));
    for (const { path } of modules) assert.ok(shipped.includes(`./${path}`), path);
  });

  it('tells editors which attributes and values the tag has', () => {
    interface Named {
      name: string;
      values?: Named[];
    }
    const { tags } = readJson<{ tags: Array<{ attributes: Named[] }> }>('html-custom-data.json');
    const attribute = (name: string): Named | undefined => tags[0]?.attributes.find((each) => each.name === name);
    assert.ok(attribute('deployment-id'));
    assert.deepEqual(
      attribute('renew')
        ?.values?.map(({ name }) => name)
        .sort(),
      ['auto', 'off', 'on-demand'],
    );

    assert.deepEqual(tags[1]?.attributes.map(({ name }) => name).sort(), ['for', 'open']);

    const webTypes = JSON.stringify(readJson('web-types.json'));
    for (const name of ['gc-auth-messenger', 'deployment-id', 'gc-token', '--gc-accent-color'])
      assert.ok(webTypes.includes(`"name":"${name}"`), name);
  });

  it('satisfies publint', async () => {
    const { messages } = await publint({ pkgDir: '.', level: 'suggestion', strict: true, pack: 'npm' });
    assert.deepEqual(messages, []);
  });

  it('satisfies Are The Types Wrong, as a package of ES modules', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'gc-auth-messenger-types-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder]);
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    const packed = createPackageFromTarballData(new Uint8Array(readFileSync(join(folder, filename))));
    const checked = await checkPackage(packed, { excludeEntrypoints: [/\.(json|html)$/] });
    const problems = checked.types === false ? ['no types'] : checked.problems;
    // Its profile "esm-only": the package has no CommonJS, and older ways than `node16` do not know "exports".
    const known = ['node10', 'node16-cjs'];
    assert.deepEqual(
      problems.filter(
        (one) => !(typeof one === 'object' && 'resolutionKind' in one && known.includes(one.resolutionKind)),
      ),
      [],
    );
  });

  it('lists only existing files in "sideEffects"', () => {
    const { sideEffects } = JSON.parse(readFileSync('package.json', 'utf8')) as { sideEffects: string[] };
    for (const file of sideEffects) assert.ok(existsSync(file), `${file} of "sideEffects" does not exist`);
  });
});
