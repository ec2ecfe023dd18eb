import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

/** Failed exchanges before the loop breaker stops; Messenger itself may add one with `forceUpdate`. */
const maxExchanges = 4;

async function openWithFailingExchange(name: string, options: TestSiteOptions = {}): Promise<[TestSite, ShopPage]> {
  const site = await TestSite.open(name, { defaults: { failExchange: 401 }, ...options });
  await site.signInAtProvider();
  return [site, await site.openPage()];
}

/** The element has stopped, reports it, and makes no more requests. */
async function checkStopped(site: TestSite, shop: ShopPage, most = maxExchanges): Promise<void> {
  await shop.waitForState('failed', 20_000);
  assert.equal((await shop.events('gc-error')).at(-1)?.detail?.['code'], 'loop-stopped');
  await shop.prompt.getByText('Chat is not available right now.').waitFor();
  const { exchanges } = site.genesys.counters;
  assert.ok(exchanges <= most, `${exchanges} exchanges`);
  const requests = site.authorizationRequests();
  await delay(1_000);
  assert.deepEqual([site.authorizationRequests(), site.genesys.counters.exchanges], [requests, exchanges]);
}

/** Waits until the provider gets no more requests, or so many that it is a loop. */
async function waitForQuiet(site: TestSite): Promise<void> {
  for (let requests = -1; requests !== site.authorizationRequests() && requests < 20;) {
    requests = site.authorizationRequests();
    await delay(3_000);
  }
}

/** Removes the cause and clicks the prompt's button. */
async function repairAndRetry(site: TestSite, shop: ShopPage): Promise<void> {
  site.setSwitches({ server: { failExchange: 0 } });
  await shop.prompt.getByRole('button', { name: 'Try again' }).click();
}

test('J12: reloaded again and again, it stops after a few attempts in total, and the button works after the cause is gone', async (t) => {
  const [site, shop] = await openWithFailingExchange('J12-reloads');
  t.after(() => site.close());
  for (let reloads = 0; reloads < 5; reloads++) {
    // An attempt that a reload interrupts has no known result, so it does not count.
    await shop.waitForEvent('gc-error');
    await shop.page.reload();
  }
  await checkStopped(site, shop);
  await repairAndRetry(site, shop);
  await shop.waitForState('signed-in');
  await shop.openChat();
  await shop.say('It works');
  await shop.page.reload();
  await shop.waitForState('signed-in');
  await shop.checkInvariants();
});

test('J12: on a page that reloads itself on every error, it stops after a few attempts, too', async (t) => {
  const [site, shop] = await openWithFailingExchange('J12-auto-reload', {
    early: () => {
      const loads = Number(sessionStorage.getItem('loads')) + 1;
      sessionStorage.setItem('loads', String(loads));
      // A real page does this for ever. This one stops so that the test can check it.
      if (loads < 7) document.addEventListener('gc-error', () => location.reload());
    },
  });
  t.after(() => site.close());
  await shop.page.waitForFunction(() => sessionStorage.getItem('loads') === '7', undefined, { timeout: 30_000 });
  // Three are counted. On each of their pages, Messenger may have begun another that the reload interrupted. Without the
  // loop breaker there would be at least one for each of the seven loads.
  await checkStopped(site, shop, 6);
  await repairAndRetry(site, shop);
  await shop.waitForState('signed-in');
  await shop.checkInvariants();
});

for (const [what, early] of [
  [
    'calls signIn() on every gc-interaction-required',
    () =>
      document.addEventListener('gc-interaction-required', (event) => {
        (event as CustomEvent<{ signIn(): Promise<void> }>).detail.signIn().catch(() => undefined);
      }),
  ],
  [
    'calls signIn() on every load',
    () =>
      document.addEventListener('gc-ready', ({ target }) => {
        (target as HTMLElement & { signIn(): Promise<void> }).signIn().catch(() => undefined);
      }),
  ],
] as const) {
  test(`J12: no loop of redirects on a page that ${what}`, async (t) => {
    const site = await TestSite.open(`J12-redirects-${what.split(' ').at(-1)}`, {
      defaults: { failExchange: 401 },
      redirectPaths: ['/account'],
      attributes: { 'sign-in-modes': 'redirect', 'redirect-uri': undefined },
      early,
      // Script that a driver runs in the page counts as user activation.
      body: '<script>Object.defineProperty(navigator, "userActivation", { value: { isActive: false } });</script>',
    });
    t.after(() => site.close());
    await site.signInAtProvider();
    const requests = site.authorizationRequests();
    const shop = await site.openPage('/account?tab=orders');
    await waitForQuiet(site);
    await shop.page.waitForURL(`${site.demo.app.origin}/account?tab=orders`);
    await checkStopped(site, shop);
    const more = site.authorizationRequests() - requests;
    assert.ok(more <= 4, `${more} requests to the provider`);
    assert.equal(new URL(shop.page.url()).search, '?tab=orders');

    await repairAndRetry(site, shop);
    await shop.waitForState('signed-in', 20_000);
    await shop.checkInvariants();
  });
}
