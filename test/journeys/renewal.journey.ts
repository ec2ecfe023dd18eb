import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';

/** Lifetimes are whole seconds, so this is the shortest that leaves room for a renewal. */
const jwtSeconds = 5;

const expired = (shop: Shop): Promise<unknown> =>
  shop.page.waitForFunction(() => {
    const { genesysStandIn } = window as unknown as { genesysStandIn?: { jwt(): { exp?: number } | undefined } };
    return Date.now() / 1000 > (genesysStandIn?.jwt()?.exp ?? Infinity);
  });

async function signedIn(name: string, attributes: Record<string, string> = {}, server = {}): Promise<[Stage, Shop]> {
  const stage = await Stage.open(name, { attributes, defaults: { jwtSeconds, ...server } });
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  return [stage, shop];
}

test('J3: the JWT of a visible page is renewed by itself, once a lifetime', async (t) => {
  const [stage, shop] = await signedIn('J3');
  t.after(() => stage.close());
  const tokens = await shop.sawTokens(4, 30_000);
  assert.equal(stage.genesys.counters.refreshes, tokens.length - 1, 'one refresh per new JWT');
  assert.deepEqual(
    tokens.map(({ source }) => source),
    ['sign-in', ...tokens.slice(1).map(() => 'refresh')],
  );
  for (const [index, token] of tokens.slice(1).entries()) {
    const before = tokens[index] as Record<string, number>;
    assert.ok((token['issuedAt'] as number) < (before['expiresAt'] ?? 0), 'renewed before the old one expired');
  }
  assert.equal(stage.genesys.counters.exchanges, 1);
  assert.deepEqual(await shop.seen('gc-interaction-required'), []);
  await shop.isClean();
});

test('J4: where refreshing early brings the same JWT, it is tried again only after expiry', async (t) => {
  const [stage, shop] = await signedIn('J4', {}, { sameJwtWhileValid: true });
  t.after(() => stage.close());
  const tokens = await shop.sawTokens(4, 40_000);
  const lifetimes = tokens.length - 1;
  const { refreshes } = stage.genesys.counters;
  assert.ok(refreshes <= lifetimes + 1, `${refreshes} refreshes in ${lifetimes} lifetimes: the habit is learnt once`);
  assert.deepEqual(await shop.seen('gc-error'), []);
  await shop.isClean();
});

test('J5: reloaded after the JWT expired, it is refreshed at start and the conversation restored', async (t) => {
  const [stage, shop] = await signedIn('J5', { renew: 'off' });
  t.after(() => stage.close());
  await shop.openChat();
  await shop.say('Please remember this');
  await expired(shop);
  const visits = stage.visits();
  stage.demo.app.page('/account', (await shop.page.content()).replace(' renew="off"', ''));

  const back = await stage.visit();
  await shop.page.close();
  await back.reaches('signed-in');
  assert.equal((await back.sawTokens(1))[0]?.['source'], 'refresh');
  await back.messenger.getByText('Please remember this', { exact: true }).first().waitFor();
  await back.say('And this');
  await back.picture('restored');

  assert.equal(stage.visits(), visits, 'the provider is not visited');
  assert.equal(await back.alert.count(), 0);
  assert.deepEqual(await back.seen('gc-interaction-required'), []);
  await back.isClean();
});

test('J5: reloaded in the same tab as well', async (t) => {
  const [stage, shop] = await signedIn('J5-reload');
  t.after(() => stage.close());
  await shop.openChat();
  await shop.say('Before');
  await shop.visit('/callback.html');
  stage.act('expire-jwts');
  const visits = stage.visits();
  await shop.visit();
  await shop.reaches('signed-in');
  await shop.sawTokens(2);
  await shop.say('After');
  assert.equal(await shop.said('Before'), 1);
  assert.equal(await shop.alert.count(), 0);
  assert.ok(stage.visits() - visits <= 1, 'at most one silent visit');
  assert.deepEqual(await shop.seen('gc-interaction-required'), []);
  await shop.isClean();
});
