import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillLogin } from './login.js';
import { Stage } from './stage.js';

test('J17: a sign-in without a click is blocked by the browser; the prompt’s button works', async (t) => {
  const stage = await Stage.open('J17');
  t.after(() => stage.close());
  const shop = await stage.visit();
  await shop.reaches('interaction-required');
  await shop.page.evaluate(() => {
    window.open = () => null;
  });
  assert.equal(await shop.call('signIn'), 'popup-blocked');
  await shop.reaches('interaction-required');
  await shop.prompt.getByText('The browser blocked the sign-in window.').waitFor();
  assert.equal((await shop.seen('gc-error')).at(-1)?.detail?.['code'], 'popup-blocked');

  await shop.page.reload();
  await shop.reaches('interaction-required');
  await shop.signInByPrompt();
  await shop.reaches('signed-in');
  await shop.isClean();
});

test('J18: the popup closed by the person leads back to the prompt within 2 s', async (t) => {
  const stage = await Stage.open('J18-closed');
  t.after(() => stage.close());
  const shop = await stage.visit();
  await shop.reaches('interaction-required');
  const [popup] = await Promise.all([
    shop.page.waitForEvent('popup'),
    shop.prompt.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await popup.getByLabel('Account').waitFor();
  await shop.reaches('signing-in');
  const begin = Date.now();
  await popup.close();
  await shop.reaches('interaction-required', 4_000);
  const back = (await shop.seen('gc-state-change')).at(-1)?.at ?? Infinity;
  assert.ok(back - begin < 2_500, `${back - begin} ms`);
  assert.equal((await shop.seen('gc-error')).at(-1)?.detail?.['code'], 'popup-closed');

  await shop.signInByPrompt();
  await shop.reaches('signed-in');
  await shop.isClean();
});

for (const where of ['provider', 'page'] as const) {
  test(`J18: an opener severed by COOP at the ${where} still completes`, async (t) => {
    const stage = await Stage.open(`J18-coop-${where}`, {
      // A page behind a popup has no focus. Drivers pretend that every page has it, and who has it and finds its popup
      // closed was left by it: a login of more than a second and a half would count as given up.
      early: () => {
        document.hasFocus = () => false;
      },
      ...(where === 'page' && { headers: { 'Cross-Origin-Opener-Policy': 'same-origin' } }),
    });
    t.after(() => stage.close());
    if (where === 'provider') stage.demo.provider.control.set({ coop: true });
    const shop = await stage.visit();
    await shop.reaches('interaction-required');
    const [popup] = await Promise.all([
      stage.context.waitForEvent('page'),
      shop.prompt.getByRole('button', { name: 'Sign in' }).click(),
    ]);
    await fillLogin(popup, 'alice');
    await shop.reaches('signed-in');
    assert.equal(stage.genesys.counters.exchanges, 1);
    await shop.isClean();
  });
}
