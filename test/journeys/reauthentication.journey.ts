import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage } from './stage.js';

const jwtSeconds = 5;

test('J9: the refresh token is dead, the provider session alive: a silent code, no prompt', async (t) => {
  const stage = await Stage.open('J9', { defaults: { jwtSeconds } });
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  await shop.openChat();
  await shop.say('Before');
  stage.act('revoke-refresh-tokens');

  await shop.passes('reauthenticating');
  await shop.reaches('signed-in');
  const tokens = await shop.sawTokens(2);
  assert.equal(tokens.at(-1)?.['source'], 'sign-in');
  await shop.say('After');
  assert.equal(await shop.said('Before'), 1);
  assert.equal(stage.genesys.counters.exchanges, 2);
  assert.equal(await shop.alert.count(), 0);
  assert.deepEqual(await shop.seen('gc-interaction-required'), []);
  await shop.isClean();
});

test('J10: refresh token and provider session dead: one prompt, the draft kept, one click', async (t) => {
  const stage = await Stage.open('J10', { defaults: { jwtSeconds } });
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  await shop.openChat();
  await shop.say('Before');
  await shop.type('What I was about to ask');
  stage.act('revoke-refresh-tokens');
  stage.demo.provider.control.signOut();

  await shop.reaches('interaction-required');
  await shop.prompt.waitFor();
  await shop.picture('prompt');
  assert.equal(await shop.draft(), 'What I was about to ask');
  assert.equal((await shop.seen('gc-interaction-required')).length, 1);

  await shop.signInByPrompt('alice');
  await shop.reaches('signed-in');
  assert.equal(await shop.draft(), 'What I was about to ask');
  assert.equal(await shop.alert.count(), 0);
  await shop.say('After');
  assert.equal(await shop.said('Before'), 1);
  const pluginCalled = (await shop.journal()).filter(
    ({ plugin, command }) => plugin === 'AuthProvider' && command === 'reAuthenticate',
  );
  assert.deepEqual(
    pluginCalled.map(({ outcome }) => outcome),
    ['called', 'resolved'],
    'reAuthenticate is settled once',
  );
  await shop.picture('after');
  await shop.isClean();
});

test('J13: signIn, getAuthCode, forceUpdate and reload in any order: every code is fresh and used at most once', async (t) => {
  const stage = await Stage.open('J13', { defaults: { jwtSeconds: 60 } });
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');

  // Messenger asks and the page asks, at the same time and one after the other.
  const both = await Promise.all([shop.call('reauthenticate'), shop.call('reauthenticate'), shop.call('refresh')]);
  assert.deepEqual(both, ['ok', 'ok', 'ok']);
  assert.equal(await shop.call('signIn'), 'ok', 'signed in already, so nothing opens');

  // A failed exchange makes Messenger ask again with forceUpdate.
  stage.switch({ server: { failExchange: 401 } });
  const again = shop.call('reauthenticate');
  await shop.page.waitForFunction(() =>
    (window as unknown as { seen: Array<{ type: string }> }).seen.some(({ type }) => type === 'gc-error'),
  );
  stage.switch({ server: { failExchange: 0 } });
  assert.equal(await again, 'ok');
  await shop.reaches('signed-in');
  await shop.isClean();

  for (let round = 0; round < 3; round++) {
    await shop.page.reload();
    await shop.reaches('signed-in');
    assert.equal(await shop.call('reauthenticate'), 'ok');
  }
  const codes = stage.genesys.log.map((entry) => (entry as { codeHash?: string }).codeHash).filter(Boolean);
  assert.equal(new Set(codes).size, codes.length, 'no code twice');
  await shop.isClean();
});
