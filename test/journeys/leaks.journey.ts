import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GcAuthMessenger } from '../../src/index.js';
import type { MemoryUse } from './driver/driver.js';
import { cannot } from './driver/open.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';

/** Variation of the heap size between measurements, in bytes. One leaked session per round would be ten times more. */
const noise = 150_000;

/** Measures the page, without the events that the test itself records, and without the listeners of a lock that is held. */
async function measure({ site, page }: ShopPage): Promise<MemoryUse> {
  await page.evaluate(async () => {
    while ((await navigator.locks.query()).held?.length) await new Promise(requestAnimationFrame);
    (window as unknown as { recordedEvents: unknown[] }).recordedEvents.length = 0;
  });
  return site.browser.measureMemory(page);
}

/** What `rounds` add. The warm-up rounds before them fill caches. */
async function growth(shop: ShopPage, warmUpRounds: number, rounds: number, run: (rounds: number) => Promise<unknown>) {
  await run(warmUpRounds);
  const before = await measure(shop);
  await run(rounds);
  const after = await measure(shop);
  const { heap, nodes, listeners, documents } = after;
  return {
    heap: heap - before.heap,
    dom: {
      nodes: nodes - before.nodes,
      listeners: listeners - before.listeners,
      documents: documents - before.documents,
    },
  };
}

/** Replaces, moves, changes, removes and adds the element, as frameworks and htmx do. */
const remount = (shop: ShopPage, rounds: number): Promise<void> =>
  shop.page.evaluate(async (count) => {
    for (let round = 0; round < count; round++) {
      const old = document.querySelector<GcAuthMessenger>('gc-auth-messenger')!;
      const next = old.cloneNode() as GcAuthMessenger;
      old.replaceWith(next);
      await new Promise((done) => setTimeout(done));
      document.querySelector('form')!.append(next);
      next.setAttribute('scope', round % 2 ? 'openid' : 'openid offline_access');
      await next.updateComplete;
      next.remove();
      await new Promise((done) => setTimeout(done));
      document.body.append(next);
      await next.updateComplete;
    }
  }, rounds);

const renew = (shop: ShopPage, rounds: number): Promise<void> =>
  shop.element.evaluate(async (element: GcAuthMessenger, count) => {
    for (let round = 0; round < count; round++) await element.refresh();
  }, rounds);

// The renewal lock is held for a tenth of a second after each of the 1,600 refreshes.
const options = { skip: cannot.heap ?? false, timeout: 1_000_000 };

test(
  'J20: replaced, moved, changed, removed and added again 500 times, the element leaks nothing',
  options,
  async (t) => {
    const site = await TestSite.open('J20-leaks');
    t.after(() => site.close());
    await site.signInAtProvider();
    const shop = await site.openPage();
    await shop.waitForState('signed-in');
    const { heap, dom } = await growth(shop, 800, 500, (rounds) => remount(shop, rounds));
    t.diagnostic(`500 cycles: ${heap} bytes, ${JSON.stringify(dom)}`);
    assert.ok(Math.max(...Object.values(dom)) <= 0, JSON.stringify(dom));
    assert.ok(heap < noise, `${heap} bytes`);
    await shop.waitForState('signed-in');
    assert.equal(await shop.page.locator('script[src*="genesys.min.js"]').count(), 1);
    assert.equal(await shop.messenger.count(), 1);
    assert.equal((await shop.journal()).filter(({ outcome }) => outcome === 'name-taken').length, 0);
    await shop.checkInvariants();
  },
);

test('J3: 1,000 renewals leak nothing', options, async (t) => {
  const site = await TestSite.open('J3-leaks');
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  // The warm-up rounds fill the journal of the stand-in, which has a limited length.
  const { heap, dom } = await growth(shop, 600, 1_000, (rounds) => renew(shop, rounds));
  t.diagnostic(`1,000 renewals: ${heap} bytes, ${JSON.stringify(dom)}`);
  assert.ok(Math.max(...Object.values(dom)) <= 0, JSON.stringify(dom));
  assert.ok(heap < noise, `${heap} bytes`);
  assert.equal(site.genesys.counters.refreshes, 1_600);
  await shop.waitForState('signed-in');
});
