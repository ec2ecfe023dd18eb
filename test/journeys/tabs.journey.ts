import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { cannot } from './driver/open.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

const jwtSeconds = 6;

/** Longest delay until a tab shows what happened in another. */
const syncMs = 1_000;

const all = <T>(shops: readonly ShopPage[], work: (shop: ShopPage) => Promise<T>): Promise<T[]> =>
  Promise.all(shops.map(work));

async function signedIn(count: number, name: string, options: TestSiteOptions = {}): Promise<[TestSite, ShopPage[]]> {
  const site = await TestSite.open(name, options);
  await site.signInAtProvider();
  const shops: ShopPage[] = [];
  while (shops.length < count) {
    const shop = await site.openPage();
    await shop.waitForState('signed-in');
    shops.push(shop);
  }
  return [site, shops];
}

/** A renewal happens after at least 80 % of the lifetime, so gaps are longer than that; minus 1 s for a busy machine. */
function checkOncePerLifetime(times: readonly number[]): void {
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  assert.ok(
    gaps.every((gap) => gap > jwtSeconds * 800 - 1_000),
    `milliseconds between refreshes: ${gaps.join(', ')}`,
  );
}

async function checkNoPrompt(shops: readonly ShopPage[]): Promise<void> {
  await all(shops, async (shop) => {
    assert.deepEqual(await shop.events('gc-interaction-required'), []);
    assert.deepEqual(await shop.events('gc-signed-out'), []);
    assert.equal(await shop.reAuthenticatingAlert.count(), 0);
    await shop.checkInvariants();
  });
}

test('J6: several tabs opened after the JWT expired: one refresh in total, every tab signed in', async (t) => {
  const [site, [before]] = await signedIn(1, 'J6-several', { defaults: { jwtSeconds: 4 } });
  t.after(() => site.close());
  await before?.page.close();
  const refreshed = site.refreshes().length;
  const requests = site.authorizationRequests();
  await delay(4_000);

  const shops = await Promise.all([site.newTab(), site.newTab(), site.newTab()]);
  site.setSwitches({ server: { jwtSeconds: 60 } });
  await all(shops, (shop) => shop.visit());
  await all(shops, (shop) => shop.waitForState('signed-in'));
  assert.equal(site.refreshes().length - refreshed, 1);
  assert.equal(site.authorizationRequests(), requests, 'no request to the provider');
  await shops[2]?.openChat();
  await shops[2]?.say('Here I am');
  await checkNoPrompt(shops);
});

test('J22: several tabs for several lifetimes: one refresh per lifetime, also when the tab that made it is closed', async (t) => {
  const [site, shops] = await signedIn(3, 'J22', { defaults: { jwtSeconds } });
  t.after(() => site.close());
  const begin = Date.now();
  const tokens = (shop: ShopPage): Promise<number> => shop.events('token').then(({ length }) => length);
  const before = await all(shops, tokens);
  const count = site.refreshes().length;
  while (site.refreshes().length < count + 2) await delay(100);
  await delay(500);
  const after = await all(shops, tokens);
  const renewing = shops.find((_, index) => after[index] !== before[index]);
  assert.ok(renewing, 'one tab renewed');
  await renewing.page.close();
  const rest = shops.filter((shop) => shop !== renewing);

  await delay(20_000 - (Date.now() - begin));
  checkOncePerLifetime(site.refreshes());
  const lifetimes = 20 / jwtSeconds;
  assert.ok(site.refreshes().length - count >= Math.floor(lifetimes), 'no lifetime without a refresh');
  await all(rest, (shop) => shop.waitForState('signed-in'));
  await checkNoPrompt(rest);

  const { exchanges } = site.genesys.counters;
  assert.deepEqual(await all(rest, (shop) => shop.call('signIn')), ['ok', 'ok']);
  assert.equal(site.genesys.counters.exchanges, exchanges, 'no popup and no new code, whichever tab renewed');
  await all(rest, (shop) => shop.openChat());
  await all(rest, (shop) => shop.say('Still here'));
  await checkNoPrompt(rest);
});

test(
  'J22: a tab that is frozen while it holds the renewal lock delays the others by at most five seconds',
  { skip: cannot.freeze ?? false },
  async (t) => {
    const [site, shops] = await signedIn(3, 'J22-frozen', { defaults: { jwtSeconds: 20 } });
    t.after(() => site.close());
    const [frozen, ...others] = shops as [ShopPage, ...ShopPage[]];
    const refreshOthers = async (): Promise<number> => {
      const begin = Date.now();
      assert.deepEqual(await all(others, (shop) => shop.call('refresh')), ['ok', 'ok']);
      return Date.now() - begin;
    };
    const usualMs = await refreshOthers();
    site.setSwitches({ server: { latencyMs: 2_000 } });
    const count = site.refreshes().length;
    const frozenRefresh = frozen.call('refresh');
    while (site.refreshes().length === count) await delay(20);
    const resume = await frozen.freeze();
    site.setSwitches({ server: { latencyMs: 0 } });

    const waitedMs = await refreshOthers();
    assert.ok(waitedMs < 5_000 + syncMs + 2 * usualMs, `${waitedMs} ms, otherwise ${usualMs} ms`);
    await resume();
    assert.equal(await frozenRefresh, 'ok');
    await all(shops, (shop) => shop.waitForState('signed-in'));
    await checkNoPrompt(shops);
  },
);

test('J23: another person signs in: every tab shows their conversation, and nothing of the first person’s', async (t) => {
  const [site, shops] = await signedIn(2, 'J23-tabs', { defaults: { jwtSeconds: 60 } });
  t.after(() => site.close());
  const [first, second] = shops as [ShopPage, ShopPage];
  await second.openChat();
  await second.say('This is between Alice and you');
  site.demo.provider.control.signOut();
  await site.signInAtProvider('bob');

  await first.call('reauthenticate');
  await all(shops, async (shop) => {
    await shop.page.waitForFunction(() => {
      const { recordedEvents } = window as unknown as { recordedEvents: Array<{ type: string }> };
      const types = recordedEvents.map(({ type }) => type);
      return types.lastIndexOf('gc-signed-in') > types.indexOf('gc-signed-out') && types.includes('gc-signed-out');
    });
    await shop.waitForState('signed-in');
  });
  await all(shops, async (shop) => {
    const jwt = (await shop.events('token')).at(-1)?.detail?.['claims'] as { sub?: string };
    assert.match(String(jwt.sub), /bob/i);
  });
  assert.equal(await second.messageCount('This is between Alice and you'), 0);
  await all(shops, (shop) => shop.checkInvariants());
});
