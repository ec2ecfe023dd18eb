import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillLogin } from './fill-login.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

/** Signs in by redirect instead of by popup. The page is its own redirect URI. */
const byRedirect: TestSiteOptions = {
  redirectPaths: ['/account'],
  attributes: { 'sign-in-modes': 'silent redirect', 'redirect-uri': undefined },
};

const ownQueryAndHash = '?tab=orders&code=SPRING24#newest';

/** Clicks the prompt's button and waits for the provider's login page. */
async function goToProvider(shop: ShopPage): Promise<void> {
  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await shop.page.getByLabel('Account').waitFor();
}

async function signInByRedirect(shop: ShopPage, queryAndHash: string): Promise<void> {
  await goToProvider(shop);
  await fillLogin(shop.page, 'alice');
  await shop.page.waitForURL(`${shop.site.demo.app.origin}/account${queryAndHash}`);
  await shop.waitForState('signed-in');
}

/** The stored state of pending redirects. */
const pendingRedirects = (shop: ShopPage) =>
  shop.page.evaluate(() => sessionStorage.getItem('gc-auth-messenger:redirects'));

/** Replaces `checkInvariants` for an address with a parameter `code` of the page's own. */
async function checkUnchanged(shop: ShopPage, queryAndHash: string): Promise<void> {
  const { search, hash } = new URL(shop.page.url());
  assert.equal(search + hash, queryAndHash);
  assert.equal(await pendingRedirects(shop), null);
  assert.equal(shop.site.genesys.counters.codesSeenTwice, 0);
  assert.deepEqual(await shop.events('gc-error'), []);
}

for (const [where, redirectUri] of [
  ['on the page itself', undefined],
  ['by the callback page', 'callback.html'],
] as const) {
  test(`J19: a redirect answered ${where} returns to the same page with its query and hash`, async (t) => {
    const site = await TestSite.open(`J19-${redirectUri ?? 'self'}`, {
      ...byRedirect,
      attributes: { ...byRedirect.attributes, 'redirect-uri': redirectUri },
    });
    t.after(() => site.close());
    const shop = await site.openPage(`/account${ownQueryAndHash}`);
    await shop.waitForState('interaction-required');
    const before = await shop.page.evaluate(() => history.length);
    await signInByRedirect(shop, ownQueryAndHash);
    await checkUnchanged(shop, ownQueryAndHash);
    // The login page and the page that its form is sent to. The element adds no entry.
    const entries = (await shop.page.evaluate(() => history.length)) - before;
    assert.ok(entries <= 2, `${entries} entries more`);
    assert.equal(site.genesys.counters.exchanges, 1);
    await shop.openChat();
    await shop.say('Hello');

    await shop.page.reload();
    await shop.waitForState('signed-in');
    await checkUnchanged(shop, ownQueryAndHash);
    assert.equal(site.genesys.counters.exchanges, 1);
  });
}

test('J19: a page that says late who signs in does not lose the code of the redirect', async (t) => {
  const site = await TestSite.open('J19-late-hint', {
    redirectPaths: ['/account'],
    // No other way to a code: without this one, the person is asked again.
    attributes: { 'sign-in-modes': 'redirect', 'redirect-uri': undefined },
    early: () =>
      document.addEventListener('gc-attempt', ({ detail, target }) => {
        if (detail.rung === 'redirect') (target as Element).setAttribute('login-hint', 'alice');
      }),
  });
  t.after(() => site.close());
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  await signInByRedirect(shop, '');
  assert.equal(await shop.element.evaluate((element) => element.getAttribute('login-hint')), 'alice');
  assert.ok(!(await shop.states()).includes('interaction-required'));
  assert.equal(site.genesys.counters.exchanges, 1);
  await shop.checkInvariants();
});

test('J19: conversation and open window are restored after a redirect', async (t) => {
  const site = await TestSite.open('J19-conversation', byRedirect);
  t.after(() => site.close());
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  await signInByRedirect(shop, '');
  await shop.openChat();
  await shop.say('Before');

  // Now nothing can be renewed without the person.
  site.runAction('revoke-refresh-tokens');
  site.runAction('expire-jwts');
  site.demo.provider.control.signOut();
  await shop.page.reload();
  await shop.waitForState('interaction-required');
  await signInByRedirect(shop, '');
  await shop.messenger.getByText('You said: Before').first().waitFor();
  await shop.say('After');
  assert.equal(await shop.messageCount('Before'), 1);
  await shop.checkInvariants();
});

test('J19: after Back on the provider’s page, the prompt is shown and its button works', async (t) => {
  const site = await TestSite.open('J19-back', byRedirect);
  t.after(() => site.close());
  const shop = await site.openPage('/account?tab=orders#newest');
  await shop.waitForState('interaction-required');
  await goToProvider(shop);
  await shop.page.evaluate(() => history.back());
  await shop.page.waitForURL(`${site.demo.app.origin}/account?tab=orders#newest`);
  await shop.waitForState('interaction-required');
  assert.deepEqual(await shop.events('gc-error'), []);
  await signInByRedirect(shop, '?tab=orders#newest');
  await checkUnchanged(shop, '?tab=orders#newest');
  assert.equal(site.genesys.counters.exchanges, 1);
  await shop.checkInvariants();
});

test('J19: Back and Forward after the sign-in, a second tab, and a bookmark of the answer cause no error and use no code', async (t) => {
  const site = await TestSite.open('J19-again', byRedirect);
  t.after(() => site.close());
  const shop = await site.openPage('/account#newest');
  await shop.waitForState('interaction-required');
  await goToProvider(shop);
  await fillLogin(shop.page, 'alice');
  await shop.page.waitForURL(`${site.demo.app.origin}/account#newest`);
  await shop.waitForState('signed-in');
  await shop.page.evaluate(() => history.back());
  await shop.page.waitForFunction(() => !document.querySelector('gc-auth-messenger') && document.body);
  await shop.page.evaluate(() => history.forward());
  await shop.page.waitForURL(`${site.demo.app.origin}/account#newest`);
  await shop.waitForState('signed-in');
  assert.deepEqual(await shop.events('gc-error'), []);

  // The history does not contain the answer, so the test builds an address like it.
  const oldAnswer = `/account?code=stale&state=${'a'.repeat(32)};r#newest`;
  for (const tab of [shop, await site.newTab()]) {
    await tab.visit(oldAnswer);
    await tab.page.waitForURL(`${site.demo.app.origin}/account#newest`);
    await tab.waitForState('signed-in');
    assert.deepEqual(await tab.events('gc-error'), []);
    await tab.checkInvariants();
  }
  assert.equal(site.genesys.counters.exchanges, 1);
});

test('J19: an answer with an error returns to the page, and uses no code', async (t) => {
  const site = await TestSite.open('J19-refused', byRedirect);
  t.after(() => site.close());
  const shop = await site.openPage('/account#newest');
  await shop.waitForState('interaction-required');
  await goToProvider(shop);
  site.demo.provider.control.set({ wrongIss: true });
  await fillLogin(shop.page, 'alice');
  await shop.page.waitForURL(`${site.demo.app.origin}/account#newest`);
  await shop.waitForEvent('gc-error');
  assert.equal((await shop.events('gc-error'))[0]?.detail?.['code'], 'issuer-mismatch');
  assert.equal(site.genesys.counters.exchanges, 0);
  assert.equal(await pendingRedirects(shop), null);
});
