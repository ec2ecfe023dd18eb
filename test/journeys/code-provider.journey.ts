import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Queries } from './driver/driver.js';
import { fillLogin } from './login.js';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';

const jwtSeconds = 5;

type Env = Record<'providerOrigin' | 'clientId', string>;

interface Own {
  readonly codesOf: (provider: string, client: string) => (request: object) => Promise<unknown>;
}

/** Hands the element the page's own way to a code before it wakes, as the demo's page does. */
function bringCodes(): void {
  new MutationObserver((_, observer) => {
    const element = document.querySelector('gc-auth-messenger');
    if (!element) return;
    observer.disconnect();
    Object.assign(element, {
      async codeProvider(request: object) {
        const path: string = '/modal/provide.js';
        const [{ providerOrigin, clientId }, { codesOf }] = await Promise.all([
          fetch('/env.json').then((answer) => answer.json() as Promise<Env>),
          import(path) as Promise<Own>,
        ]);
        return codesOf(providerOrigin, clientId)(request);
      },
    });
  }).observe(document, { childList: true, subtree: true });
}

const dialog = '<dialog id="login"><button id="login-close">Close</button><div id="login-frame"></div></dialog>';

const opened = (name: string): Promise<Stage> =>
  Stage.open(name, {
    redirectPaths: ['/modal-callback.html'],
    attributes: { authority: undefined, 'client-id': undefined, 'redirect-uri': undefined, scope: undefined },
    defaults: { jwtSeconds },
    body: dialog,
    early: bringCodes,
  });

/** Looked at anew whenever it is used. */
const framed = (shop: Shop): Queries | undefined => shop.page.frameLocator?.('#login-frame iframe');

const login = (shop: Shop): Locator => shop.page.locator('dialog#login[open]');

test('codeProvider: the page’s login in a frame of its own; then renewed, and signed out', async (t) => {
  const stage = await opened('code-provider');
  t.after(() => stage.close());
  const shop = await stage.visit('/account?item=7#orders');
  const frame = framed(shop);
  if (!frame) return t.skip('this driver does not look into frames');
  await shop.reaches('interaction-required');
  assert.equal(stage.visits(), 1, 'asked silently first');
  assert.equal(await login(shop).count(), 0, 'nothing opens unasked');

  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await login(shop).waitFor();
  await fillLogin(frame, 'alice');
  await shop.reaches('signed-in');
  assert.equal(await login(shop).count(), 0);
  assert.equal(shop.page.url(), `${stage.demo.app.origin}/account?item=7#orders`);

  await shop.openChat();
  await shop.messenger.getByText('Signed in as Alice').waitFor();
  await shop.say('Where is my parcel?');
  await shop.sawTokens(2);
  assert.equal(await shop.call('reauthenticate'), 'ok', 'a silent code, of the page too');
  assert.equal(stage.genesys.counters.exchanges, 2);
  assert.equal(await shop.call('signOut', { provider: true }), 'logout-failed');
  await shop.reaches('signed-out');
  await shop.isClean();
});

test('codeProvider: a login that the person closes brings the prompt back', async (t) => {
  const stage = await opened('code-provider-closed');
  t.after(() => stage.close());
  const shop = await stage.visit();
  await shop.reaches('interaction-required');
  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await login(shop).waitFor();
  await shop.page.locator('#login-close').click();
  await shop.reaches('interaction-required');
  const [error] = await shop.seen('gc-error');
  assert.equal(error?.detail?.['code'], 'popup-closed');
  const frame = framed(shop);
  if (!frame) return t.skip('this driver does not look into frames');
  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await fillLogin(frame, 'alice');
  await shop.reaches('signed-in');
  await shop.isClean();
});

test('codeProvider: the demo’s page signs in without leaving it', async (t) => {
  const stage = await Stage.open('modal', { redirectPaths: ['/modal-callback.html'] });
  t.after(() => stage.close());
  const shop = await stage.visit('/modal.html');
  const frame = framed(shop);
  if (!frame) return t.skip('this driver does not look into frames');
  await shop.reaches('interaction-required');
  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await frame.getByLabel('Account').waitFor();
  await shop.picture('login');
  await fillLogin(frame, 'bob');
  await shop.reaches('signed-in');
  await shop.page.getByText('knows who is asking').waitFor();
  await shop.picture('signed-in');
  await shop.page.getByRole('button', { name: 'Sign out' }).click();
  await shop.reaches('signed-out');
});
