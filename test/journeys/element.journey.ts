import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestSite } from './test-site.js';

test('J20: an element that is moved, removed, added again and changed keeps one Messenger and one AuthProvider, and repeats no event', async (t) => {
  const site = await TestSite.open('J20', { body: '<div id="other"></div>' });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  const confirmed = (await shop.events('gc-signed-in')).length;

  await shop.element.evaluate((element) => document.getElementById('other')?.append(element));
  assert.equal(await shop.state(), 'signed-in', 'a move does not interrupt the session');
  assert.equal((await shop.events('gc-signed-in')).length, confirmed);

  await shop.element.evaluate(async (element) => {
    element.remove();
    await new Promise((done) => requestAnimationFrame(done));
    document.body.append(element);
  });
  await shop.waitForState('signed-in');
  await shop.element.evaluate((element) => element.setAttribute('scope', 'openid offline_access profile'));
  await shop.waitForState('signed-in');
  assert.equal(await shop.call('reauthenticate'), 'ok');

  assert.equal(await shop.page.locator('script[src*="genesys.min.js"]').count(), 1);
  assert.equal(await shop.messenger.count(), 1);
  assert.equal((await shop.journal()).filter(({ outcome }) => outcome === 'name-taken').length, 0);
  await shop.checkInvariants();
});

test('J20: with two elements on a page, the second reports it, and takes over when the first is removed', async (t) => {
  const site = await TestSite.open('J20-two');
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  const waitForSecond = (state: string): Promise<unknown> =>
    shop.page.waitForFunction(
      (wanted) => document.querySelector<HTMLElement & { state: string }>('#second')?.state === wanted,
      state,
    );
  await shop.element.evaluate((element) => {
    const copy = element.cloneNode() as HTMLElement;
    copy.id = 'second';
    document.body.append(copy);
  });
  await waitForSecond('failed');
  assert.equal((await shop.events('gc-error')).at(-1)?.detail?.['code'], 'duplicate-element');
  await shop.element.first().evaluate((element) => element.remove());
  await waitForSecond('signed-in');
  await shop.checkInvariants();
});

test('J20: a page that replaces its body keeps conversation and sign-in: the new element adopts Messenger', async (t) => {
  const site = await TestSite.open('J20-body');
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  await shop.openChat();
  await shop.say('Hello');
  const before = site.authorizationRequests();

  // As Turbo goes back: to a copy of the body.
  await shop.page.evaluate(() => document.body.replaceWith(document.body.cloneNode(true)));
  await shop.waitForState('signed-in');
  await shop.messenger.getByText('You said: Hello').first().waitFor();
  assert.equal(await shop.call('close'), 'ok');
  assert.equal(await shop.call('open'), 'ok');
  await shop.say('Again');

  assert.equal(await shop.messenger.count(), 1);
  assert.equal(site.authorizationRequests(), before, 'no request to the provider');
  assert.deepEqual(await shop.events('gc-error'), []);
  await shop.checkInvariants();
});
