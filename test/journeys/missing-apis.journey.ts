import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestSite } from './test-site.js';

/** Takes one API from the page, before any other script runs. Sent as source text. */
const missing: Readonly<Record<string, () => void>> = {
  BroadcastChannel: () => {
    Object.defineProperty(window, 'BroadcastChannel', { value: undefined });
  },
  'BroadcastChannel, refused': () => {
    const refuse = function () {
      throw new DOMException('Access is denied.', 'SecurityError');
    };
    Object.defineProperty(window, 'BroadcastChannel', { value: refuse });
  },
  'Web Locks': () => {
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
  },
  'constructable style sheets': () => {
    Reflect.deleteProperty(Document.prototype, 'adoptedStyleSheets');
    Reflect.deleteProperty(ShadowRoot.prototype, 'adoptedStyleSheets');
    Reflect.deleteProperty(CSSStyleSheet.prototype, 'replace');
    Reflect.deleteProperty(CSSStyleSheet.prototype, 'replaceSync');
  },
  userActivation: () => {
    Object.defineProperty(Navigator.prototype, 'userActivation', { value: undefined });
  },
  'AbortSignal.timeout and AbortSignal.any': () => {
    for (const name of ['timeout', 'any']) Reflect.deleteProperty(AbortSignal, name);
    Reflect.deleteProperty(AbortSignal.prototype, 'throwIfAborted');
  },
  'crypto.randomUUID': () => {
    Object.defineProperty(Crypto.prototype, 'randomUUID', { value: undefined });
  },
  requestIdleCallback: () => {
    for (const name of ['requestIdleCallback', 'cancelIdleCallback']) Reflect.deleteProperty(window, name);
  },
  scheduler: () => {
    Reflect.deleteProperty(window, 'scheduler');
  },
  'custom states without dashes': () => {
    CustomStateSet.prototype.add = () => {
      throw new SyntaxError('A custom state begins with dashes.');
    };
  },
  structuredClone: () => {
    Object.defineProperty(window, 'structuredClone', { value: undefined });
  },
};

for (const [name, early] of Object.entries(missing)) {
  test(`a browser without ${name}: signs in by popup, and silently after a reload`, async (t) => {
    const site = await TestSite.open('missing-apis', { early, attributes: { loading: 'idle' } });
    t.after(() => site.close());
    const shop = await site.openPage();
    await shop.waitForState('interaction-required');
    await shop.signInByPrompt();
    await shop.waitForState('signed-in');
    assert.equal(await shop.call('signOut'), 'ok');
    await shop.page.reload();
    await shop.waitForState('signed-in');
    assert.equal(site.genesys.counters.exchanges, 2);
    assert.deepEqual(await shop.events('gc-interaction-required'), [], 'the second sign-in is silent');
    await shop.checkInvariants();
  });
}

test('the popup has no opener at the provider, and no name that a frame of the page can have', async (t) => {
  const site = await TestSite.open('popup-opener', { body: '<iframe name="gc-auth-messenger"></iframe>' });
  t.after(() => site.close());
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  const [popup] = await Promise.all([
    site.context.waitForEvent('page'),
    shop.prompt.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await popup.getByLabel('Account').waitFor();
  assert.deepEqual(await popup.evaluate(() => [window.opener === null, window.name]), [true, '']);
  await popup.close();
  await shop.waitForState('interaction-required');
  await shop.signInByPrompt();
  await shop.waitForState('signed-in');
  // The invariants expect that no frame of the element is left.
  await shop.page.evaluate(() => document.querySelector('iframe')?.remove());
  await shop.checkInvariants();
});
