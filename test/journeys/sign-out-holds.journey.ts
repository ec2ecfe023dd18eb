import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import type { GcAuthMessenger } from '../../src/index.js';
import { cannot } from './driver/open.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

/*
 * J30: after a person's sign-out no page that was open then shows them signed in, until a person acts or the page is
 * loaded anew. The session at the provider lives on, so a silent attempt would succeed.
 */

/** Longer than the element waits before it asks Messenger for a first call, in milliseconds. */
const firstCallMs = 2_500;

async function signedIn(name: string, options: TestSiteOptions = {}): Promise<[TestSite, ShopPage]> {
  const site = await TestSite.open(`J30-${name}`, options);
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  return [site, shop];
}

/** Nobody is signed in on the page, and that lasts. */
async function checkStaysOut(shop: ShopPage, site: TestSite): Promise<void> {
  await shop.waitForState('signed-out');
  const exchanges = site.genesys.counters.exchanges;
  await delay(firstCallMs);
  assert.equal(await shop.state(), 'signed-out');
  assert.equal(site.genesys.counters.exchanges, exchanges, 'no code is exchanged');
  assert.equal(await shop.prompt.count(), 0, 'no prompt');
}

const changes: ReadonlyArray<readonly [string, TestSiteOptions['attributes'], (element: GcAuthMessenger) => void]> = [
  ['an attribute changes', {}, (element) => element.setAttribute('scope', 'openid email')],
  ['login-hint is removed', { 'login-hint': 'alice' }, (element) => element.removeAttribute('login-hint')],
  ['renew changes', { renew: 'on-demand' }, (element) => element.setAttribute('renew', 'off')],
  [
    'the element is mounted again',
    {},
    (element) => {
      const parent = element.parentElement!;
      element.remove();
      setTimeout(() => parent.append(element), 50);
    },
  ],
  ['the element is moved', {}, (element) => document.body.prepend(element)],
  [
    'the element is replaced',
    {},
    (element) => {
      const other = element.cloneNode() as GcAuthMessenger;
      element.replaceWith(other);
    },
  ],
];

for (const [what, attributes, change] of changes) {
  test(`J30: signed out by the person, then ${what}: nobody is signed in`, async (t) => {
    const [site, shop] = await signedIn(what.replace(/\W+/g, '-'), { ...(attributes && { attributes }) });
    t.after(() => site.close());
    assert.equal(await shop.call('signOut'), 'ok');
    await shop.waitForState('signed-out');
    await shop.element.evaluate(change);
    await checkStaysOut(shop, site);
    assert.equal(site.genesys.counters.revokes, 1);
  });
}

test('J30: a tab that is opened afterwards signs in by itself, and the others stay out until a person acts', async (t) => {
  const [site, shop] = await signedIn('other-tab');
  t.after(() => site.close());
  const sibling = await site.openPage();
  await sibling.waitForState('signed-in');
  assert.equal(await shop.call('signOut'), 'ok');
  await sibling.waitForState('signed-out');

  const opened = await site.openPage();
  await opened.waitForState('signed-in');
  await checkStaysOut(shop, site);
  await checkStaysOut(sibling, site);
  assert.equal(await opened.state(), 'signed-in');
  await opened.openChat();
  await opened.say('Hello');
  await opened.checkInvariants();
});

test('J30: signed out in one tab while another exchanges a code: that one is undone', async (t) => {
  const [site, shop] = await signedIn('exchanging');
  t.after(() => site.close());
  const sibling = await site.openPage();
  await sibling.waitForState('signed-in');
  site.setSwitches({ server: { latencyMs: 1_500 } });
  void sibling.call('reauthenticate').catch(() => undefined);
  await sibling.waitForState('reauthenticating');
  await delay(700);
  // Only the exchange is slow: a slow sign-out can miss its own deadline on a slow machine.
  site.setSwitches({ server: { latencyMs: 0 } });
  assert.equal(await shop.call('signOut'), 'ok');
  await checkStaysOut(shop, site);
  await checkStaysOut(sibling, site);
});

test('J30: signed out while another tab is loading', async (t) => {
  const [site, shop] = await signedIn('loading');
  t.after(() => site.close());
  const sibling = await site.newTab();
  site.setSwitches({ server: { latencyMs: 1_000 } });
  await sibling.visit();
  site.setSwitches({ server: { latencyMs: 0 } });
  assert.equal(await shop.call('signOut'), 'ok');
  await checkStaysOut(shop, site);
  await checkStaysOut(sibling, site);
});

test(
  'J30: a page that is restored from history after a sign-out in another tab shows nobody signed in',
  { skip: cannot['back-forward-cache'] ?? false },
  async (t) => {
    const [site, shop] = await signedIn('restored', {
      headers: { 'Cache-Control': 'no-cache' },
      early: () => {
        window.addEventListener('pageshow', ({ persisted }) => (document.title = persisted ? 'restored' : 'loaded'));
        // A message on the stand-in's channel evicts the page. Here Messenger does not hear of the sign-out.
        window.BroadcastChannel = class extends BroadcastChannel {
          constructor(name: string) {
            super(name.endsWith(':auth') ? `${name} ${Math.random()}` : name);
          }
        };
      },
    });
    t.after(() => site.close());
    const sibling = await site.openPage();
    await sibling.waitForState('signed-in');
    await shop.page.goto(`${site.demo.provider.origin}/.well-known/openid-configuration`);
    assert.equal(await sibling.call('signOut'), 'ok');
    await shop.page.goBack({ waitUntil: 'commit' });
    await shop.page.waitForFunction(() => document.title === 'restored');
    await checkStaysOut(shop, site);
  },
);

test('J30: Genesys cannot be told: the conversation is hidden, and the next page completes the sign-out first', async (t) => {
  const [site, shop] = await signedIn('untold');
  t.after(() => site.close());
  await shop.openChat();
  await shop.say('My secret');
  site.setSwitches({ server: { failRevoke: 503 } });
  assert.match(await shop.call('signOut'), /logout-failed/);
  await shop.waitForState('failed');
  const hidden = () =>
    shop.page.evaluate(() => {
      const container = document.querySelector('#genesys-messenger');
      return !container?.checkVisibility({ visibilityProperty: true });
    });
  assert.equal(await hidden(), true);

  site.setSwitches({ server: { failRevoke: 0 } });
  await shop.visit();
  await shop.waitForState('signed-in');
  const told = site.genesys.log.find(({ kind, status }) => kind === 'revoke' && status === 200);
  const exchanges = site.genesys.log.filter(({ kind }) => kind === 'exchange');
  assert.ok(told && exchanges.length === 2 && told.at <= (exchanges[1]?.at ?? 0), 'the old session ended first');
  await shop.checkInvariants();
});
