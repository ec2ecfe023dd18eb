import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestSite } from './test-site.js';

test('J1: first visit, signed in at the provider: signed in without a prompt, address and history unchanged', async (t) => {
  const site = await TestSite.open('J1');
  t.after(() => site.close());
  await site.signInAtProvider('alice');
  const before = site.authorizationRequests();
  const shop = await site.newTab();
  await shop.visit('/account?from=mail&item=7#orders');
  const history = await shop.page.evaluate(() => window.history.length);
  await shop.waitForState('signed-in');
  await shop.openChat();
  await shop.messenger.getByText('Signed in as Alice').waitFor();
  await shop.say('Where is my parcel?');
  await shop.screenshot('chatting');

  assert.equal(site.authorizationRequests() - before, 1, 'one request to the provider');
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
  assert.equal(shop.page.url(), `${site.demo.app.origin}/account?from=mail&item=7#orders`);
  assert.equal(await shop.page.evaluate(() => window.history.length), history);
  assert.equal(site.genesys.counters.exchanges, 1);
  await shop.checkInvariants();
});

test('J2: first visit, signed out: one prompt, one click, and the person can chat', async (t) => {
  const site = await TestSite.open('J2');
  t.after(() => site.close());
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  await shop.prompt.waitFor();
  await shop.screenshot('prompt');
  assert.equal((await shop.events('gc-interaction-required')).length, 1);

  await shop.page.getByLabel('Note to the seller').fill('half written');
  await shop.signInByPrompt('alice');
  await shop.waitForState('signed-in');
  assert.equal(await shop.prompt.count(), 0);
  assert.equal(await shop.page.getByLabel('Note to the seller').inputValue(), 'half written');
  await shop.openChat();
  await shop.say('Hello');
  await shop.screenshot('chatting');
  assert.equal(site.genesys.counters.exchanges, 1);
  await shop.checkInvariants();
});

test('J2: the prompt can be dismissed', async (t) => {
  const site = await TestSite.open('J2-dismissed');
  t.after(() => site.close());
  const shop = await site.openPage();
  await shop.prompt.getByRole('button', { name: 'Dismiss' }).click();
  await shop.waitForState('signed-out');
  assert.equal(await shop.prompt.count(), 0);
  assert.deepEqual(await shop.events('gc-error'), []);
  await shop.checkInvariants();
});
