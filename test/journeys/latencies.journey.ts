import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { recordPopups, waitForClosedPopups } from './record-popups.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';

/*
 * Journeys with a bound in seconds that a busy machine misses: the test runner runs them alone.
 */

test('J11: Messenger ignores the resolve of reAuthenticate: noticed, nudged, and signed in within 5 s', async (t) => {
  const site = await TestSite.open('J11', { defaults: { jwtSeconds: 60 } });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  for (const reAuthenticateResolve of ['ignored-once', 'ignored-until-nudged'] as const) {
    await shop.setSwitches({ reAuthenticateResolve });
    const begin = Date.now();
    assert.equal(await shop.call('reauthenticate'), 'ok');
    assert.ok(Date.now() - begin < 5_000, `${reAuthenticateResolve}: ${Date.now() - begin} ms`);
    await shop.waitForState('signed-in');
  }
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
  await shop.checkInvariants();
});

test('J18: closing the popup returns to the prompt within 2 s', async (t) => {
  const site = await TestSite.open('J18-closed', { early: recordPopups });
  t.after(() => site.close());
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  const [popup] = await Promise.all([
    shop.page.waitForEvent('popup'),
    shop.prompt.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await popup.getByLabel('Account').waitFor();
  await shop.waitForState('signing-in');
  await popup.close();
  await shop.waitForState('interaction-required', 4_000);
  const returned = (await shop.events('gc-state-change')).at(-1)?.at ?? Infinity;
  const closed = (await waitForClosedPopups(shop))[0]?.closedAt ?? 0;
  assert.ok(returned - closed < 2_000, `${returned - closed} ms`);
  assert.equal((await shop.events('gc-error')).at(-1)?.detail?.['code'], 'popup-closed');

  await shop.signInByPrompt();
  await shop.waitForState('signed-in');
  await shop.checkInvariants();
});

/** Longest delay until a tab shows what happened in another. */
const syncMs = 1_000;

const all = <T>(shops: readonly ShopPage[], work: (shop: ShopPage) => Promise<T>): Promise<T[]> =>
  Promise.all(shops.map(work));

/** Time of the latest event of a type. */
async function timeOf(shop: ShopPage, type: string): Promise<number> {
  await shop.waitForEvent(type);
  return (await shop.events(type)).at(-1)?.at ?? 0;
}

/** Time from an event in one tab to the same event in the last of the others, in milliseconds. */
async function timeToSync(others: readonly ShopPage[], type: string, first: ShopPage): Promise<number> {
  const firstAt = await timeOf(first, type);
  const times = await all(others, (shop) => timeOf(shop, type));
  return Math.max(...times) - firstAt;
}

/** A sign-in and a sign-out in three tabs, and how long each took to reach the others. */
async function signInAndOut(after: (close: () => Promise<void>) => void): Promise<[signIn: number, signOut: number]> {
  const site = await TestSite.open('tabs-in-and-out', { defaults: { jwtSeconds: 60 } });
  after(() => site.close());
  const shops = [await site.openPage(), await site.openPage(), await site.openPage()] as const;
  const [first, second, third] = shops;
  await all(shops, (shop) => shop.prompt.waitFor());

  await first.signInByPrompt();
  await all(shops, (shop) => shop.waitForState('signed-in'));
  const signInMs = await timeToSync([second, third], 'gc-signed-in', first);
  for (const shop of shops) assert.equal(await shop.prompt.count(), 0);
  assert.equal(site.authorizationRequests('login-page'), 1, 'one popup for all');
  await third.openChat();
  await third.say('From the third tab');

  assert.equal(await second.call('signOut'), 'ok');
  await all(shops, (shop) => shop.waitForState('signed-out'));
  const signOutMs = await timeToSync([first, third], 'gc-signed-out', second);
  const reasons = await all(shops, (shop) =>
    shop.events('gc-signed-out').then((all) => all.map(({ detail }) => detail)),
  );
  assert.deepEqual(reasons, [[{ reason: 'other-tab' }], [{ reason: 'user' }], [{ reason: 'other-tab' }]]);
  assert.equal(site.genesys.counters.revokes, 1);
  await delay(syncMs);
  for (const shop of shops) {
    assert.equal(await shop.state(), 'signed-out', 'no silent sign-in follows');
    assert.equal(await shop.prompt.count(), 0, 'no prompt after a sign-out');
    await shop.checkInvariants();
  }
  return [signInMs, signOutMs];
}

test('a sign-in in one tab signs the others in, and a sign-out signs them out, within a second', async (t) => {
  // The fastest of three counts: other load on the machine only ever adds time.
  const fastest = [Infinity, Infinity];
  for (let round = 0; round < 3 && Math.max(...fastest) >= syncMs; round++) {
    const times = await signInAndOut(t.after.bind(t));
    for (const [index, ms] of times.entries()) fastest[index] = Math.min(fastest[index] ?? Infinity, ms);
  }
  const [signInMs = Infinity, signOutMs = Infinity] = fastest;
  assert.ok(signInMs < syncMs, `gc-signed-in after ${Math.round(signInMs)} ms`);
  assert.ok(signOutMs < syncMs, `gc-signed-out after ${Math.round(signOutMs)} ms`);
});
