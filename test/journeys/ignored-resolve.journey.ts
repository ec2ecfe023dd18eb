import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestSite } from './test-site.js';

test('J11: a Messenger that ignores every nudge is reported, and the retry button works', async (t) => {
  const site = await TestSite.open('J11-ignored', { defaults: { jwtSeconds: 60 } });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  await shop.setSwitches({ reAuthenticateResolve: 'ignored' });
  assert.equal(await shop.call('reauthenticate'), 'reauthenticate-ignored');
  await shop.waitForState('failed');
  await shop.setSwitches({ reAuthenticateResolve: 'honoured' });
  await shop.prompt.getByRole('button', { name: 'Try again' }).click();
  await shop.waitForState('signed-in', 15_000);
  await shop.checkInvariants();
});

test('J12: exchanges that always fail: stops after a few attempts, and the button works after the cause is gone', async (t) => {
  const site = await TestSite.open('J12', { defaults: { failExchange: 401 } });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('failed', 20_000);
  const codes = (await shop.events('gc-error')).map(({ detail }) => detail?.['code']);
  assert.equal(codes.at(-1), 'loop-stopped');
  assert.ok(site.genesys.counters.exchanges <= 4, `${site.genesys.counters.exchanges} exchanges`);
  await shop.screenshot('stopped');

  site.setSwitches({ server: { failExchange: 0 } });
  await shop.prompt.getByRole('button', { name: 'Try again' }).click();
  await shop.waitForState('signed-in');
  await shop.checkInvariants();
});
