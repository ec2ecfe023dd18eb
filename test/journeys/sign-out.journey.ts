import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage } from './stage.js';

test('J15: signing out tells Genesys first, then the provider, and nobody is signed in behind the person’s back', async (t) => {
  const stage = await Stage.open('J15', {
    redirectPaths: ['/goodbye'],
    attributes: { 'post-logout-redirect-uri': '/goodbye' },
  });
  t.after(() => stage.close());
  stage.demo.app.page('/goodbye', '<!doctype html><html lang="en"><title>Goodbye</title><h1>Goodbye</h1></html>');
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  await shop.openChat();
  await shop.say('Bye');

  await shop.element.evaluate((element: HTMLElement & { signOut(o: object): Promise<void> }) => {
    void element.signOut({ provider: true });
  });
  await shop.page.getByRole('heading', { name: 'Goodbye' }).waitFor();
  assert.equal(shop.page.url().split('?')[0], `${stage.demo.app.origin}/goodbye`);
  assert.equal(stage.genesys.counters.revokes, 1);
  const revoked = stage.genesys.log.find(({ kind }) => kind === 'revoke')?.at ?? Infinity;
  const ended = stage.demo.provider.control.log().find(({ route }) => route === 'end-session')?.at ?? 0;
  assert.ok(revoked <= ended, 'Genesys before the provider');

  const back = await stage.visit();
  await back.reaches('interaction-required');
  await back.prompt.getByRole('button', { name: 'Dismiss' }).click();
  await back.reaches('signed-out');
  await back.isClean();
});

test('J15: a dead JWT is refreshed before it is revoked', async (t) => {
  const stage = await Stage.open('J15-expired', { attributes: { renew: 'off' }, defaults: { jwtSeconds: 3 } });
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  await shop.page.waitForFunction(
    () =>
      Date.now() / 1000 >
      ((window as unknown as { genesysStandIn: { jwt(): { exp?: number } } }).genesysStandIn.jwt().exp ?? Infinity),
  );
  assert.equal(await shop.call('signOut'), 'ok');
  await shop.reaches('signed-out');
  assert.deepEqual(
    (await shop.seen('gc-signed-out')).map(({ detail }) => detail),
    [{ reason: 'user' }],
  );
  assert.equal(stage.genesys.counters.refreshes, 1);
  assert.equal(stage.genesys.counters.revokes, 1);
  assert.equal(stage.genesys.counters.revokesRefused, 0);
  assert.equal(await shop.prompt.count(), 0, 'who signed out is not pluginCalled to sign in');
  await shop.isClean();
});
