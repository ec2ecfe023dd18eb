import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GcAuthMessenger } from '../../src/index.js';
import { Stage } from './stage.js';

test('a headless deployment that starts by itself: signed in and renewed, no conversation until the page joins one', async (t) => {
  const stage = await Stage.open('headless', { defaults: { jwtSeconds: 4, headless: true, autoStart: true } });
  t.after(() => stage.close());
  await stage.signInAtProvider('alice');
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  await shop.sawTokens(2);
  assert.equal(stage.genesys.counters.sockets, 0, 'no conversation starts unasked');
  assert.equal(await shop.call('open'), 'command-failed', 'there is no window');
  assert.equal(await shop.call('close'), 'ok', 'what is not there is closed');

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
  assert.equal(stage.genesys.counters.sockets, 1);

  await shop.visit();
  await shop.reaches('signed-in');
  await shop.sawTokens(2);
  assert.equal(stage.genesys.counters.sockets, 0, 'nor after a reload');
  await shop.isClean();
});
