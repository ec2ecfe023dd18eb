import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillLogin } from './login.js';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';
import type { StageOptions } from './stage.js';

/** The shop's page is its own redirect URI, and notes in the browser's storage where it was shown. */
const onThePageItself: StageOptions = {
  redirectPaths: ['/account'],
  attributes: { 'redirect-uri': undefined },
  early: () => localStorage.setItem(`${parent === window ? 'page' : 'frame'} began`, ''),
};

/** The bundle as a classic script, so that it runs before everything that comes after it. */
async function firstOfAll(stage: Stage, shop: Shop): Promise<void> {
  await shop.visit('/callback.html');
  const html = await shop.page.evaluate(async () => (await fetch('/account')).text());
  stage.demo.app.page(
    '/account',
    html
      .replace(' type="module" src="/dist/gc-auth-messenger.js"', ' src="/dist/gc-auth-messenger.iife.js"')
      .replace(
        '<h1>',
        `<script>localStorage.setItem((parent === window ? 'page' : 'frame') + ' went on', '')</script><h1>`,
      ),
  );
}

const notes = (shop: Shop) => shop.page.evaluate(() => Object.keys(localStorage).filter((key) => !key.includes(':')));

test('a page that is its own redirect URI signs in silently; inside the frame it starts nothing', async (t) => {
  const stage = await Stage.open('callback-silent', onThePageItself);
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const visits = stage.visits();
  const shop = await stage.tab();
  await firstOfAll(stage, shop);
  await shop.visit('/account?tab=orders#newest');
  await shop.reaches('signed-in');
  const noted = await notes(shop);
  assert.ok(noted.includes('frame began'), String(noted));
  assert.ok(noted.includes('page went on'), String(noted));
  assert.ok(!noted.includes('frame went on'), 'no later script runs in the frame');
  assert.equal(stage.genesys.counters.exchanges, 1);
  assert.equal(stage.visits() - visits, 1, 'one frame, and none inside it');
  assert.equal(new URL(shop.page.url()).search + new URL(shop.page.url()).hash, '?tab=orders#newest');
  assert.deepEqual(await shop.seen('gc-error'), []);
  await shop.isClean();
});

test('a page that is its own redirect URI signs in by popup, which closes; as a module too', async (t) => {
  const stage = await Stage.open('callback-popup', onThePageItself);
  t.after(() => stage.close());
  const shop = await stage.visit();
  await shop.reaches('interaction-required');
  await shop.signInByPrompt();
  await shop.reaches('signed-in');
  await shop.openChat();
  await shop.say('Hello');
  assert.equal(stage.genesys.counters.exchanges, 1);
  await shop.isClean();
});

test('a page that is its own redirect URI signs in by a popup whose opener was severed by COOP', async (t) => {
  const stage = await Stage.open('callback-coop', onThePageItself);
  t.after(() => stage.close());
  stage.demo.provider.control.set({ coop: true });
  const shop = await stage.visit();
  await shop.reaches('interaction-required');
  // A window with a popup before it has no focus, except where a driver pretends.
  await shop.page.evaluate(() => {
    document.hasFocus = () => false;
  });
  const [popup] = await Promise.all([
    stage.context.waitForEvent('page'),
    shop.prompt.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await fillLogin(popup, 'alice');
  await shop.reaches('signed-in');
  assert.equal(stage.genesys.counters.exchanges, 1);
  await shop.isClean();
});

test('a link to someone’s answer opens the page as it is, without the answer', async (t) => {
  const stage = await Stage.open('callback-link', onThePageItself);
  t.after(() => stage.close());
  const secret = 'A'.repeat(43);
  // An answer to a popup ends the window it is opened in, where the browser lets scripts do that.
  for (const kind of ['s', 'r']) {
    const shop = await stage.visit(`/account?tab=orders&code=stale&state=${kind}.${secret}#newest`);
    await shop.page.waitForURL(`${stage.demo.app.origin}/account?tab=orders#newest`);
    await shop.reaches('interaction-required');
    assert.deepEqual(await shop.seen('gc-error'), [], kind);
    assert.equal(stage.genesys.counters.exchanges, 0);
    await shop.page.close();
  }
});
