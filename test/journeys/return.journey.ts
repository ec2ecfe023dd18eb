import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';

const jwtSeconds = 4;

const expired = (shop: Shop): Promise<unknown> =>
  shop.page.waitForFunction((seconds) => {
    const { genesysStandIn } = window as unknown as { genesysStandIn?: { jwt(): { iat?: number } | undefined } };
    return Date.now() / 1000 > (genesysStandIn?.jwt()?.iat ?? Infinity) + seconds;
  }, jwtSeconds);

test('J6: a new tab after the JWT expired: refreshed at start, no prompt, no visit to the provider', async (t) => {
  const stage = await Stage.open('J6', { defaults: { jwtSeconds }, attributes: { renew: 'off' } });
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  await expired(shop);
  const visits = stage.visits();
  stage.demo.app.page('/new', (await shop.page.content()).replace(' renew="off"', ''));
  const fresh = await stage.visit('/new');
  await fresh.reaches('signed-in');
  assert.equal((await fresh.sawTokens(1))[0]?.['source'], 'refresh');
  assert.equal(stage.visits(), visits);
  assert.deepEqual(await fresh.seen('gc-interaction-required'), []);
  await fresh.isClean();
});

test('J7: back from another site with the refresh token dead too: a silent code, no prompt', async (t) => {
  const stage = await Stage.open('J7', { defaults: { jwtSeconds } });
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  await shop.page.goto(`${stage.demo.provider.origin}/.well-known/openid-configuration`);
  stage.act('revoke-refresh-tokens');
  stage.act('expire-jwts');
  await shop.page.waitForFunction((until) => Date.now() > until, Date.now() + jwtSeconds * 1000);
  await shop.visit();
  await shop.reaches('signed-in');
  await shop.openChat();
  await shop.say('I am back');
  assert.deepEqual(await shop.seen('gc-interaction-required'), []);
  assert.equal(await shop.alert.count(), 0);
  await shop.isClean();
});

test('J8: the socket is cut with an expired JWT: reconnected with a fresh one, nothing lost or doubled', async (t) => {
  const stage = await Stage.open('J8', { defaults: { jwtSeconds }, attributes: { renew: 'on-demand' } });
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  await shop.openChat();
  await shop.say('One');
  await expired(shop);
  stage.act('cut-sockets');
  await shop.say('Two');
  await shop.say('Three');
  for (const text of ['One', 'Two', 'Three']) assert.equal(await shop.said(text), 1, text);
  await shop.reaches('signed-in');
  assert.equal(await shop.alert.count(), 0);
  assert.deepEqual(await shop.seen('gc-interaction-required'), []);
  await shop.isClean();
});
