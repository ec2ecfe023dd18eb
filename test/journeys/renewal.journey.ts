import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';

/** Lifetimes are whole seconds; this is the shortest in which a renewal fits. */
const jwtSeconds = 5;

const expired = (shop: ShopPage): Promise<unknown> =>
  shop.page.waitForFunction(() => {
    const { genesysStandIn } = window as unknown as { genesysStandIn?: { jwt(): { exp?: number } | undefined } };
    return Date.now() / 1000 > (genesysStandIn?.jwt()?.exp ?? Infinity);
  });

async function signedIn(
  name: string,
  attributes: Record<string, string> = {},
  server = {},
): Promise<[TestSite, ShopPage]> {
  const site = await TestSite.open(name, { attributes, defaults: { jwtSeconds, ...server } });
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  return [site, shop];
}

test('J3: the JWT of a visible page is renewed automatically, once per lifetime', async (t) => {
  // A fifth of the lifetime is left for a renewal, which takes seconds on a busy machine.
  const [site, shop] = await signedIn('J3', {}, { jwtSeconds: 15 });
  t.after(() => site.close());
  const tokens = await shop.waitForTokens(3, 60_000);
  assert.equal(site.genesys.counters.refreshes, tokens.length - 1, 'one refresh per new JWT');
  assert.deepEqual(
    tokens.map(({ source }) => source),
    ['sign-in', ...tokens.slice(1).map(() => 'refresh')],
  );
  for (const [index, token] of tokens.slice(1).entries()) {
    const before = tokens[index] as Record<string, number>;
    assert.ok((token['issuedAt'] as number) < (before['expiresAt'] ?? 0), 'renewed before the old one expired');
  }
  assert.equal(site.genesys.counters.exchanges, 1);
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
  await shop.checkInvariants();
});

test('J4: where an early refresh returns the same JWT, the next one follows after expiry', async (t) => {
  const [site, shop] = await signedIn('J4', {}, { sameJwtWhileValid: true });
  t.after(() => site.close());
  const tokens = await shop.waitForTokens(4, 40_000);
  const lifetimes = tokens.length - 1;
  const { refreshes } = site.genesys.counters;
  assert.ok(refreshes <= lifetimes + 1, `${refreshes} refreshes in ${lifetimes} lifetimes`);
  assert.deepEqual(await shop.events('gc-error'), []);
  await shop.checkInvariants();
});

test('J5: reloaded after the JWT expired: it is refreshed at start, and the conversation is restored', async (t) => {
  const [site, shop] = await signedIn('J5', { renew: 'off' });
  t.after(() => site.close());
  await shop.openChat();
  await shop.say('Please remember this');
  await expired(shop);
  const requests = site.authorizationRequests();
  // One refresh is enough for the rest.
  site.setSwitches({ server: { jwtSeconds: 60 } });
  site.demo.app.page('/account', (await shop.page.content()).replace(' renew="off"', ''));

  const reloaded = await site.openPage();
  await shop.page.close();
  await reloaded.waitForState('signed-in');
  assert.equal((await reloaded.waitForTokens(1))[0]?.['source'], 'refresh');
  await reloaded.messenger.getByText('Please remember this', { exact: true }).first().waitFor();
  await reloaded.say('And this');
  await reloaded.screenshot('restored');

  assert.equal(site.authorizationRequests(), requests, 'no request to the provider');
  assert.equal(await reloaded.reAuthenticatingAlert.count(), 0);
  assert.deepEqual(await reloaded.events('gc-interaction-required'), []);
  await reloaded.checkInvariants();
});

test('J5: the same with a reload in the same tab', async (t) => {
  const [site, shop] = await signedIn('J5-reload');
  t.after(() => site.close());
  await shop.openChat();
  await shop.say('Before');
  await shop.visit('/callreloaded.html');
  site.runAction('expire-jwts');
  // One renewal is enough for the rest.
  site.setSwitches({ server: { jwtSeconds: 60 } });
  const requests = site.authorizationRequests();
  await shop.visit();
  await shop.waitForState('signed-in');
  // The JWT of before comes first where it has not expired yet; a slow machine takes longer to load the page.
  await shop.waitForNewToken();
  await shop.say('After');
  assert.equal(await shop.messageCount('Before'), 1);
  assert.equal(await shop.reAuthenticatingAlert.count(), 0);
  assert.ok(site.authorizationRequests() - requests <= 1, 'at most one silent request');
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
  await shop.checkInvariants();
});
