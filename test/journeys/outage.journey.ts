import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage } from './stage.js';

test('J24: an outage of Genesys and provider outlives the JWT: said once, nobody is pluginCalled, and all is well when it is over', async (t) => {
  const stage = await Stage.open('J24-outage', { defaults: { jwtSeconds: 4 } });
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  await shop.openChat();
  await shop.say('Before');
  stage.switch({ server: { failRefresh: 503, failExchange: 503 } });
  stage.demo.provider.control.set({ down: true });
  await shop.saw('gc-error');
  await shop.picture('out');

  stage.switch({ server: { failRefresh: 0, failExchange: 0 } });
  stage.demo.provider.control.set({ down: false });
  await shop.reaches('signed-in', 40_000);
  await shop.say('After');
  assert.equal(await shop.said('Before'), 1, 'the conversation is kept');
  assert.deepEqual(
    (await shop.seen('gc-error')).map(({ detail }) => detail?.['code']),
    ['silent-refused'],
  );
  assert.deepEqual(await shop.seen('gc-interaction-required'), []);
  assert.deepEqual(await shop.seen('gc-signed-out'), []);
  await shop.isClean();
});
