import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { TestSite } from './test-site.js';

const jwtSeconds = 5;

test('J9: refresh token revoked, provider session valid: a silent code, no prompt', async (t) => {
  const site = await TestSite.open('J9', { defaults: { jwtSeconds } });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  await shop.openChat();
  await shop.say('Before');
  site.runAction('revoke-refresh-tokens');

  await shop.waitForStateEvent('reauthenticating');
  await shop.waitForState('signed-in');
  const tokens = await shop.waitForTokens(2);
  assert.equal(tokens.at(-1)?.['source'], 'sign-in');
  await shop.say('After');
  assert.equal(await shop.messageCount('Before'), 1);
  assert.equal(site.genesys.counters.exchanges, 2);
  assert.equal(await shop.reAuthenticatingAlert.count(), 0);
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
  await shop.checkInvariants();
});

test('J10: refresh token and provider session ended: one prompt, one click, and the draft is kept', async (t) => {
  const site = await TestSite.open('J10', { defaults: { jwtSeconds } });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  await shop.openChat();
  await shop.say('Before');
  await shop.type('A draft');
  site.runAction('revoke-refresh-tokens');
  site.demo.provider.control.signOut();

  await shop.waitForState('interaction-required');
  await shop.prompt.waitFor();
  await shop.screenshot('prompt');
  assert.equal(await shop.draft(), 'A draft');
  assert.equal((await shop.events('gc-interaction-required')).length, 1);

  await shop.signInByPrompt('alice');
  await shop.waitForState('signed-in');
  assert.equal(await shop.draft(), 'A draft');
  assert.equal(await shop.reAuthenticatingAlert.count(), 0);
  await shop.say('After');
  assert.equal(await shop.messageCount('Before'), 1);
  const calls = (await shop.journal()).filter(
    ({ plugin, command }) => plugin === 'AuthProvider' && command === 'reAuthenticate',
  );
  assert.deepEqual(
    calls.map(({ outcome }) => outcome),
    ['called', 'resolved'],
    'reAuthenticate is settled once',
  );
  await shop.screenshot('after');
  await shop.checkInvariants();
});

test('J13: signIn, getAuthCode, forceUpdate and reload in any order: every code is new and used at most once', async (t) => {
  const site = await TestSite.open('J13', { defaults: { jwtSeconds: 60 } });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');

  // Concurrent calls of the page, each of which makes Messenger call AuthProvider.
  const results = await Promise.all([shop.call('reauthenticate'), shop.call('reauthenticate'), shop.call('refresh')]);
  assert.deepEqual(results, ['ok', 'ok', 'ok']);
  assert.equal(await shop.call('signIn'), 'ok', 'already signed in, so no popup opens');

  // After a failed exchange, Messenger calls getAuthCode again with forceUpdate.
  site.setSwitches({ server: { failExchange: 401 } });
  const { exchanges } = site.genesys.counters;
  const again = shop.call('reauthenticate');
  // Only that one fails. The page would tell later than the next one begins.
  while (site.genesys.counters.exchanges === exchanges) await delay(5);
  site.setSwitches({ server: { failExchange: 0 } });
  assert.equal(await again, 'ok');
  await shop.waitForEvent('gc-error');
  assert.equal(site.genesys.counters.exchanges, exchanges + 2);
  await shop.waitForState('signed-in');
  await shop.checkInvariants();

  for (let round = 0; round < 3; round++) {
    await shop.page.reload();
    await shop.waitForState('signed-in');
    assert.equal(await shop.call('reauthenticate'), 'ok');
  }
  const codes = site.genesys.log.map((entry) => (entry as { codeHash?: string }).codeHash).filter(Boolean);
  assert.equal(new Set(codes).size, codes.length, 'no code twice');
  await shop.checkInvariants();
});
