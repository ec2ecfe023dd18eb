import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GcAuthMessenger } from '../../src/index.js';
import { poll } from './driver/poll.js';
import { fillLogin } from './fill-login.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

/** A deployment with session upgrade, and a page with its own step-up button. */
const sessionUpgrade: TestSiteOptions = {
  defaults: { allowSessionUpgrade: true },
  browserDefaults: { firstAuthCode: 'never' },
  body: `<button type="button" onclick="document.querySelector('gc-auth-messenger').stepUp().then(
    ({ source }) => { this.dataset.outcome = source; },
    ({ code }) => { this.dataset.outcome = code; })">Save this conversation</button>`,
};

/** Opens the page for a guest, who sends a message. */
async function openAsGuest(site: TestSite): Promise<ShopPage> {
  const shop = await site.openPage();
  await shop.waitForState('signed-out');
  await shop.openChat();
  await shop.say('As a guest');
  return shop;
}

const pageButton = (shop: ShopPage) => shop.page.getByRole('button', { name: 'Save this conversation' });
const messengerButton = (shop: ShopPage) => shop.messenger.getByRole('button', { name: 'Sign in' });

/** The result of the page's own button. */
async function outcome(shop: ShopPage): Promise<string | undefined> {
  await shop.page.waitForFunction(() => document.querySelector<HTMLElement>('button[data-outcome]') !== null);
  return pageButton(shop).evaluate((button) => (button as HTMLElement).dataset['outcome']);
}

/** Events that AuthProvider published. */
const published = async (shop: ShopPage): Promise<unknown[]> =>
  (await shop.journal())
    .filter(({ plugin, event }) => plugin === 'AuthProvider' && event !== undefined && event !== 'ready')
    .map(({ event }) => event);

async function checkSteppedUp(shop: ShopPage): Promise<void> {
  await shop.waitForState('signed-in');
  assert.equal((await shop.waitForTokens(1)).at(-1)?.['source'], 'step-up');
  assert.equal((await published(shop)).at(-1), 'signedIn');
  await shop.messenger.getByText('Signed in as Alice').waitFor();
  // Messenger renders its notice and its button one after the other.
  await poll('removal of the button', async () => (await messengerButton(shop).count()) === 0);
  assert.equal(await shop.messageCount('As a guest'), 1, 'the conversation is kept');
  await shop.say('As Alice');
  assert.equal(await shop.messageCount('As a guest'), 1);
  assert.equal(shop.site.genesys.counters.exchanges, 1);
  await shop.checkInvariants();
}

for (const [name, button] of [
  ['the page’s own button', pageButton],
  ['Messenger’s own button', messengerButton],
] as const) {
  test(`J14: ${name} signs a guest in without a prompt who is signed in at the provider`, async (t) => {
    const site = await TestSite.open('J14-silent', sessionUpgrade);
    t.after(() => site.close());
    await site.signInAtProvider();
    const shop = await openAsGuest(site);
    await button(shop).click();
    await checkSteppedUp(shop);
    assert.deepEqual(await shop.events('gc-interaction-required'), []);
    if (button === pageButton) assert.equal(await outcome(shop), 'step-up');

    await shop.page.reload();
    await shop.waitForState('signed-in');
    await shop.messenger.getByText('As a guest', { exact: true }).waitFor();
    await shop.checkInvariants();
  });

  test(`J14: the click on ${name} opens the popup for a guest who is not signed in at the provider`, async (t) => {
    const site = await TestSite.open('J14-click', sessionUpgrade);
    t.after(() => site.close());
    const shop = await openAsGuest(site);
    const [popup] = await Promise.all([shop.page.waitForEvent('popup'), button(shop).click()]);
    await fillLogin(popup, 'alice');
    await checkSteppedUp(shop);
    if (button === pageButton) assert.equal(await outcome(shop), 'step-up');
  });
}

test('J14: one prompt in a browser without navigator.userActivation', async (t) => {
  const early = (): void => {
    Object.defineProperty(navigator, 'userActivation', { value: undefined });
  };
  const site = await TestSite.open('J14-prompt', { ...sessionUpgrade, early });
  t.after(() => site.close());
  const shop = await openAsGuest(site);
  await messengerButton(shop).click();
  await shop.waitForState('interaction-required');
  await shop.signInByPrompt();
  await checkSteppedUp(shop);
  assert.equal((await shop.events('gc-interaction-required')).length, 1);
});

test('J14: a guest who closes the popup stays a guest, and can try again', async (t) => {
  const site = await TestSite.open('J14-cancelled', sessionUpgrade);
  t.after(() => site.close());
  const shop = await openAsGuest(site);
  const [popup] = await Promise.all([shop.page.waitForEvent('popup'), pageButton(shop).click()]);
  await popup.getByLabel('Account').waitFor();
  await popup.close();
  assert.equal(await outcome(shop), 'popup-closed');
  await shop.waitForState('signed-out');
  assert.deepEqual(await published(shop), ['signInFailed']);
  assert.equal(await shop.prompt.count(), 0, 'no prompt: the step-up buttons are still there');
  await shop.say('Still a guest');
  assert.equal(site.genesys.counters.exchanges, 0);

  const [again] = await Promise.all([shop.page.waitForEvent('popup'), messengerButton(shop).click()]);
  await fillLogin(again, 'alice');
  await checkSteppedUp(shop);
  assert.equal(await shop.messageCount('Still a guest'), 1);
});

test('J14: stepUp() rejects without a conversation, and works once there is one', async (t) => {
  const site = await TestSite.open('J14-nothing', sessionUpgrade);
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-out');
  const { code, message } = await shop.element.evaluate((element: GcAuthMessenger) =>
    element.stepUp().then(
      () => ({ code: 'none', message: '' }),
      (error: { code: string; message: string }) => ({ code: error.code, message: error.message }),
    ),
  );
  assert.equal(code, 'command-failed');
  assert.match(message, /No active conversation/);
  assert.equal(await shop.state(), 'signed-out');
  assert.equal(site.authorizationRequests('code'), 1, 'no code that nobody uses');

  await shop.openChat();
  await shop.say('As a guest');
  assert.equal(await shop.call('stepUp'), 'ok');
  await checkSteppedUp(shop);
});

test('J14: by redirect the guest returns to the conversation, signed in', async (t) => {
  const site = await TestSite.open('J14-redirect', {
    ...sessionUpgrade,
    attributes: { 'sign-in-modes': 'redirect', 'redirect-uri': undefined },
    redirectPaths: ['/account'],
  });
  t.after(() => site.close());
  const shop = await openAsGuest(site);
  await messengerButton(shop).click();
  await shop.waitForState('interaction-required');
  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await shop.page.getByLabel('Account').waitFor();
  await fillLogin(shop.page, 'alice');
  await shop.page.waitForURL(`${site.demo.app.origin}/account`);
  await shop.waitForState('signed-in');
  await shop.messenger.getByText('As a guest', { exact: true }).waitFor();
  await shop.checkInvariants();
});
