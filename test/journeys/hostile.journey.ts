import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startDemo } from '../../demo/server/demo.js';
import { Stage } from './stage.js';

/** Posts every shape of forged answer to every window it can reach, as fast as it may. */
const attacker = (origin: string): string => `<!doctype html><script>
  const forged = [
    { type: 'gc-auth-messenger:answer', params: 'code=forged&state=forged&iss=${origin}' },
    { type: 'gc-auth-messenger:answer', params: 'error=access_denied&state=forged' },
    { type: 'gc-auth-messenger:answer', params: 42 }, { type: 'gc-auth-messenger:answer' },
    'code=forged', null, { type: 'authorization_response', response: { code: 'forged' } },
  ];
  const targets = () => [parent, opener, ...Array.from({ length: parent.length }, (_, i) => parent[i])].filter(Boolean);
  setInterval(() => { for (const target of targets()) for (const message of forged) try { target.postMessage(message, '*'); } catch {} }, 5);
</script>`;

test('J25: forged answers of hostile frames are ignored, and the real one counts', async (t) => {
  const elsewhere = await startDemo({ quiet: true });
  t.after(() => elsewhere.close());
  const stage = await Stage.open('J25', {
    body: `<iframe id="own" src="/attack"></iframe><iframe id="foreign" src="${elsewhere.app.origin}/attack"></iframe>`,
  });
  t.after(() => stage.close());
  stage.demo.app.page('/attack', attacker(stage.demo.provider.origin));
  elsewhere.app.page('/attack', attacker(stage.demo.provider.origin));
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  assert.equal(await shop.call('reauthenticate'), 'ok');
  await shop.reaches('signed-in');
  assert.equal(stage.genesys.counters.exchangesRefused, 0, 'no forged code reached Genesys');
  assert.deepEqual(await shop.seen('gc-error'), []);
  await shop.page.evaluate(() => document.querySelectorAll('iframe').forEach((frame) => frame.remove()));
  await shop.isClean();
});

test('J25: forged answers do not end a sign-in in the popup either', async (t) => {
  const stage = await Stage.open('J25-popup', { body: '<iframe id="own" src="/attack"></iframe>' });
  t.after(() => stage.close());
  stage.demo.app.page('/attack', attacker(stage.demo.provider.origin));
  const shop = await stage.visit();
  await shop.reaches('interaction-required');
  await shop.signInByPrompt('bob');
  await shop.reaches('signed-in');
  assert.equal(stage.genesys.counters.exchanges, 1);
  assert.equal(stage.genesys.counters.exchangesRefused, 0);
  await shop.page.evaluate(() => document.querySelectorAll('iframe').forEach((frame) => frame.remove()));
  await shop.isClean();
});
