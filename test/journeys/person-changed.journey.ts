import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

const secret = 'Where is my parcel 4711';

/**
 * Script that checks, in every animation frame and on every event of the element, whether Alice's message is visible
 * after the page knows that another person is signed in.
 */
const leakDetector = `<script>
  window.leaks = [];
  window.known = false;
  const check = (when) => {
    const root = document.querySelector('#genesys-messenger')?.shadowRoot;
    for (const bubble of root?.querySelectorAll('.bubble') ?? [])
      if (window.known && bubble.textContent.includes('${secret}') && bubble.getClientRects().length > 0 &&
          getComputedStyle(bubble).visibility === 'visible') window.leaks.push(when);
  };
  const frame = () => { check('frame'); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  document.addEventListener('gc-error', ({ detail }) => { window.known ||= detail.code === 'person-changed'; });
  document.addEventListener('gc-signed-out', () => requestAnimationFrame(() => { window.known = true; }));
  for (const type of ['gc-error', 'gc-state-change', 'gc-signed-out', 'gc-signed-in'])
    document.addEventListener(type, () => check(type));
</script>`;

const jwtSeconds = 6;

const sharedBrowser: TestSiteOptions = { defaults: { jwtSeconds }, body: leakDetector };

interface DetectorWindow extends Window {
  leaks: string[];
  known: boolean;
}

/** Alice signs in and sends a message. */
async function aliceChats(site: TestSite): Promise<ShopPage> {
  await site.signInAtProvider('alice');
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  await shop.openChat();
  await shop.say(secret);
  return shop;
}

/** Bob signs in at the provider in the same browser, and Alice's refresh token is revoked. */
async function bobSignsIn(site: TestSite): Promise<void> {
  const page = await site.context.newPage();
  await page.goto(`${site.demo.provider.origin}/control/sign-in?account=bob`);
  await page.close();
  site.runAction('revoke-refresh-tokens');
}

/** Makes Messenger show Alice's message until it publishes `Auth.loggedOut`. */
const keepMessageVisible = (shop: ShopPage): Promise<void> =>
  shop.page.evaluate((text) => {
    const bubble = document.createElement('p');
    bubble.className = 'bubble';
    bubble.textContent = text;
    bubble.style.position = 'fixed';
    document.querySelector('#genesys-messenger')?.shadowRoot?.append(bubble);
    document.addEventListener('gc-messenger-event', (event) => {
      if ((event as CustomEvent<{ name: string }>).detail.name === 'Auth.loggedOut') bubble.remove();
    });
  }, secret);

const waitForChange = async (shop: ShopPage): Promise<void> => {
  await shop.page.waitForFunction(() => (window as unknown as DetectorWindow).known, undefined, { timeout: 20_000 });
};

/** Bob is signed in and can chat, and nothing of Alice was or is visible. */
async function checkBobs(shop: ShopPage): Promise<void> {
  await shop.waitForState('signed-in', 20_000);
  await shop.messenger.getByText('Signed in as Bob').waitFor();
  assert.equal(await shop.messageCount(secret), 0, 'not in the transcript');
  await shop.say('This is Bob');
  assert.equal(await shop.messageCount(secret), 0, 'not in the history');
  assert.deepEqual(await shop.page.evaluate(() => (window as unknown as DetectorWindow).leaks), []);
  await shop.checkInvariants();
}

/** The events from the change on, with their code or reason. */
async function eventsSinceChange(shop: ShopPage): Promise<unknown[]> {
  const lines = (await shop.events()).map(({ type, detail }) =>
    [type, detail?.['code'] ?? detail?.['reason']].filter(Boolean).join(' '),
  );
  return lines
    .slice(lines.indexOf('gc-error person-changed'))
    .filter((line) => /^gc-(error|signed-in|signed-out|token)/.test(line));
}

test('J23: another person signs in at the provider: the conversation is hidden at once, Messenger signed out, then the new person signed in', async (t) => {
  const site = await TestSite.open('J23', sharedBrowser);
  t.after(() => site.close());
  const shop = await aliceChats(site);
  await keepMessageVisible(shop);
  await bobSignsIn(site);
  await waitForChange(shop);
  await shop.waitForState('signed-in', 20_000);
  assert.deepEqual(await eventsSinceChange(shop), [
    'gc-error person-changed',
    'gc-signed-out person-changed',
    'gc-signed-in',
  ]);
  assert.deepEqual((await shop.states()).slice(-4), ['reauthenticating', 'signed-out', 'signing-in', 'signed-in']);
  const claims = (await shop.events('token')).map(({ detail }) => (detail?.['claims'] as { sub: string }).sub);
  assert.deepEqual([...new Set(claims)], ['alice', 'bob']);
  await shop.screenshot('bob');
  await checkBobs(shop);
  assert.ok(site.genesys.counters.revokes >= 1, 'the JWT is revoked at Genesys');
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
});

test('J23: the change is noticed at page load, too', async (t) => {
  const site = await TestSite.open('J23-reload', sharedBrowser);
  t.after(() => site.close());
  site.demo.app.page('/elsewhere', '<!doctype html><html lang="en"><title>Elsewhere</title></html>');
  const shop = await aliceChats(site);
  await shop.page.goto(`${site.demo.app.origin}/elsewhere`);
  await bobSignsIn(site);
  await shop.page.waitForFunction((at) => Date.now() > at, Date.now() + jwtSeconds * 1_000);
  await shop.visit();
  await waitForChange(shop);
  await shop.waitForState('signed-in', 20_000);
  assert.deepEqual(await eventsSinceChange(shop), [
    'gc-error person-changed',
    'gc-signed-out person-changed',
    'gc-signed-in',
  ]);
  await checkBobs(shop);
});

/** Alice's conversation is open in two tabs when Bob signs in. */
async function openTwoTabs(site: TestSite): Promise<readonly [ShopPage, ShopPage]> {
  const first = await aliceChats(site);
  const second = await site.openPage();
  await second.waitForState('signed-in');
  await second.messenger.getByText(secret, { exact: true }).waitFor();
  await bobSignsIn(site);
  return [first, second];
}

async function checkAllBobs(tabs: readonly ShopPage[]): Promise<void> {
  for (const shop of tabs) await shop.waitForEvent('gc-signed-out');
  for (const shop of tabs) await checkBobs(shop);
}

test('J23: both of two tabs sign the new person in, and neither shows the earlier conversation', async (t) => {
  const site = await TestSite.open('J23-tabs', sharedBrowser);
  t.after(() => site.close());
  const tabs = await openTwoTabs(site);
  await Promise.race(tabs.map(waitForChange));
  await checkAllBobs(tabs);
});

test('J23: the same when Messenger has lost its tokens in each tab', async (t) => {
  const site = await TestSite.open('J23-both', sharedBrowser);
  t.after(() => site.close());
  const tabs = await openTwoTabs(site);
  await Promise.all(tabs.map((shop) => shop.call('refresh')));
  await checkAllBobs(tabs);
});

test('J23: the same person who signs in again is not a change', async (t) => {
  const site = await TestSite.open('J23-same', sharedBrowser);
  t.after(() => site.close());
  const shop = await aliceChats(site);
  site.demo.provider.control.signOut();
  await site.signInAtProvider('alice');
  site.runAction('revoke-refresh-tokens');
  const before = (await shop.events('token')).length;
  await shop.waitForTokens(before + 2, 20_000);
  await shop.waitForState('signed-in');
  assert.deepEqual(await shop.events('gc-error'), []);
  assert.deepEqual(await shop.events('gc-signed-out'), []);
  assert.equal(await shop.messageCount(secret), 1);
  await shop.checkInvariants();
});
