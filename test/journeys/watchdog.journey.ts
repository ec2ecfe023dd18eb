import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage } from './stage.js';

test('J11: Messenger ignores the resolve of reAuthenticate once: noticed, nudged, signed in within 5 s', async (t) => {
  const stage = await Stage.open('J11', { defaults: { jwtSeconds: 60 } });
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  for (const reAuthenticateResolve of ['ignored-once', 'ignored-until-nudged'] as const) {
    await shop.set({ reAuthenticateResolve });
    const begin = Date.now();
    assert.equal(await shop.call('reauthenticate'), 'ok');
    assert.ok(Date.now() - begin < 5_000, `${reAuthenticateResolve}: ${Date.now() - begin} ms`);
    await shop.reaches('signed-in');
  }
  assert.deepEqual(await shop.seen('gc-interaction-required'), []);
  await shop.isClean();
});

test('J11: a Messenger that ignores everything is reported, with a retry that works', async (t) => {
  const stage = await Stage.open('J11-deaf', { defaults: { jwtSeconds: 60 } });
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  await shop.set({ reAuthenticateResolve: 'ignored' });
  assert.equal(await shop.call('reauthenticate'), 'reauthenticate-ignored');
  await shop.reaches('failed');
  await shop.set({ reAuthenticateResolve: 'honoured' });
  await shop.prompt.getByRole('button', { name: 'Try again' }).click();
  await shop.reaches('signed-in', 15_000);
  await shop.isClean();
});

test('J12: exchanges that always fail stop after a few tries, with a button that works once they do not', async (t) => {
  const stage = await Stage.open('J12', { defaults: { failExchange: 401 } });
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('failed', 20_000);
  const codes = (await shop.seen('gc-error')).map(({ detail }) => detail?.['code']);
  assert.equal(codes.at(-1), 'loop-stopped');
  assert.ok(stage.genesys.counters.exchanges <= 4, `${stage.genesys.counters.exchanges} exchanges`);
  await shop.picture('stopped');

  stage.switch({ server: { failExchange: 0 } });
  await shop.prompt.getByRole('button', { name: 'Try again' }).click();
  await shop.reaches('signed-in');
  await shop.isClean();
});
