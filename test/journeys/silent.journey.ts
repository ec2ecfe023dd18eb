import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage } from './stage.js';

test('J1: first visit, signed in at the provider: signed in without a prompt, address and history untouched', async (t) => {
  const stage = await Stage.open('J1');
  t.after(() => stage.close());
  await stage.signInAtProvider('alice');
  const before = stage.visits();
  const shop = await stage.tab();
  await shop.visit('/account?from=mail&item=7#orders');
  const history = await shop.page.evaluate(() => window.history.length);
  await shop.reaches('signed-in');
  await shop.openChat();
  await shop.messenger.getByText('Signed in as Alice').waitFor();
  await shop.say('Where is my parcel?');
  await shop.picture('chatting');

  assert.equal(stage.visits() - before, 1, 'the provider is visited once');
  assert.deepEqual(await shop.seen('gc-interaction-required'), []);
  assert.equal(shop.page.url(), `${stage.demo.app.origin}/account?from=mail&item=7#orders`);
  assert.equal(await shop.page.evaluate(() => window.history.length), history);
  assert.equal(stage.genesys.counters.exchanges, 1);
  await shop.isClean();
});

test('J2: first visit, signed out: one prompt, one click, and the person is chatting', async (t) => {
  const stage = await Stage.open('J2');
  t.after(() => stage.close());
  const shop = await stage.visit();
  await shop.reaches('interaction-required');
  await shop.prompt.waitFor();
  await shop.picture('prompt');
  assert.equal((await shop.seen('gc-interaction-required')).length, 1);

  await shop.page.getByLabel('Note to the seller').fill('half written');
  await shop.signInByPrompt('alice');
  await shop.reaches('signed-in');
  assert.equal(await shop.prompt.count(), 0);
  assert.equal(await shop.page.getByLabel('Note to the seller').inputValue(), 'half written');
  await shop.openChat();
  await shop.say('Hello');
  await shop.picture('chatting');
  assert.equal(stage.genesys.counters.exchanges, 1);
  await shop.isClean();
});

test('J2: dismissed, the prompt goes away and leaves the page alone', async (t) => {
  const stage = await Stage.open('J2-dismissed');
  t.after(() => stage.close());
  const shop = await stage.visit();
  await shop.prompt.getByRole('button', { name: 'Dismiss' }).click();
  await shop.reaches('signed-out');
  assert.equal(await shop.prompt.count(), 0);
  assert.deepEqual(await shop.seen('gc-error'), []);
  await shop.isClean();
});
