import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { cannot } from './driver/open.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

const jwtSeconds = 4;
const hour = 3_600_000;

async function signedIn(name: string, options: TestSiteOptions = {}): Promise<[TestSite, ShopPage]> {
  const site = await TestSite.open(name, { defaults: { jwtSeconds }, ...options });
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  return [site, shop];
}

async function checkNoPrompt(shop: ShopPage): Promise<void> {
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
  assert.deepEqual(await shop.events('gc-signed-out'), []);
  assert.equal(await shop.reAuthenticatingAlert.count(), 0);
  await shop.checkInvariants();
}

interface DeviceWindow extends Window {
  hidden: boolean;
  offline: boolean;
}

/** Makes the page appear hidden or offline, which not all drivers can do. */
const deviceState = (): void => {
  const page = window as unknown as DeviceWindow;
  page.hidden = page.offline = false;
  Object.defineProperty(document, 'visibilityState', { get: () => (page.hidden ? 'hidden' : 'visible') });
  Object.defineProperty(navigator, 'onLine', { get: () => !page.offline });
  const { fetch } = window;
  window.fetch = (...request) => (page.offline ? Promise.reject(new TypeError('Failed to fetch')) : fetch(...request));
};

const setHidden = (shop: ShopPage, hidden: boolean): Promise<void> =>
  shop.page.evaluate((value) => {
    (window as unknown as DeviceWindow).hidden = value;
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

const setOffline = (shop: ShopPage, offline: boolean): Promise<void> =>
  shop.page.evaluate((value) => {
    (window as unknown as DeviceWindow).offline = value;
    window.dispatchEvent(new Event(value ? 'offline' : 'online'));
  }, offline);

const back = cannot['back-forward-cache'] ?? false;
test(
  'J21: back to a page in the back/forward cache: unchanged, and one refresh if the JWT expired',
  { skip: back },
  async (t) => {
    const [site, shop] = await signedIn('J21-back', {
      defaults: { jwtSeconds: 60 },
      // `no-store` pages are not kept in the back/forward cache.
      headers: { 'Cache-Control': 'no-cache' },
      early: () =>
        window.addEventListener('pageshow', ({ persisted }) => (document.title = persisted ? 'restored' : 'loaded')),
    });
    t.after(() => site.close());
    const requests = site.authorizationRequests();
    const away = `${site.demo.provider.origin}/.well-known/openid-configuration`;
    const goBack = async (): Promise<void> => {
      await shop.page.goBack({ waitUntil: 'commit' });
      await shop.page.waitForFunction(() => document.title === 'restored');
    };
    await shop.page.getByLabel('Note to the seller').fill('half written');
    await shop.page.goto(away);
    await goBack();
    assert.equal(await shop.state(), 'signed-in');
    assert.equal(await shop.page.getByLabel('Note to the seller').inputValue(), 'half written');
    assert.deepEqual(site.refreshes(), [], 'none while the JWT is valid');

    site.setSwitches({ server: { jwtSeconds: 4 } });
    assert.equal(await shop.call('refresh'), 'ok');
    await shop.page.goto(away);
    const before = site.refreshes().length;
    await delay(4_000);
    assert.equal(site.refreshes().length, before, 'none while the page is in the cache');
    site.setSwitches({ server: { jwtSeconds: 60 } });
    await goBack();
    await shop.waitForTokens(before + 2);
    await shop.waitForState('signed-in');
    assert.equal(site.refreshes().length, before + 1);
    await shop.openChat();
    await shop.say('I am back');
    assert.equal(site.authorizationRequests(), requests, 'no more requests to the provider');
    await checkNoPrompt(shop);
  },
);

for (const [what, offset] of [
  ['an hour ahead', hour],
  ['an hour behind', -hour],
] as const) {
  test(`J21: a clock ${what}: renewed in time, and a reload needs neither the provider nor a prompt`, async (t) => {
    // A fifth of the lifetime is left for a renewal, which takes seconds on a busy machine.
    const lifetime = 10;
    const [site, shop] = await signedIn(`J21-clock-${offset / hour}`, {
      clockOffsetMs: offset,
      defaults: { jwtSeconds: lifetime },
    });
    t.after(() => site.close());
    const tokens = await shop.waitForTokens(2);
    assert.equal(site.refreshes().length, tokens.length - 1);
    for (const [index, token] of tokens.slice(1).entries()) {
      const seconds = ((token['issuedAt'] as number) - (tokens[index]?.['issuedAt'] as number)) / 1_000;
      assert.ok(seconds > lifetime / 2 && seconds < lifetime + 1, `renewed after ${seconds} s`);
    }
    site.setSwitches({ server: { jwtSeconds: 60 } });
    assert.equal(await shop.call('refresh'), 'ok');
    const [requests, count] = [site.authorizationRequests(), site.refreshes().length];
    await shop.page.reload();
    await shop.waitForState('signed-in');
    await shop.openChat();
    await shop.say('Hello again');
    assert.equal(site.authorizationRequests(), requests, 'no request to the provider');
    assert.ok(site.refreshes().length - count <= 1, `${site.refreshes().length - count} refreshes`);
    await checkNoPrompt(shop);
  });
}

test('J21: a clock that jumps during the session causes at most one refresh per jump', async (t) => {
  const [site, shop] = await signedIn('J21-jumps');
  t.after(() => site.close());
  const jumps = [hour, -hour, 0];
  for (const offset of jumps) {
    const count = site.refreshes().length;
    await shop.setClock(offset);
    // The element reads the clock on focus, not only in timers.
    await shop.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    while (site.refreshes().length === count) await delay(50);
    await shop.waitForState('signed-in');
  }
  await shop.waitForState('signed-in');
  const [first = 0, last = 0] = [site.refreshes()[0], site.refreshes().at(-1)];
  const lifetimes = Math.ceil((last - first) / (jwtSeconds * 800));
  assert.ok(site.refreshes().length <= lifetimes + jumps.length, `${site.refreshes().length} in ${lifetimes}`);
  await shop.openChat();
  await shop.say('What time is it?');
  await checkNoPrompt(shop);
});

test('J21: a hidden tab does not renew; visible again after the JWT expired, it renews once', async (t) => {
  const [site, shop] = await signedIn('J21-hidden', { early: deviceState });
  t.after(() => site.close());
  await shop.openChat();
  await setHidden(shop, true);
  const count = site.refreshes().length;
  await delay(jwtSeconds * 1_000 + 500);
  assert.equal(site.refreshes().length, count);
  site.setSwitches({ server: { jwtSeconds: 60 } });
  await setHidden(shop, false);
  await shop.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await shop.waitForTokens(count + 2);
  await shop.waitForState('signed-in');
  await shop.say('I was reading something else');
  assert.equal(site.refreshes().length, count + 1);
  await checkNoPrompt(shop);
});

test('J21: offline when the JWT expires: nobody is signed out, and it is renewed when the network is back', async (t) => {
  const [site, shop] = await signedIn('J21-offline', { early: deviceState });
  t.after(() => site.close());
  await setOffline(shop, true);
  const count = site.refreshes().length;
  await delay(jwtSeconds * 1_000 + 500);
  assert.equal(site.refreshes().length, count);
  const states = await shop.states();
  assert.ok(states.includes('renewing'), 'it tried to renew');
  assert.ok(['signed-in', 'renewing'].includes(String(states.at(-1))), `${String(states.at(-1))} while offline`);
  site.setSwitches({ server: { jwtSeconds: 60 } });
  await setOffline(shop, false);
  await shop.waitForState('signed-in', 3_000);
  assert.equal(site.refreshes().length, count + 1);
  assert.equal(site.genesys.counters.exchanges, 1);
  await shop.openChat();
  await shop.say('Online again');
  await checkNoPrompt(shop);
});
