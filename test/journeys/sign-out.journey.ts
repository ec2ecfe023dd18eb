import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestSite } from './test-site.js';

test('J15: sign-out ends the session at Genesys first, then at the provider, and no silent sign-in follows', async (t) => {
  const site = await TestSite.open('J15', {
    redirectPaths: ['/goodbye'],
    attributes: { 'post-logout-redirect-uri': '/goodbye' },
  });
  t.after(() => site.close());
  site.demo.app.page('/goodbye', '<!doctype html><html lang="en"><title>Goodbye</title><h1>Goodbye</h1></html>');
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  await shop.openChat();
  await shop.say('Bye');

  await shop.element.evaluate((element: HTMLElement & { signOut(o: object): Promise<void> }) => {
    void element.signOut({ provider: true });
  });
  await shop.page.getByRole('heading', { name: 'Goodbye' }).waitFor();
  assert.equal(shop.page.url().split('?')[0], `${site.demo.app.origin}/goodbye`);
  assert.equal(site.genesys.counters.revokes, 1);
  const revoked = site.genesys.log.find(({ kind }) => kind === 'revoke')?.at ?? Infinity;
  const ended = site.demo.provider.control.log().find(({ route }) => route === 'end-session')?.at ?? 0;
  assert.ok(revoked <= ended, 'Genesys before the provider');

  const newTab = await site.openPage();
  await newTab.waitForState('interaction-required');
  await newTab.prompt.getByRole('button', { name: 'Dismiss' }).click();
  await newTab.waitForState('signed-out');
  await newTab.checkInvariants();
});

test('J15: an expired JWT is refreshed before it is revoked', async (t) => {
  const site = await TestSite.open('J15-expired', { attributes: { renew: 'off' }, defaults: { jwtSeconds: 3 } });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  await shop.page.waitForFunction(
    () =>
      Date.now() / 1000 >
      ((window as unknown as { genesysStandIn: { jwt(): { exp?: number } } }).genesysStandIn.jwt().exp ?? Infinity),
  );
  assert.equal(await shop.call('signOut'), 'ok');
  await shop.waitForState('signed-out');
  assert.deepEqual(
    (await shop.events('gc-signed-out')).map(({ detail }) => detail),
    [{ reason: 'user' }],
  );
  assert.equal(site.genesys.counters.refreshes, 1);
  assert.equal(site.genesys.counters.revokes, 1);
  assert.equal(site.genesys.counters.revokesRefused, 0);
  assert.equal(await shop.prompt.count(), 0, 'no prompt after a sign-out');
  await shop.checkInvariants();
});
