import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clicks, places, rungs } from './clicks.js';
import type { Place, Rungs } from './clicks.js';
import { cannot } from './driver/open.js';
import { poll } from './driver/poll.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

/** Opens the page and clicks for as long as the prompt is shown. Returns the number of clicks. */
async function visit(shop: ShopPage, open: () => Promise<unknown>): Promise<number> {
  let clicked = 0;
  await open();
  for (;;) {
    // A silent redirect loads the page again.
    const state = await poll('an end', async () => {
      const now = await shop.state().catch(() => undefined);
      return now === 'signed-in' || now === 'interaction-required' ? now : undefined;
    });
    if (state === 'signed-in') return clicked;
    // Nobody is faster, and the provider's page may sign in without a click.
    if (
      await shop.waitForState('signed-in', 2_000).then(
        () => true,
        () => false,
      )
    )
      return clicked;
    assert.ok(++clicked < 4, 'a few clicks at most');
    await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
    await shop.waitForState('signed-in');
  }
}

/** The test of frames after a sign-in in the popup has ended, and what it found is stored. */
const framesTested = ({ page }: ShopPage): Promise<unknown> =>
  poll('end of the frame test', async () => (await page.locator('iframe').count()) === 0);

const jwtSeconds = 4;

/** On another page, until the JWT that Messenger has stored is expired. */
async function leaveUntilExpired({ page, site }: ShopPage): Promise<void> {
  await page.goto(`${site.provider.origin}/.well-known/openid-configuration`);
  await page.waitForFunction((until) => Date.now() > until, Date.now() + jwtSeconds * 1000);
}

const optionsFor = (allowed: Rungs, place: Place): TestSiteOptions => ({
  ...places[place],
  defaults: { jwtSeconds },
  attributes: ({ crossSiteProvider }) => ({
    'sign-in-modes': allowed.replace(/,.*/, ''),
    'storage-access-uri': allowed.includes('storage') ? `${crossSiteProvider.origin}/storage-access` : undefined,
  }),
});

for (const allowed of rungs) {
  const skip = (allowed.includes('storage') && cannot['storage-access']) || false;
  for (const place of Object.keys(places) as Place[]) {
    test(`clicks of a person who is signed in at the provider: ${allowed}; ${place}`, { skip }, async (t) => {
      const site = await TestSite.open(`clicks-${allowed}-${place}`.replace(/\W+/g, '-'), optionsFor(allowed, place));
      t.after(() => site.close());
      await site.signInAtProvider();
      const shop = await site.newTab();
      const first = await visit(shop, () => shop.visit());
      await framesTested(shop);

      await leaveUntilExpired(shop);
      const within = await visit(shop, () => shop.visit());

      // The person has given the permission at some time between the visits.
      if (allowed.includes('storage')) await site.browser.grantStorageAccess();
      await leaveUntilExpired(shop);
      site.runAction('revoke-refresh-tokens');
      const after = await visit(shop, () => shop.visit());
      assert.deepEqual([first, within, after], clicks[allowed][place]);
      await shop.checkInvariants();
    });
  }
}
