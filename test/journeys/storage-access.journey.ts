import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cannot } from './driver/open.js';
import { poll } from './driver/poll.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

interface PopupCounter extends Window {
  popups: number;
}

const options: TestSiteOptions = {
  provider: 'cross-site',
  thirdPartyCookies: 'block',
  attributes: ({ crossSiteProvider }) => ({ 'storage-access-uri': `${crossSiteProvider.origin}/storage-access` }),
  early: () => {
    const page = window as unknown as PopupCounter;
    page.popups = 0;
    window.open = new Proxy(window.open, {
      apply: (open, self, args: Parameters<typeof window.open>) => {
        page.popups++;
        return open.apply(self, args);
      },
    });
  },
};

const skip = cannot['storage-access'] ?? false;

const popups = (shop: ShopPage): Promise<number> =>
  shop.page.evaluate(() => (window as unknown as PopupCounter).popups);

/** The button of the provider's page in the prompt. */
const providersButton = ({ page }: ShopPage) =>
  page.frameLocator!('gc-auth-messenger iframe.ready').getByRole('button', { name: 'Sign in' });

/** Signs in by popup, so that it is known that frames do not work, and loses the tokens. */
async function openAgain(t: { after(end: () => Promise<void>): void }, name: string): Promise<ShopPage> {
  const site = await TestSite.open(name, options);
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await shop.waitForState('signed-in');
  await poll('record about frames', () =>
    shop.page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith('gc-auth-messenger:frames'))),
  );
  await shop.reloadWithoutTokens();
  return shop;
}

test('J28: storage access by a click in the prompt: no window, and later loads need no click', { skip }, async (t) => {
  const shop = await openAgain(t, 'J28');
  await shop.waitForState('interaction-required');
  await providersButton(shop).waitFor();
  await shop.screenshot('prompt');
  assert.equal(await shop.prompt.locator('[part=button]').count(), 0, 'one button');
  await shop.site.browser.grantStorageAccess();
  await providersButton(shop).click();
  await shop.waitForState('signed-in');
  assert.equal(await popups(shop), 0);
  await shop.checkInvariants();

  for (const load of [1, 2]) {
    await shop.reloadWithoutTokens();
    await shop.waitForState('signed-in');
    assert.deepEqual(await shop.events('gc-interaction-required'), [], `load ${load}`);
    assert.equal((await shop.waitForTokens(1))[0]?.['source'], 'sign-in');
  }
  await shop.checkInvariants();
});

test('J28: storage access was given before: the provider’s page asks without a click', { skip }, async (t) => {
  const shop = await openAgain(t, 'J28-before');
  await shop.waitForState('interaction-required');
  await shop.site.browser.grantStorageAccess();
  await shop.reloadWithoutTokens();
  await shop.waitForState('signed-in');
  assert.equal(await popups(shop), 0);
  await shop.checkInvariants();
});

test(
  'J28: the browser refuses storage access: the popup opens in the same click, or the prompt offers it',
  { skip },
  async (t) => {
    const shop = await openAgain(t, 'J28-refused');
    await shop.waitForState('interaction-required');
    await providersButton(shop).click();
    const button = shop.prompt.getByRole('button', { name: 'Sign in' });
    await button.click();
    await shop.waitForState('signed-in');
    await shop.checkInvariants();
  },
);

test('J28: the provider does not activate storage access: the popup opens in the same click', { skip }, async (t) => {
  const shop = await openAgain(t, 'J28-no-header');
  shop.site.provider.control.set({ storageAccessHeaderMissing: true });
  await shop.waitForState('interaction-required');
  await providersButton(shop).waitFor();
  await shop.site.browser.grantStorageAccess();
  await providersButton(shop).click();
  await shop.waitForState('signed-in');
  assert.equal(await popups(shop), 1);
  await shop.checkInvariants();
});
