import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestSite } from './test-site.js';

test('J24: an outage of Genesys and provider outlasts the JWT: one error, no prompt, and everything works after it', async (t) => {
  const site = await TestSite.open('J24-outage', { defaults: { jwtSeconds: 4 } });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  await shop.openChat();
  await shop.say('Before');
  site.setSwitches({ server: { failRefresh: 503, failExchange: 503 } });
  site.demo.provider.control.set({ down: true });
  await shop.waitForEvent('gc-error');
  await shop.screenshot('outage');

  site.setSwitches({ server: { failRefresh: 0, failExchange: 0 } });
  site.demo.provider.control.set({ down: false });
  await shop.waitForState('signed-in', 40_000);
  await shop.say('After');
  assert.equal(await shop.messageCount('Before'), 1, 'the conversation is kept');
  assert.deepEqual(
    (await shop.events('gc-error')).map(({ detail }) => detail?.['code']),
    ['silent-refused'],
  );
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
  assert.deepEqual(await shop.events('gc-signed-out'), []);
  await shop.checkInvariants();
});
