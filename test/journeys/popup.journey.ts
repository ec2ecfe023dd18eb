import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillLogin } from './fill-login.js';
import { TestSite } from './test-site.js';

test('J17: a sign-in without a click is blocked by the browser; the prompt’s button works', async (t) => {
  const site = await TestSite.open('J17');
  t.after(() => site.close());
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  await shop.page.evaluate(() => {
    window.open = () => null;
  });
  assert.equal(await shop.call('signIn'), 'popup-blocked');
  await shop.waitForState('interaction-required');
  await shop.prompt.getByText('The browser blocked the sign-in window.').waitFor();
  assert.equal((await shop.events('gc-error')).at(-1)?.detail?.['code'], 'popup-blocked');

  await shop.page.reload();
  await shop.waitForState('interaction-required');
  await shop.signInByPrompt();
  await shop.waitForState('signed-in');
  await shop.checkInvariants();
});

for (const where of ['provider', 'page'] as const) {
  test(`J18: a popup without an opener (COOP of the ${where}) completes the sign-in`, async (t) => {
    const site = await TestSite.open(`J18-coop-${where}`, {
      // A page behind a popup has no focus. Drivers pretend that every page has it, and who has it and finds its popup
      // closed was left by it: a login of more than a second and a half would count as given up.
      early: () => {
        document.hasFocus = () => false;
      },
      ...(where === 'page' && { headers: { 'Cross-Origin-Opener-Policy': 'same-origin' } }),
    });
    t.after(() => site.close());
    if (where === 'provider') site.demo.provider.control.set({ coop: true });
    const shop = await site.openPage();
    await shop.waitForState('interaction-required');
    const [popup] = await Promise.all([
      site.context.waitForEvent('page'),
      shop.prompt.getByRole('button', { name: 'Sign in' }).click(),
    ]);
    await fillLogin(popup, 'alice');
    await shop.waitForState('signed-in');
    assert.equal(site.genesys.counters.exchanges, 1);
    await shop.checkInvariants();
  });
}
