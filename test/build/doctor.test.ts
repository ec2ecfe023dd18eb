import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { chromium, type Browser } from 'playwright-core';
import { startDemo, type Demo } from '../../demo/server/demo.js';
import { bundles } from '../../scripts/build/bundles.mjs';
import { chromiumArgs, requireChromium } from '../../scripts/engines/chromium.mjs';
import type { Diagnosis } from '../../src/core/diagnosis.js';
import { findingIds } from '../../src/doctor/doctor.js';

describe('the doctor of a bundle', () => {
  let browser: Browser;
  let demo: Demo;
  before(async () => {
    browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArgs });
    demo = await startDemo({ quiet: true });
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });

  /** Calls `diagnose()` on a page of the demo. `requests`: paths, before and after the call. */
  async function diagnosed(script: string, blocked = false) {
    const { app, genesys, provider } = demo;
    app.page(
      '/diagnosed.html',
      `<!doctype html><title>Shop</title>${script}<body><gc-auth-messenger loading="interaction" environment="prod-euw1"
        deployment-id="${genesys.deploymentId}" script-url="${genesys.scriptUrl}" authority="${provider.origin}"
        client-id="${provider.clientId}" redirect-uri="${app.origin}/callback.html"
        scope="openid profile email offline_access"></gc-auth-messenger>`,
    );
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    if (blocked) await page.route('**/doctor.js', (route) => route.abort());
    await page.goto(`${app.origin}/diagnosed.html`);
    await page.waitForFunction(() => customElements.get('gc-auth-messenger'));
    const early = [...requests];
    const diagnosis = await page.evaluate(() =>
      (document.querySelector('gc-auth-messenger') as unknown as { diagnose(): Promise<Diagnosis> }).diagnose(),
    );
    await page.close();
    return { diagnosis, early, requests };
  }

  for (const [what, script] of [
    ['the module', '<script type="module" src="/dist/gc-auth-messenger.js"></script>'],
    ['the classic script', '<script src="/dist/gc-auth-messenger.iife.js"></script>'],
  ] as const) {
    it(`is fetched from beside ${what} when it is called, and finds nothing wrong with the demo`, async () => {
      const { diagnosis, early, requests } = await diagnosed(script);
      assert.ok(!early.includes('/dist/doctor.js'));
      assert.ok(requests.includes('/dist/doctor.js'));
      assert.deepEqual(
        diagnosis.checks.filter(({ why, ok }) => why !== undefined || ok === false),
        [],
      );
      assert.ok(diagnosis.ok && diagnosis.checks.length > 8);
    });
  }

  it('is missed where it is not beside the bundle', async () => {
    const { diagnosis } = await diagnosed('<script type="module" src="/dist/gc-auth-messenger.js"></script>', true);
    assert.deepEqual(
      diagnosis.checks.map(({ id, ok }) => [id, ok]),
      [['doctor-missing', false]],
    );
  });

  it('is not in the bundles, and the libraries of the command line are in neither', () => {
    const names = findingIds.filter((id) => /^(discovery|callback|deployment)-/.test(id));
    for (const { file } of [bundles.module, bundles.iife]) {
      const text = readFileSync(`dist/${file}`, 'utf8');
      assert.deepEqual(
        names.filter((name) => text.includes(name) && name !== 'deployment-inactive'),
        [],
      );
    }
    for (const file of [bundles.module.file, bundles.iife.file, 'doctor.js']) {
      assert.doesNotMatch(readFileSync(`dist/${file}`, 'utf8'), /tldts|parse5|string-width|co\.uk/);
    }
  });
});
