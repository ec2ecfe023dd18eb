import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Queries } from './driver/driver.js';
import { fillLogin } from './fill-login.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';

const jwtSeconds = 5;

type Env = Record<'providerOrigin' | 'clientId', string>;

interface ModalModule {
  readonly createCodeProvider: (provider: string, client: string) => (request: object) => Promise<unknown>;
}

/** Sets `codeProvider` before the element is defined, as the demo's modal page does. */
function setCodeProvider(): void {
  new MutationObserver((_, observer) => {
    const element = document.querySelector('gc-auth-messenger');
    if (!element) return;
    observer.disconnect();
    Object.assign(element, {
      async codeProvider(request: object) {
        const path: string = '/modal/code-provider.js';
        const [{ providerOrigin, clientId }, { createCodeProvider }] = await Promise.all([
          fetch('/env.json').then((answer) => answer.json() as Promise<Env>),
          import(path) as Promise<ModalModule>,
        ]);
        return createCodeProvider(providerOrigin, clientId)(request);
      },
    });
  }).observe(document, { childList: true, subtree: true });
}

const dialog = '<dialog id="login"><button id="login-close">Close</button><div id="login-frame"></div></dialog>';

const openSite = (name: string): Promise<TestSite> =>
  TestSite.open(name, {
    redirectPaths: ['/modal-callback.html'],
    attributes: { authority: undefined, 'client-id': undefined, 'redirect-uri': undefined, scope: undefined },
    defaults: { jwtSeconds },
    body: dialog,
    early: setCodeProvider,
  });

/** The provider's login in the dialog; `undefined` if the driver cannot access frames of another origin. */
const loginFrame = (shop: ShopPage): Queries | undefined => shop.page.frameLocator?.('#login-frame iframe');

const openDialog = (shop: ShopPage): Locator => shop.page.locator('dialog#login[open]');

test('codeProvider: signs in in a dialog of the page, renews, and signs out', async (t) => {
  const site = await openSite('code-provider');
  t.after(() => site.close());
  const shop = await site.openPage('/account?item=7#orders');
  const frame = loginFrame(shop);
  if (!frame) return t.skip('this driver cannot access frames of another origin');
  await shop.waitForState('interaction-required');
  assert.equal(site.authorizationRequests(), 1, 'one silent request first');
  assert.equal(await openDialog(shop).count(), 0, 'no dialog opens without a click');

  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await openDialog(shop).waitFor();
  await fillLogin(frame, 'alice');
  await shop.waitForState('signed-in');
  assert.equal(await openDialog(shop).count(), 0);
  assert.equal(shop.page.url(), `${site.demo.app.origin}/account?item=7#orders`);

  await shop.openChat();
  await shop.messenger.getByText('Signed in as Alice').waitFor();
  await shop.say('Where is my parcel?');
  await shop.waitForTokens(2);
  assert.equal(await shop.call('reauthenticate'), 'ok', 'the page also provides the silent code');
  assert.equal(site.genesys.counters.exchanges, 2);
  assert.equal(await shop.call('signOut', { provider: true }), 'logout-failed');
  await shop.waitForState('signed-out');
  await shop.checkInvariants();
});

test('codeProvider: closing the dialog returns to the prompt', async (t) => {
  const site = await openSite('code-provider-closed');
  t.after(() => site.close());
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await openDialog(shop).waitFor();
  await shop.page.locator('#login-close').click();
  await shop.waitForState('interaction-required');
  const [error] = await shop.events('gc-error');
  assert.equal(error?.detail?.['code'], 'popup-closed');
  const frame = loginFrame(shop);
  if (!frame) return t.skip('this driver cannot access frames of another origin');
  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await fillLogin(frame, 'alice');
  await shop.waitForState('signed-in');
  await shop.checkInvariants();
});

test('codeProvider: the demo’s modal page signs in without a navigation', async (t) => {
  const site = await TestSite.open('modal', { redirectPaths: ['/modal-callback.html'] });
  t.after(() => site.close());
  const shop = await site.openPage('/modal.html');
  const frame = loginFrame(shop);
  if (!frame) return t.skip('this driver cannot access frames of another origin');
  await shop.waitForState('interaction-required');
  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await frame.getByLabel('Account').waitFor();
  await shop.screenshot('login');
  await fillLogin(frame, 'bob');
  await shop.waitForState('signed-in');
  await shop.page.getByText('knows who is asking').waitFor();
  await shop.screenshot('signed-in');
  await shop.page.getByRole('button', { name: 'Sign out' }).click();
  await shop.waitForState('signed-out');
});
