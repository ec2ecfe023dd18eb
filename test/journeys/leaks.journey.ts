import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GcAuthMessenger } from '../../src/index.js';
import type { Held } from './driver/driver.js';
import { cannot } from './driver/open.js';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';

/** What comes and goes however many rounds there were, in bytes; a forgotten session for each would be ten times that. */
const noise = 150_000;

/** What the page holds, without the notes that this journey itself takes. */
async function held({ stage, page }: Shop): Promise<Held> {
  await page.evaluate(() => {
    (window as unknown as { seen: unknown[] }).seen.length = 0;
  });
  return stage.browser.held(page);
}

/** Held after `rounds` and not before; what is filled once is filled by the first rounds. */
async function growth(shop: Shop, first: number, rounds: number, live: (rounds: number) => Promise<unknown>) {
  await live(first);
  const before = await held(shop);
  await live(rounds);
  const after = await held(shop);
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

/** As frameworks and htmx do: another element in its place, moved, changed, gone, back. */
const mount = (shop: Shop, rounds: number): Promise<void> =>
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

const renew = (shop: Shop, rounds: number): Promise<void> =>
  shop.element.evaluate(async (element: GcAuthMessenger, count) => {
    for (let round = 0; round < count; round++) await element.refresh();
  }, rounds);

const flat = { skip: cannot.heap ?? false, timeout: 200_000 };

test('J20: 500 times replaced, moved, changed, removed and added again, nothing is held on to', flat, async (t) => {
  const stage = await Stage.open('J20-leaks');
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  const { heap, dom } = await growth(shop, 800, 500, (rounds) => mount(shop, rounds));
  t.diagnostic(`500 cycles: ${heap} bytes, ${JSON.stringify(dom)}`);
  assert.ok(Math.max(...Object.values(dom)) <= 0, JSON.stringify(dom));
  assert.ok(heap < noise, `${heap} bytes`);
  await shop.reaches('signed-in');
  assert.equal(await shop.page.locator('script[src*="genesys.min.js"]').count(), 1);
  assert.equal(await shop.messenger.count(), 1);
  assert.equal((await shop.journal()).filter(({ outcome }) => outcome === 'name-taken').length, 0);
  await shop.isClean();
});

test('J3: after 1,000 renewals nothing is held on to', flat, async (t) => {
  const stage = await Stage.open('J3-leaks');
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  // The notes of Messenger's stand-in fill up first.
  const { heap, dom } = await growth(shop, 600, 1_000, (rounds) => renew(shop, rounds));
  t.diagnostic(`1,000 renewals: ${heap} bytes, ${JSON.stringify(dom)}`);
  assert.ok(Math.max(...Object.values(dom)) <= 0, JSON.stringify(dom));
  assert.ok(heap < noise, `${heap} bytes`);
  assert.equal(stage.genesys.counters.refreshes, 1_600);
  await shop.reaches('signed-in');
});
