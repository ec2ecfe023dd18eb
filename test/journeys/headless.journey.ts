import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GcAuthMessenger } from '../../src/index.js';
import { TestSite } from './test-site.js';

test('a headless deployment with autoStart: signed in and renewed, no conversation until the page joins one', async (t) => {
  const site = await TestSite.open('headless', { defaults: { jwtSeconds: 4, headless: true, autoStart: true } });
  t.after(() => site.close());
  await site.signInAtProvider('alice');
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  await shop.waitForTokens(2);
  assert.equal(site.genesys.counters.sockets, 0, 'no conversation starts by itself');
  assert.equal(await shop.call('open'), 'command-failed', 'there is no window');
  assert.equal(await shop.call('close'), 'ok', 'a window that does not exist counts as closed');

  const join = (): Promise<unknown> =>
    shop.element.evaluate((element: GcAuthMessenger) => element.command('MessagingService.joinConversation'));
  await join();
  await shop.page.waitForFunction(
    () =>
      (window as unknown as { genesysStandIn: { log: { event?: string }[] } }).genesysStandIn.log.some(
        ({ event }) => event === 'started',
      ),
    undefined,
    { timeout: 20_000 },
  );
  assert.equal(site.genesys.counters.sockets, 1);

  await shop.visit();
  await shop.waitForState('signed-in');
  await shop.waitForTokens(2);
  assert.equal(site.genesys.counters.sockets, 0, 'also after a reload');
  await shop.checkInvariants();
});
