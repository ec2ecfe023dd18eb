import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { cannot } from './driver/open.js';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';
import type { StageOptions } from './stage.js';

const jwtSeconds = 6;

/** Longest until a tab shows what happened in another. */
const soonMs = 1_000;

const all = <T>(shops: readonly Shop[], work: (shop: Shop) => Promise<T>): Promise<T[]> => Promise.all(shops.map(work));

async function signedIn(count: number, name: string, options: StageOptions = {}): Promise<[Stage, Shop[]]> {
  const stage = await Stage.open(name, options);
  await stage.signInAtProvider();
  const shops: Shop[] = [];
  while (shops.length < count) {
    const shop = await stage.visit();
    await shop.reaches('signed-in');
    shops.push(shop);
  }
  return [stage, shops];
}

/** Two in one lifetime are closer than a lifetime without its lead; a second is a busy machine's. */
function oncePerLifetime(times: readonly number[]): void {
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  assert.ok(
    gaps.every((gap) => gap > jwtSeconds * 800 - 1_000),
    `milliseconds between refreshes: ${gaps.join(', ')}`,
  );
}

async function nobodyWasAsked(shops: readonly Shop[]): Promise<void> {
  await all(shops, async (shop) => {
    assert.deepEqual(await shop.seen('gc-interaction-required'), []);
    assert.deepEqual(await shop.seen('gc-signed-out'), []);
    assert.equal(await shop.alert.count(), 0);
    await shop.isClean();
  });
}

/** When a tab saw something last. */
async function when(shop: Shop, type: string): Promise<number> {
  await shop.page.waitForFunction(
    (wanted) => (window as unknown as { seen: Array<{ type: string }> }).seen.some((one) => one.type === wanted),
    type,
  );
  return (await shop.seen(type)).at(-1)?.at ?? 0;
}

/** What one tab saw, all others saw soon after. */
async function soonIn(others: readonly Shop[], type: string, first: Shop): Promise<void> {
  const began = await when(first, type);
  for (const at of await all(others, (shop) => when(shop, type))) {
    assert.ok(at - began < soonMs, `${type} after ${Math.round(at - began)} ms`);
  }
}

test('J6: several tabs opened after the JWT expired: one refresh in all, every tab signed in', async (t) => {
  const [stage, [before]] = await signedIn(1, 'J6-several', { defaults: { jwtSeconds: 4 } });
  t.after(() => stage.close());
  await before?.page.close();
  const refreshed = stage.refreshes().length;
  const visits = stage.visits();
  await delay(4_000);

  const shops = await Promise.all([stage.tab(), stage.tab(), stage.tab()]);
  stage.switch({ server: { jwtSeconds: 60 } });
  await all(shops, (shop) => shop.visit());
  await all(shops, (shop) => shop.reaches('signed-in'));
  assert.equal(stage.refreshes().length - refreshed, 1);
  assert.equal(stage.visits(), visits, 'the provider is not visited');
  await shops[2]?.openChat();
  await shops[2]?.say('Here I am');
  await nobodyWasAsked(shops);
});

test('J22: several tabs for several lifetimes: one refresh each, also when the tab that made it is closed', async (t) => {
  const [stage, shops] = await signedIn(3, 'J22', { defaults: { jwtSeconds } });
  t.after(() => stage.close());
  const begin = Date.now();
  const tokens = (shop: Shop): Promise<number> => shop.seen('token').then(({ length }) => length);
  const before = await all(shops, tokens);
  const count = stage.refreshes().length;
  while (stage.refreshes().length < count + 2) await delay(100);
  await delay(500);
  const after = await all(shops, tokens);
  const busy = shops.find((_, index) => after[index] !== before[index]);
  assert.ok(busy, 'somebody renewed');
  await busy.page.close();
  const rest = shops.filter((shop) => shop !== busy);

  await delay(20_000 - (Date.now() - begin));
  oncePerLifetime(stage.refreshes());
  const lifetimes = 20 / jwtSeconds;
  assert.ok(stage.refreshes().length - count >= Math.floor(lifetimes), 'none missed');
  await all(rest, (shop) => shop.reaches('signed-in'));
  await nobodyWasAsked(rest);

  const { exchanges } = stage.genesys.counters;
  assert.deepEqual(await all(rest, (shop) => shop.call('signIn')), ['ok', 'ok']);
  assert.equal(stage.genesys.counters.exchanges, exchanges, 'nothing opens, whichever tab renewed');
  await all(rest, (shop) => shop.openChat());
  await all(rest, (shop) => shop.say('Still here'));
  await nobodyWasAsked(rest);
});

test(
  'J22: a tab frozen in its turn holds the others up for five seconds',
  { skip: cannot.freeze ?? false },
  async (t) => {
    const [stage, shops] = await signedIn(3, 'J22-frozen', { defaults: { jwtSeconds: 20 } });
    t.after(() => stage.close());
    const [frozen, ...others] = shops as [Shop, ...Shop[]];
    stage.switch({ server: { latencyMs: 2_000 } });
    const count = stage.refreshes().length;
    const pluginCalled = frozen.call('refresh');
    while (stage.refreshes().length === count) await delay(20);
    const thaw = await frozen.freeze();
    stage.switch({ server: { latencyMs: 0 } });

    const begin = Date.now();
    const answers = await all(others, (shop) => shop.call('refresh'));
    const waited = Date.now() - begin;
    assert.deepEqual(answers, ['ok', 'ok']);
    assert.ok(waited < 5_000 + 2 * soonMs, `${waited} ms`);
    await thaw();
    assert.equal(await pluginCalled, 'ok');
    await all(shops, (shop) => shop.reaches('signed-in'));
    await nobodyWasAsked(shops);
  },
);

test('a sign-in in one tab signs the others in, and a sign-out signs them out, within a second', async (t) => {
  const stage = await Stage.open('tabs-in-and-out', { defaults: { jwtSeconds: 60 } });
  t.after(() => stage.close());
  const shops = [await stage.visit(), await stage.visit(), await stage.visit()] as const;
  const [first, second, third] = shops;
  await all(shops, (shop) => shop.prompt.waitFor());

  await first.signInByPrompt();
  await all(shops, (shop) => shop.reaches('signed-in'));
  await soonIn([second, third], 'gc-signed-in', first);
  for (const shop of shops) assert.equal(await shop.prompt.count(), 0);
  assert.equal(stage.visits('login-page'), 1, 'one popup for all');
  await third.openChat();
  await third.say('From the third tab');

  assert.equal(await second.call('signOut'), 'ok');
  await all(shops, (shop) => shop.reaches('signed-out'));
  await soonIn([first, third], 'gc-signed-out', second);
  const reasons = await all(shops, (shop) => shop.seen('gc-signed-out').then((all) => all.map(({ detail }) => detail)));
  assert.deepEqual(reasons, [[{ reason: 'other-tab' }], [{ reason: 'user' }], [{ reason: 'other-tab' }]]);
  assert.equal(stage.genesys.counters.revokes, 1);
  await delay(soonMs);
  for (const shop of shops) {
    assert.equal(await shop.state(), 'signed-out', 'nobody is signed in again behind their back');
    assert.equal(await shop.prompt.count(), 0, 'who signed out is not pluginCalled to sign in');
    await shop.isClean();
  }
});

test('J23: another person signs in: every tab shows theirs, and nothing of the first one’s', async (t) => {
  const [stage, shops] = await signedIn(2, 'J23-tabs', { defaults: { jwtSeconds: 60 } });
  t.after(() => stage.close());
  const [first, second] = shops as [Shop, Shop];
  await second.openChat();
  await second.say('This is between Alice and you');
  stage.demo.provider.control.signOut();
  await stage.signInAtProvider('bob');

  await first.call('reauthenticate');
  await all(shops, async (shop) => {
    await shop.page.waitForFunction(() => {
      const seen = (window as unknown as { seen: Array<{ type: string }> }).seen.map(({ type }) => type);
      return seen.lastIndexOf('gc-signed-in') > seen.indexOf('gc-signed-out') && seen.includes('gc-signed-out');
    });
    await shop.reaches('signed-in');
  });
  await all(shops, async (shop) => {
    const jwt = (await shop.seen('token')).at(-1)?.detail?.['claims'] as { sub?: string };
    assert.match(String(jwt.sub), /bob/i);
  });
  assert.equal(await second.said('This is between Alice and you'), 0);
  await all(shops, (shop) => shop.isClean());
});
