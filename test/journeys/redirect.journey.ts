import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillLogin } from './login.js';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';
import type { StageOptions } from './stage.js';

/** Popups are not allowed, and the page itself takes the answer. */
const byRedirect: StageOptions = {
  redirectPaths: ['/account'],
  attributes: { 'sign-in-modes': 'silent redirect', 'redirect-uri': undefined },
};

const own = '?tab=orders&code=SPRING24#newest';

/** Presses the prompt's button and waits until the provider's page is there instead. */
async function leave(shop: Shop): Promise<void> {
  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await shop.page.getByLabel('Account').waitFor();
}

async function signInByRedirect(shop: Shop, rest: string): Promise<void> {
  await leave(shop);
  await fillLogin(shop.page, 'alice');
  await shop.page.waitForURL(`${shop.stage.demo.app.origin}/account${rest}`);
  await shop.reaches('signed-in');
}

/** What is remembered in this tab of redirects that are under way. */
const remembered = (shop: Shop) => shop.page.evaluate(() => sessionStorage.getItem('gc-auth-messenger:redirects'));

/** What `isClean` says, for an address with a `code` of the page's own. */
async function isAsItWas(shop: Shop, rest: string): Promise<void> {
  const { search, hash } = new URL(shop.page.url());
  assert.equal(search + hash, rest);
  assert.equal(await remembered(shop), null);
  assert.equal(shop.stage.genesys.counters.codesSeenTwice, 0);
  assert.deepEqual(await shop.seen('gc-error'), []);
}

for (const [where, redirectUri] of [
  ['on the page itself', undefined],
  ['by the callback page', 'callback.html'],
] as const) {
  test(`J19: a redirect answered ${where} comes back to the same page, query and hash intact`, async (t) => {
    const stage = await Stage.open(`J19-${redirectUri ?? 'self'}`, {
      ...byRedirect,
      attributes: { ...byRedirect.attributes, 'redirect-uri': redirectUri },
    });
    t.after(() => stage.close());
    const shop = await stage.visit(`/account${own}`);
    await shop.reaches('interaction-required');
    const before = await shop.page.evaluate(() => history.length);
    await signInByRedirect(shop, own);
    await isAsItWas(shop, own);
    // The login page, and the page it posts to: none of them is ours.
    const entries = (await shop.page.evaluate(() => history.length)) - before;
    assert.ok(entries <= 2, `${entries} entries more`);
    assert.equal(stage.genesys.counters.exchanges, 1);
    await shop.openChat();
    await shop.say('Hello');

    await shop.page.reload();
    await shop.reaches('signed-in');
    await isAsItWas(shop, own);
    assert.equal(stage.genesys.counters.exchanges, 1);
  });
}

test('J19: the conversation and Messenger’s open window are there again after a redirect', async (t) => {
  const stage = await Stage.open('J19-conversation', byRedirect);
  t.after(() => stage.close());
  const shop = await stage.visit();
  await shop.reaches('interaction-required');
  await signInByRedirect(shop, '');
  await shop.openChat();
  await shop.say('Before');

  // Everything that could go on without a person ends.
  stage.act('revoke-refresh-tokens');
  stage.act('expire-jwts');
  stage.demo.provider.control.signOut();
  await shop.page.reload();
  await shop.reaches('interaction-required');
  await signInByRedirect(shop, '');
  await shop.messenger.getByText('You said: Before').first().waitFor();
  await shop.say('After');
  assert.equal(await shop.said('Before'), 1);
  await shop.isClean();
});

test('J19: going back from the provider’s page, nothing is stuck, and the button works again', async (t) => {
  const stage = await Stage.open('J19-back', byRedirect);
  t.after(() => stage.close());
  const shop = await stage.visit('/account?tab=orders#newest');
  await shop.reaches('interaction-required');
  await leave(shop);
  await shop.page.evaluate(() => history.back());
  await shop.page.waitForURL(`${stage.demo.app.origin}/account?tab=orders#newest`);
  await shop.reaches('interaction-required');
  assert.deepEqual(await shop.seen('gc-error'), []);
  await signInByRedirect(shop, '?tab=orders#newest');
  await isAsItWas(shop, '?tab=orders#newest');
  assert.equal(stage.genesys.counters.exchanges, 1);
  await shop.isClean();
});

test('J19: Back and Forward after the sign-in, a second tab, and a bookmark of the answer: no error, no code used', async (t) => {
  const stage = await Stage.open('J19-again', byRedirect);
  t.after(() => stage.close());
  const shop = await stage.visit('/account#newest');
  await shop.reaches('interaction-required');
  await leave(shop);
  await fillLogin(shop.page, 'alice');
  await shop.page.waitForURL(`${stage.demo.app.origin}/account#newest`);
  await shop.reaches('signed-in');
  await shop.page.evaluate(() => history.back());
  await shop.page.waitForFunction(() => !document.querySelector('gc-auth-messenger') && document.body);
  await shop.page.evaluate(() => history.forward());
  await shop.page.waitForURL(`${stage.demo.app.origin}/account#newest`);
  await shop.reaches('signed-in');
  assert.deepEqual(await shop.seen('gc-error'), []);

  // As the provider sent it: the answer stands in no history, so the test makes the address up again.
  const stale = `/account?code=stale&state=r.${'A'.repeat(43)}#newest`;
  for (const tab of [shop, await stage.tab()]) {
    await tab.visit(stale);
    await tab.page.waitForURL(`${stage.demo.app.origin}/account#newest`);
    await tab.reaches('signed-in');
    assert.deepEqual(await tab.seen('gc-error'), []);
    await tab.isClean();
  }
  assert.equal(stage.genesys.counters.exchanges, 1);
});

test('J19: a provider that says no brings back to the prompt, which works again', async (t) => {
  const stage = await Stage.open('J19-refused', byRedirect);
  t.after(() => stage.close());
  const shop = await stage.visit('/account#newest');
  await shop.reaches('interaction-required');
  await leave(shop);
  stage.demo.provider.control.set({ wrongIss: true });
  await fillLogin(shop.page, 'alice');
  await shop.page.waitForURL(`${stage.demo.app.origin}/account#newest`);
  await shop.page.waitForFunction(() =>
    (window as unknown as { seen: Array<{ type: string }> }).seen.some(({ type }) => type === 'gc-error'),
  );
  assert.equal((await shop.seen('gc-error'))[0]?.detail?.['code'], 'issuer-mismatch');
  assert.equal(stage.genesys.counters.exchanges, 0);
  assert.equal(await remembered(shop), null);
});
