import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillLogin } from './fill-login.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

/** The shop's page is its own redirect URI. It records in local storage where it was loaded. */
const ownRedirectUri: TestSiteOptions = {
  redirectPaths: ['/account'],
  attributes: { 'redirect-uri': undefined },
  early: () => localStorage.setItem(`${parent === window ? 'page' : 'frame'} loaded`, ''),
};

/** Loads the bundle as a classic script, which runs before the rest of the page is parsed. */
async function useClassicScript(site: TestSite, shop: ShopPage): Promise<void> {
  await shop.visit('/callback.html');
  const html = await shop.page.evaluate(async () => (await fetch('/account')).text());
  site.demo.app.page(
    '/account',
    html
      .replace(' type="module" src="/dist/gc-auth-messenger.js"', ' src="/dist/gc-auth-messenger.iife.js"')
      .replace(
        '<h1>',
        `<script>localStorage.setItem((parent === window ? 'page' : 'frame') + ' continued', '')</script><h1>`,
      ),
  );
}

const records = (shop: ShopPage) =>
  shop.page.evaluate(() => Object.keys(localStorage).filter((key) => !key.includes(':')));

test('a page that is its own redirect URI signs in silently; in the frame it does not start the element', async (t) => {
  const site = await TestSite.open('callback-silent', ownRedirectUri);
  t.after(() => site.close());
  await site.signInAtProvider();
  const requests = site.authorizationRequests();
  const shop = await site.newTab();
  await useClassicScript(site, shop);
  await shop.visit('/account?tab=orders#newest');
  await shop.waitForState('signed-in');
  const recorded = await records(shop);
  assert.ok(recorded.includes('frame loaded'), String(recorded));
  assert.ok(recorded.includes('page continued'), String(recorded));
  assert.ok(!recorded.includes('frame continued'), 'no later script runs in the frame');
  assert.equal(site.genesys.counters.exchanges, 1);
  assert.equal(site.authorizationRequests() - requests, 1, 'one frame, and no frame inside it');
  assert.equal(new URL(shop.page.url()).search + new URL(shop.page.url()).hash, '?tab=orders#newest');
  assert.deepEqual(await shop.events('gc-error'), []);
  await shop.checkInvariants();
});

test('a page that is its own redirect URI signs in by popup, which closes; with the module bundle, too', async (t) => {
  const site = await TestSite.open('callback-popup', ownRedirectUri);
  t.after(() => site.close());
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  await shop.signInByPrompt();
  await shop.waitForState('signed-in');
  await shop.openChat();
  await shop.say('Hello');
  assert.equal(site.genesys.counters.exchanges, 1);
  await shop.checkInvariants();
});

test('a page that is its own redirect URI signs in by a popup without an opener (COOP)', async (t) => {
  const site = await TestSite.open('callback-coop', ownRedirectUri);
  t.after(() => site.close());
  site.demo.provider.control.set({ coop: true });
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  // A page behind a popup has no focus. Drivers emulate focus, so the page has to override it.
  await shop.page.evaluate(() => {
    document.hasFocus = () => false;
  });
  const [popup] = await Promise.all([
    site.context.waitForEvent('page'),
    shop.prompt.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await fillLogin(popup, 'alice');
  await shop.waitForState('signed-in');
  assert.equal(site.genesys.counters.exchanges, 1);
  await shop.checkInvariants();
});

test('a link with an answer of another browser opens the page, and the answer is removed from the address', async (t) => {
  const site = await TestSite.open('callback-link', ownRedirectUri);
  t.after(() => site.close());
  const id = 'a'.repeat(32);
  // `s`: answer to the popup or frame, whose page closes its window where the browser allows it. `r`: to a redirect.
  for (const kind of ['s', 'r']) {
    const shop = await site.openPage(`/account?tab=orders&code=stale&state=${id}%3B${kind}#newest`);
    await shop.page.waitForURL(`${site.demo.app.origin}/account?tab=orders#newest`);
    await shop.waitForState('interaction-required');
    assert.deepEqual(await shop.events('gc-error'), [], kind);
    assert.equal(site.genesys.counters.exchanges, 0);
    await shop.page.close();
  }
});
