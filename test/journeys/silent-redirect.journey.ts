import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

const options: TestSiteOptions = {
  provider: 'cross-site',
  thirdPartyCookies: 'block',
  attributes: { 'sign-in-modes': 'silent silent-redirect popup' },
  early: () => {
    // When this tab was first opened, and how often a page was loaded in it.
    const { sessionStorage } = window;
    sessionStorage.setItem('loads', String(Number(sessionStorage.getItem('loads')) + 1));
    if (!sessionStorage.getItem('began')) sessionStorage.setItem('began', String(Date.now()));
    window.addEventListener('pagehide', () => sessionStorage.setItem('left', String(Date.now())));
    if (sessionStorage.getItem('left')) {
      sessionStorage.setItem('away', String(Date.now() - Number(sessionStorage.getItem('left'))));
      sessionStorage.removeItem('left');
    }
  },
};

const stored = (shop: ShopPage, name: string): Promise<number> =>
  shop.page.evaluate((key) => Number(window.sessionStorage.getItem(key)), name);

/** Pages of the shop's site that were loaded in this tab; the callback page does not count itself. */
const loads = (shop: ShopPage): Promise<number> => stored(shop, 'loads');

/** Authorization requests without a person that a page sent, not a frame, which has no cookies here. */
const codes = ({ provider }: TestSite): number =>
  provider.control
    .log()
    .filter(({ route, prompt, outcome }) => route === 'authorize' && prompt === 'none' && outcome === 'code').length;

const length = (shop: ShopPage): Promise<number> => shop.page.evaluate(() => history.length);

test('J29: third-party cookies blocked, first visit: signed in without a click, and the page is as it was', async (t) => {
  const site = await TestSite.open('J29', options);
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.newTab();
  await shop.visit('/account?list=a%20b#part');
  await shop.waitForState('signed-in', 20_000);

  assert.equal(shop.page.url(), `${site.demo.app.origin}/account?list=a%20b#part`);
  assert.equal(await loads(shop), 2, 'one round trip');
  assert.equal(codes(site), 1);
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
  assert.deepEqual(await shop.events('gc-error'), []);
  assert.equal((await shop.waitForTokens(1))[0]?.['source'], 'sign-in');
  t.diagnostic(`away for ${await stored(shop, 'away')} ms`);
  const entries = await length(shop);
  await shop.openChat();
  await shop.say('Without a click');
  await shop.checkInvariants();

  const other = await site.newTab();
  await other.visit();
  await other.waitForState('signed-in', 20_000);
  assert.equal(await loads(other), 1, 'Messenger has tokens: no round trip');
  assert.equal(await length(other), entries, 'as many entries in the history as without one');
  await other.checkInvariants();
});

test('J29: nobody is signed in at the provider: one round trip, then the prompt; none on the next pages', async (t) => {
  const site = await TestSite.open('J29-nobody', options);
  t.after(() => site.close());
  const shop = await site.openPage();
  await shop.waitForState('interaction-required', 20_000);
  assert.equal(await loads(shop), 2, 'one round trip');
  await shop.page.reload();
  await shop.waitForState('interaction-required', 20_000);
  const other = await site.openPage();
  await other.waitForState('interaction-required', 20_000);
  assert.deepEqual([await loads(shop), await loads(other)], [3, 1], 'no further round trip');

  await other.signInByPrompt();
  await other.waitForState('signed-in');
  await other.checkInvariants();
});

test('J29: the page is not left once a person has used it', async (t) => {
  const site = await TestSite.open('J29-used', {
    ...options,
    early: () => {
      window.sessionStorage.setItem('loads', String(Number(window.sessionStorage.getItem('loads')) + 1));
      // Before anything is answered. A test that scrolls after the load can be too late: some engines wait for frames.
      document.addEventListener('DOMContentLoaded', () => {
        document.body.style.minHeight = '300vh';
        window.scrollBy(0, 200);
      });
    },
  });
  t.after(() => site.close());
  await site.signInAtProvider();
  site.provider.control.set({ authorizationLatencyMs: 1_000 });
  const shop = await site.openPage();
  await shop.waitForState('interaction-required', 30_000);
  assert.equal(await loads(shop), 1);
  site.provider.control.set({ authorizationLatencyMs: 0 });
  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await shop.waitForState('signed-in');
  await shop.checkInvariants();
});
