import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { faultsOf } from '../../scripts/build/check-build.mjs';
import { chromiumArgs, requireChromium } from '../../scripts/engines/chromium.mjs';

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

  it('may be loaded twice', () =>
    withPage(async (page, errors) => {
      await page.addScriptTag({ path: 'dist/gc-auth-messenger.iife.js' });
      await page.addScriptTag({ path: 'dist/gc-auth-messenger.iife.js' });
      assert.deepEqual(errors, []);
    }));

  it('leave no name of theirs in the page', () =>
    withPage(async (page) => {
      const names = () => page.evaluate(() => Object.getOwnPropertyNames(window));
      const before = await names();
      await page.addScriptTag({ path: 'dist/gc-auth-messenger.iife.js' });
      const added = (await names()).filter((name) => !before.includes(name));
      // Lit counts its copies and keeps the metadata of decorators there.
      assert.deepEqual(
        added.filter((name) => !/^(lit|reactiveElement)[A-Z]/.test(name)),
        [],
      );
    }));
});

describe('the rules of the build', () => {
  const good = { brotli: () => 700, text: () => 'gc-auth-messenger', callbackInputs: ['src/oidc/callback.ts'] };

  it('let a good build pass', () => assert.deepEqual(faultsOf(good), []));

  it('refuse a module above its budget', () => {
    const [fault] = faultsOf({ ...good, brotli: (file) => (file === 'gc-auth-messenger.js' ? 40_001 : 700) });
    assert.match(fault ?? '', /40001 bytes/);
  });

  it('refuse a callback page above its budget', () => {
    const [fault] = faultsOf({ ...good, brotli: (file) => (file.startsWith('callback') ? 751 : 700) });
    assert.match(fault ?? '', /1502 bytes/);
  });

  it('refuse a library in the callback page', () => {
    const [fault] = faultsOf({ ...good, callbackInputs: ['node_modules/rxjs/dist/esm/index.js'] });
    assert.match(fault ?? '', /must not hold .*rxjs/);
  });

  it('refuse a bundle without the tag', () => {
    assert.equal(faultsOf({ ...good, text: () => '' }).length, 2);
  });
});
