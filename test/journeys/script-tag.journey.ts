import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usualAttributes, TestSite } from './test-site.js';

/** The tag's attributes as `data-*`. */
const dataOf = ({ demo, provider }: TestSite): string =>
  Object.entries(usualAttributes(demo, provider))
    .map(([name, value]) => `data-${name}="${value}"`)
    .join(' ');

/** The shop's page without its tag and its module, with this in their place. */
async function pageWith(site: TestSite, path: string, head: string, body: string): Promise<void> {
  const html = await (await fetch(`${site.demo.app.origin}/account`)).text();
  const plain = html
    .replace(/<script[^>]*type="module"[^>]*><\/script>/, head)
    .replace(/<gc-auth-messenger[^>]*><\/gc-auth-messenger>/, body);
  site.demo.app.page(path, plain);
}

const bundle = '/dist/gc-auth-messenger.iife.js';

for (const loading of ['', 'async', 'defer']) {
  test(`J31: a script tag ${loading || 'in the head'} is all that the page needs`, async (t) => {
    const site = await TestSite.open(`J31-script-${loading}`);
    t.after(() => site.close());
    await site.signInAtProvider();
    const queue =
      '<script>(window.gcAuthMessenger ??= []).push((element) => (window.called = element.localName))</script>';
    await pageWith(site, '/script', `${queue}<script src="${bundle}" ${loading} ${dataOf(site)}></script>`, '');
    const shop = await site.openPage('/script');
    await shop.waitForState('signed-in');
    assert.equal(await shop.page.evaluate(() => (window as unknown as { called: string }).called), 'gc-auth-messenger');
    assert.equal(await shop.element.count(), 1);
    await shop.openChat();
    await shop.say('Without a tag');
    await shop.checkInvariants();
  });
}

test('J31: with data-mount, a placeholder becomes the element; without, it stays what it is', async (t) => {
  const site = await TestSite.open('J31-mount');
  t.after(() => site.close());
  await site.signInAtProvider();
  const place = `<div data-gc-auth-messenger ${dataOf(site)}></div>`;
  await pageWith(site, '/mount', `<script src="${bundle}" data-mount></script>`, place);
  await pageWith(site, '/none', `<script src="${bundle}"></script>`, place);
  const shop = await site.openPage('/mount');
  await shop.waitForState('signed-in');
  assert.equal(await shop.page.locator('div > gc-auth-messenger').count(), 1);
  await shop.checkInvariants();
  await shop.visit('/none');
  await shop.page.waitForFunction(() => document.readyState === 'complete');
  assert.equal(await shop.element.count(), 0);
});
