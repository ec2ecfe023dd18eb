import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';
import type { StageOptions } from './stage.js';

const secret = 'Where is my parcel 4711';

/**
 * Looks at every frame, and at every event of the element, whether Alice's words can be seen although it is known that
 * she is not the one who is signed in.
 */
const onlooker = `<script>
  window.leaks = [];
  window.known = false;
  const look = (when) => {
    const root = document.querySelector('#genesys-messenger')?.shadowRoot;
    for (const bubble of root?.querySelectorAll('.bubble') ?? [])
      if (window.known && bubble.textContent.includes('${secret}') && bubble.getClientRects().length > 0 &&
          getComputedStyle(bubble).visibility === 'visible') window.leaks.push(when);
  };
  const frame = () => { look('frame'); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  document.addEventListener('gc-error', ({ detail }) => { window.known ||= detail.code === 'person-changed'; });
  document.addEventListener('gc-signed-out', () => requestAnimationFrame(() => { window.known = true; }));
  for (const type of ['gc-error', 'gc-state-change', 'gc-signed-out', 'gc-signed-in'])
    document.addEventListener(type, () => look(type));
</script>`;

const jwtSeconds = 6;

const family: StageOptions = { defaults: { jwtSeconds }, body: onlooker };

interface FamilyWindow extends Window {
  leaks: string[];
  known: boolean;
}

/** Alice has told Messenger a secret. */
async function aliceChats(stage: Stage): Promise<Shop> {
  await stage.signInAtProvider('alice');
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  await shop.openChat();
  await shop.say(secret);
  return shop;
}

/** Bob signs in at the provider in the same browser, and Alice's refresh token is dead. */
async function bobTakesOver(stage: Stage): Promise<void> {
  const page = await stage.context.newPage();
  await page.goto(`${stage.demo.provider.origin}/control/sign-in?account=bob`);
  await page.close();
  stage.act('revoke-refresh-tokens');
}

/** A Messenger that is slow to clear its screen: her words stay on it until it says that nobody is signed in. */
const clearsLate = (shop: Shop): Promise<void> =>
  shop.page.evaluate((text) => {
    const words = document.createElement('p');
    words.className = 'bubble';
    words.textContent = text;
    words.style.position = 'fixed';
    document.querySelector('#genesys-messenger')?.shadowRoot?.append(words);
    document.addEventListener('gc-messenger-event', (event) => {
      if ((event as CustomEvent<{ name: string }>).detail.name === 'Auth.loggedOut') words.remove();
    });
  }, secret);

const changed = async (shop: Shop): Promise<void> => {
  await shop.page.waitForFunction(() => (window as unknown as FamilyWindow).known, undefined, { timeout: 20_000 });
};

/** Nothing of Alice is left, and Bob can chat. */
async function isBobs(shop: Shop): Promise<void> {
  await shop.reaches('signed-in', 20_000);
  await shop.messenger.getByText('Signed in as Bob').waitFor();
  assert.equal(await shop.said(secret), 0, 'not in the transcript');
  await shop.say('This is Bob');
  assert.equal(await shop.said(secret), 0, 'not in the history either');
  assert.deepEqual(await shop.page.evaluate(() => (window as unknown as FamilyWindow).leaks), []);
  await shop.isClean();
}

/** What was told from the change on, in words. */
async function story(shop: Shop): Promise<unknown[]> {
  const told = (await shop.seen()).map(({ type, detail }) =>
    [type, detail?.['code'] ?? detail?.['reason']].filter(Boolean).join(' '),
  );
  return told
    .slice(told.indexOf('gc-error person-changed'))
    .filter((line) => /^gc-(error|signed-in|signed-out|token)/.test(line));
}

test('J23: another person signs in at the provider: the conversation is hidden at once, Messenger signed out, then the other signed in', async (t) => {
  const stage = await Stage.open('J23', family);
  t.after(() => stage.close());
  const shop = await aliceChats(stage);
  await clearsLate(shop);
  await bobTakesOver(stage);
  await changed(shop);
  await shop.reaches('signed-in', 20_000);
  assert.deepEqual(await story(shop), ['gc-error person-changed', 'gc-signed-out person-changed', 'gc-signed-in']);
  assert.deepEqual((await shop.states()).slice(-4), ['reauthenticating', 'signed-out', 'signing-in', 'signed-in']);
  const claims = (await shop.seen('token')).map(({ detail }) => (detail?.['claims'] as { sub: string }).sub);
  assert.deepEqual([...new Set(claims)], ['alice', 'bob']);
  await shop.picture('bob');
  await isBobs(shop);
  assert.ok(stage.genesys.counters.revokes >= 1, 'Genesys was told');
  assert.deepEqual(await shop.seen('gc-interaction-required'), []);
});

test('J23: noticed when the page is loaded, too', async (t) => {
  const stage = await Stage.open('J23-reload', family);
  t.after(() => stage.close());
  stage.demo.app.page('/elsewhere', '<!doctype html><html lang="en"><title>Elsewhere</title></html>');
  const shop = await aliceChats(stage);
  await shop.page.goto(`${stage.demo.app.origin}/elsewhere`);
  await bobTakesOver(stage);
  await shop.page.waitForFunction((at) => Date.now() > at, Date.now() + jwtSeconds * 1_000);
  await shop.visit();
  await changed(shop);
  await shop.reaches('signed-in', 20_000);
  assert.deepEqual(await story(shop), ['gc-error person-changed', 'gc-signed-out person-changed', 'gc-signed-in']);
  await isBobs(shop);
});

/** Alice’s conversation is open in two tabs, and Bob takes over. */
async function inTwoTabs(stage: Stage): Promise<readonly [Shop, Shop]> {
  const one = await aliceChats(stage);
  const two = await stage.visit();
  await two.reaches('signed-in');
  await two.messenger.getByText(secret, { exact: true }).waitFor();
  await bobTakesOver(stage);
  return [one, two];
}

async function areBobs(tabs: readonly Shop[]): Promise<void> {
  for (const shop of tabs) await shop.saw('gc-signed-out');
  for (const shop of tabs) await isBobs(shop);
}

test('J23: in two tabs both end with the other person, and none shows what was said before', async (t) => {
  const stage = await Stage.open('J23-tabs', family);
  t.after(() => stage.close());
  const tabs = await inTwoTabs(stage);
  await Promise.race(tabs.map(changed));
  await areBobs(tabs);
});

test('J23: also when Messenger of each tab has lost its tokens before', async (t) => {
  const stage = await Stage.open('J23-both', family);
  t.after(() => stage.close());
  const tabs = await inTwoTabs(stage);
  await Promise.all(tabs.map((shop) => shop.call('refresh')));
  await areBobs(tabs);
});

test('J23: the same person once more is no change', async (t) => {
  const stage = await Stage.open('J23-same', family);
  t.after(() => stage.close());
  const shop = await aliceChats(stage);
  stage.demo.provider.control.signOut();
  await stage.signInAtProvider('alice');
  stage.act('revoke-refresh-tokens');
  const before = (await shop.seen('token')).length;
  await shop.sawTokens(before + 2, 20_000);
  await shop.reaches('signed-in');
  assert.deepEqual(await shop.seen('gc-error'), []);
  assert.deepEqual(await shop.seen('gc-signed-out'), []);
  assert.equal(await shop.said(secret), 1);
  await shop.isClean();
});
