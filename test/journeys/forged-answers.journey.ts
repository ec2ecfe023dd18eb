import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startDemo } from '../../demo/server/demo.js';
import { TestSite } from './test-site.js';

/** A page that sends forged answers of all shapes to all windows it can access, every 5 ms. */
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

test('J25: forged answers from other frames are ignored, and the real answer is accepted', async (t) => {
  const otherSite = await startDemo({ quiet: true });
  t.after(() => otherSite.close());
  const site = await TestSite.open('J25', {
    body: `<iframe id="own" src="/attack"></iframe><iframe id="foreign" src="${otherSite.app.origin}/attack"></iframe>`,
  });
  t.after(() => site.close());
  site.demo.app.page('/attack', attacker(site.demo.provider.origin));
  otherSite.app.page('/attack', attacker(site.demo.provider.origin));
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  assert.equal(await shop.call('reauthenticate'), 'ok');
  await shop.waitForState('signed-in');
  assert.equal(site.genesys.counters.exchangesRefused, 0, 'no forged code reaches Genesys');
  assert.deepEqual(await shop.events('gc-error'), []);
  await shop.page.evaluate(() => document.querySelectorAll('iframe').forEach((frame) => frame.remove()));
  await shop.checkInvariants();
});

test('J25: forged answers do not end a sign-in in the popup', async (t) => {
  const site = await TestSite.open('J25-popup', { body: '<iframe id="own" src="/attack"></iframe>' });
  t.after(() => site.close());
  site.demo.app.page('/attack', attacker(site.demo.provider.origin));
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  await shop.signInByPrompt('bob');
  await shop.waitForState('signed-in');
  assert.equal(site.genesys.counters.exchanges, 1);
  assert.equal(site.genesys.counters.exchangesRefused, 0);
  await shop.page.evaluate(() => document.querySelectorAll('iframe').forEach((frame) => frame.remove()));
  await shop.checkInvariants();
});
