import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';

const jwtSeconds = 4;

const expired = (shop: ShopPage): Promise<unknown> =>
  shop.page.waitForFunction((seconds) => {
    const { genesysStandIn } = window as unknown as { genesysStandIn?: { jwt(): { iat?: number } | undefined } };
    return Date.now() / 1000 > (genesysStandIn?.jwt()?.iat ?? Infinity) + seconds;
  }, jwtSeconds);

test('J6: a new tab after the JWT expired: refreshed at start, no prompt, no request to the provider', async (t) => {
  const site = await TestSite.open('J6', { defaults: { jwtSeconds }, attributes: { renew: 'off' } });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  await expired(shop);
  const requests = site.authorizationRequests();
  site.demo.app.page('/new', (await shop.page.content()).replace(' renew="off"', ''));
  const newTab = await site.openPage('/new');
  await newTab.waitForState('signed-in');
  assert.equal((await newTab.waitForTokens(1))[0]?.['source'], 'refresh');
  assert.equal(site.authorizationRequests(), requests);
  assert.deepEqual(await newTab.events('gc-interaction-required'), []);
  await newTab.checkInvariants();
});

test('J7: back from another site, refresh token revoked, too: a silent code, no prompt', async (t) => {
  const site = await TestSite.open('J7', { defaults: { jwtSeconds } });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  await shop.page.goto(`${site.demo.provider.origin}/.well-known/openid-configuration`);
  site.runAction('revoke-refresh-tokens');
  site.runAction('expire-jwts');
  await shop.page.waitForFunction((until) => Date.now() > until, Date.now() + jwtSeconds * 1000);
  await shop.visit();
  await shop.waitForState('signed-in');
  await shop.openChat();
  await shop.say('I am back');
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
  assert.equal(await shop.reAuthenticatingAlert.count(), 0);
  await shop.checkInvariants();
});

test('J8: the socket is cut with an expired JWT: reconnected with a new one, no message lost or repeated', async (t) => {
  const site = await TestSite.open('J8', { defaults: { jwtSeconds }, attributes: { renew: 'on-demand' } });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  await shop.openChat();
  await shop.say('One');
  await expired(shop);
  site.runAction('cut-sockets');
  await shop.say('Two');
  await shop.say('Three');
  for (const text of ['One', 'Two', 'Three']) assert.equal(await shop.messageCount(text), 1, text);
  await shop.waitForState('signed-in');
  assert.equal(await shop.reAuthenticatingAlert.count(), 0);
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
  await shop.checkInvariants();
});
