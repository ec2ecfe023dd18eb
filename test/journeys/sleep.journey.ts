import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { cannot } from './driver/open.js';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';
import type { StageOptions } from './stage.js';

const jwtSeconds = 4;
const hour = 3_600_000;

async function signedIn(name: string, options: StageOptions = {}): Promise<[Stage, Shop]> {
  const stage = await Stage.open(name, { defaults: { jwtSeconds }, ...options });
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  return [stage, shop];
}

async function nobodyWasAsked(shop: Shop): Promise<void> {
  assert.deepEqual(await shop.seen('gc-interaction-required'), []);
  assert.deepEqual(await shop.seen('gc-signed-out'), []);
  assert.equal(await shop.alert.count(), 0);
  await shop.isClean();
}

interface Device extends Window {
  hidden: boolean;
  offline: boolean;
}

/** Lets the page believe that it is hidden, or that the device is offline, which drivers cannot do in all engines. */
const device = (): void => {
  const page = window as unknown as Device;
  page.hidden = page.offline = false;
  Object.defineProperty(document, 'visibilityState', { get: () => (page.hidden ? 'hidden' : 'visible') });
  Object.defineProperty(navigator, 'onLine', { get: () => !page.offline });
  const { fetch } = window;
  window.fetch = (...request) => (page.offline ? Promise.reject(new TypeError('Failed to fetch')) : fetch(...request));
};

const hide = (shop: Shop, hidden: boolean): Promise<void> =>
  shop.page.evaluate((value) => {
    (window as unknown as Device).hidden = value;
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

const unplug = (shop: Shop, offline: boolean): Promise<void> =>
  shop.page.evaluate((value) => {
    (window as unknown as Device).offline = value;
    window.dispatchEvent(new Event(value ? 'offline' : 'online'));
  }, offline);

const back = cannot['back-forward-cache'] ?? false;
test(
  'J21: back to a page that the browser kept: as it was, and one refresh if the JWT expired',
  { skip: back },
  async (t) => {
    const [stage, shop] = await signedIn('J21-back', {
      defaults: { jwtSeconds: 60 },
      // Pages that may not be stored are not kept for going back either.
      headers: { 'Cache-Control': 'no-cache' },
      early: () =>
        window.addEventListener('pageshow', ({ persisted }) => (document.title = persisted ? 'kept' : 'new')),
    });
    t.after(() => stage.close());
    const visits = stage.visits();
    const away = `${stage.demo.provider.origin}/.well-known/openid-configuration`;
    const goBack = async (): Promise<void> => {
      await shop.page.goBack({ waitUntil: 'commit' });
      await shop.page.waitForFunction(() => document.title === 'kept');
    };
    await shop.page.getByLabel('Note to the seller').fill('half written');
    await shop.page.goto(away);
    await goBack();
    assert.equal(await shop.state(), 'signed-in');
    assert.equal(await shop.page.getByLabel('Note to the seller').inputValue(), 'half written');
    assert.deepEqual(stage.refreshes(), [], 'none for a JWT that lives');

    stage.switch({ server: { jwtSeconds: 4 } });
    assert.equal(await shop.call('refresh'), 'ok');
    await shop.page.goto(away);
    const before = stage.refreshes().length;
    await delay(4_000);
    assert.equal(stage.refreshes().length, before, 'none while the page is away');
    stage.switch({ server: { jwtSeconds: 60 } });
    await goBack();
    await shop.sawTokens(before + 2);
    await shop.reaches('signed-in');
    assert.equal(stage.refreshes().length, before + 1);
    await shop.openChat();
    await shop.say('I am back');
    assert.equal(stage.visits(), visits, 'the provider is not visited again');
    await nobodyWasAsked(shop);
  },
);

for (const [words, offset] of [
  ['an hour ahead', hour],
  ['an hour behind', -hour],
] as const) {
  test(`J21: a clock ${words}: renewed in time, and a reload needs neither the provider nor a person`, async (t) => {
    const [stage, shop] = await signedIn(`J21-clock-${offset / hour}`, { clockOffsetMs: offset });
    t.after(() => stage.close());
    const tokens = await shop.sawTokens(2);
    assert.equal(stage.refreshes().length, tokens.length - 1);
    for (const [index, token] of tokens.slice(1).entries()) {
      const life = ((token['issuedAt'] as number) - (tokens[index]?.['issuedAt'] as number)) / 1_000;
      assert.ok(life > jwtSeconds / 2 && life < jwtSeconds + 1, `renewed after ${life} s`);
    }
    stage.switch({ server: { jwtSeconds: 60 } });
    assert.equal(await shop.call('refresh'), 'ok');
    const [visits, count] = [stage.visits(), stage.refreshes().length];
    await shop.page.reload();
    await shop.reaches('signed-in');
    await shop.openChat();
    await shop.say('Hello again');
    assert.equal(stage.visits(), visits, 'the provider is not visited');
    assert.ok(stage.refreshes().length - count <= 1, `${stage.refreshes().length - count} refreshes`);
    await nobodyWasAsked(shop);
  });
}

test('J21: a clock that jumps during the session costs at most a refresh for each jump', async (t) => {
  const [stage, shop] = await signedIn('J21-jumps');
  t.after(() => stage.close());
  const jumps = [hour, -hour, 0];
  for (const offset of jumps) {
    const count = stage.refreshes().length;
    await shop.setClock(offset);
    // A look at the clock besides the timers.
    await shop.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    while (stage.refreshes().length === count) await delay(50);
    assert.equal(await shop.state(), 'signed-in');
  }
  await shop.reaches('signed-in');
  const [first = 0, last = 0] = [stage.refreshes()[0], stage.refreshes().at(-1)];
  const lifetimes = Math.ceil((last - first) / (jwtSeconds * 800));
  assert.ok(stage.refreshes().length <= lifetimes + jumps.length, `${stage.refreshes().length} in ${lifetimes}`);
  await shop.openChat();
  await shop.say('What time is it?');
  await nobodyWasAsked(shop);
});

test('J21: a hidden tab renews nothing; seen again after the JWT expired, it renews once', async (t) => {
  const [stage, shop] = await signedIn('J21-hidden', { early: device });
  t.after(() => stage.close());
  await shop.openChat();
  await hide(shop, true);
  const count = stage.refreshes().length;
  await delay(jwtSeconds * 1_000 + 500);
  assert.equal(stage.refreshes().length, count);
  stage.switch({ server: { jwtSeconds: 60 } });
  await hide(shop, false);
  await shop.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await shop.sawTokens(count + 2);
  await shop.reaches('signed-in');
  await shop.say('I was reading something else');
  assert.equal(stage.refreshes().length, count + 1);
  await nobodyWasAsked(shop);
});

test('J21: offline when the JWT is due: nobody is signed out, and it is renewed when the network is back', async (t) => {
  const [stage, shop] = await signedIn('J21-offline', { early: device });
  t.after(() => stage.close());
  await unplug(shop, true);
  const count = stage.refreshes().length;
  await delay(jwtSeconds * 1_000 + 500);
  assert.equal(stage.refreshes().length, count);
  const states = await shop.states();
  assert.ok(states.includes('renewing'), 'it was tried');
  assert.ok(['signed-in', 'renewing'].includes(String(states.at(-1))), `${String(states.at(-1))} while offline`);
  stage.switch({ server: { jwtSeconds: 60 } });
  await unplug(shop, false);
  await shop.reaches('signed-in', 3_000);
  assert.equal(stage.refreshes().length, count + 1);
  assert.equal(stage.genesys.counters.exchanges, 1);
  await shop.openChat();
  await shop.say('Back on the line');
  await nobodyWasAsked(shop);
});
