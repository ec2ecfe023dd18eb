import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GcAuthMessenger } from '../../src/index.js';
import { fillLogin } from './login.js';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';
import type { StageOptions } from './stage.js';

/** A deployment whose guests may sign in later, on a page with a button of its own for that. */
const forGuests: StageOptions = {
  defaults: { allowSessionUpgrade: true },
  browserDefaults: { firstAuthCode: 'never' },
  body: `<button type="button" onclick="document.querySelector('gc-auth-messenger').stepUp().then(
    ({ source }) => { this.dataset.outcome = source; },
    ({ code }) => { this.dataset.outcome = code; })">Save this conversation</button>`,
};

/** A guest who has said something. */
async function guest(stage: Stage): Promise<Shop> {
  const shop = await stage.visit();
  await shop.reaches('signed-out');
  await shop.openChat();
  await shop.say('As a guest');
  return shop;
}

const pagesButton = (shop: Shop) => shop.page.getByRole('button', { name: 'Save this conversation' });
const messengersButton = (shop: Shop) => shop.messenger.getByRole('button', { name: 'Sign in' });

/** What the page's own button brought, once it brought something. */
async function outcome(shop: Shop): Promise<string | undefined> {
  await shop.page.waitForFunction(() => document.querySelector<HTMLElement>('button[data-outcome]') !== null);
  return pagesButton(shop).evaluate((button) => (button as HTMLElement).dataset['outcome']);
}

/** What AuthProvider published. */
const published = async (shop: Shop): Promise<unknown[]> =>
  (await shop.journal())
    .filter(({ plugin, event }) => plugin === 'AuthProvider' && event !== undefined && event !== 'ready')
    .map(({ event }) => event);

/** Messenger draws its notice and its button one after the other. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 20_000;
  while (!(await holds())) assert.ok(Date.now() < until, 'it never held');
}

async function isSteppedUp(shop: Shop): Promise<void> {
  await shop.reaches('signed-in');
  assert.equal((await shop.sawTokens(1)).at(-1)?.['source'], 'step-up');
  assert.equal((await published(shop)).at(-1), 'signedIn');
  await shop.messenger.getByText('Signed in as Alice').waitFor();
  await eventually(async () => (await messengersButton(shop).count()) === 0);
  assert.equal(await shop.said('As a guest'), 1, 'the conversation is kept');
  await shop.say('As Alice');
  assert.equal(await shop.said('As a guest'), 1);
  assert.equal(shop.stage.genesys.counters.exchanges, 1);
  await shop.isClean();
}

for (const [who, button] of [
  ['the page’s own button', pagesButton],
  ['Messenger’s own button', messengersButton],
] as const) {
  test(`J14: ${who} signs a guest in without a prompt who is signed in at the provider`, async (t) => {
    const stage = await Stage.open('J14-silent', forGuests);
    t.after(() => stage.close());
    await stage.signInAtProvider();
    const shop = await guest(stage);
    await button(shop).click();
    await isSteppedUp(shop);
    assert.deepEqual(await shop.seen('gc-interaction-required'), []);
    if (button === pagesButton) assert.equal(await outcome(shop), 'step-up');

    await shop.page.reload();
    await shop.reaches('signed-in');
    await shop.messenger.getByText('As a guest', { exact: true }).waitFor();
    await shop.isClean();
  });

  test(`J14: ${who} opens the popup by its own click for a guest who is signed in nowhere`, async (t) => {
    const stage = await Stage.open('J14-click', forGuests);
    t.after(() => stage.close());
    const shop = await guest(stage);
    const [popup] = await Promise.all([shop.page.waitForEvent('popup'), button(shop).click()]);
    await fillLogin(popup, 'alice');
    await isSteppedUp(shop);
    if (button === pagesButton) assert.equal(await outcome(shop), 'step-up');
  });
}

test('J14: one prompt where the browser does not say that a click still counts', async (t) => {
  const early = (): void => {
    Object.defineProperty(navigator, 'userActivation', { value: undefined });
  };
  const stage = await Stage.open('J14-prompt', { ...forGuests, early });
  t.after(() => stage.close());
  const shop = await guest(stage);
  await messengersButton(shop).click();
  await shop.reaches('interaction-required');
  await shop.signInByPrompt();
  await isSteppedUp(shop);
  assert.equal((await shop.seen('gc-interaction-required')).length, 1);
});

test('J14: a guest who closes the popup stays a guest, and can try again', async (t) => {
  const stage = await Stage.open('J14-cancelled', forGuests);
  t.after(() => stage.close());
  const shop = await guest(stage);
  const [popup] = await Promise.all([shop.page.waitForEvent('popup'), pagesButton(shop).click()]);
  await popup.getByLabel('Account').waitFor();
  await popup.close();
  assert.equal(await outcome(shop), 'popup-closed');
  await shop.reaches('signed-out');
  assert.deepEqual(await published(shop), ['signInFailed']);
  assert.equal(await shop.prompt.count(), 0, 'the buttons that began it are still there');
  await shop.say('Still a guest');
  assert.equal(stage.genesys.counters.exchanges, 0);

  const [again] = await Promise.all([shop.page.waitForEvent('popup'), messengersButton(shop).click()]);
  await fillLogin(again, 'alice');
  await isSteppedUp(shop);
  assert.equal(await shop.said('Still a guest'), 1);
});

test('J14: without a conversation there is nothing to step up, and it can be pluginCalled again later', async (t) => {
  const stage = await Stage.open('J14-nothing', forGuests);
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-out');
  const { code, message } = await shop.element.evaluate((element: GcAuthMessenger) =>
    element.stepUp().then(
      () => ({ code: 'none', message: '' }),
      (error: { code: string; message: string }) => ({ code: error.code, message: error.message }),
    ),
  );
  assert.equal(code, 'command-failed');
  assert.match(message, /No active conversation/);
  assert.equal(await shop.state(), 'signed-out');
  assert.equal(stage.visits('code'), 1, 'no code is fetched for nothing');

  await shop.openChat();
  await shop.say('As a guest');
  assert.equal(await shop.call('stepUp'), 'ok');
  await isSteppedUp(shop);
});

test('J14: by redirect the guest comes back to the conversation, signed in', async (t) => {
  const stage = await Stage.open('J14-redirect', {
    ...forGuests,
    attributes: { 'sign-in-modes': 'redirect', 'redirect-uri': undefined },
    redirectPaths: ['/account'],
  });
  t.after(() => stage.close());
  const shop = await guest(stage);
  await messengersButton(shop).click();
  await shop.reaches('interaction-required');
  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await shop.page.getByLabel('Account').waitFor();
  await fillLogin(shop.page, 'alice');
  await shop.page.waitForURL(`${stage.demo.app.origin}/account`);
  await shop.reaches('signed-in');
  await shop.messenger.getByText('As a guest', { exact: true }).waitFor();
  await shop.isClean();
});
