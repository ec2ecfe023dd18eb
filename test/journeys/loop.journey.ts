import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';
import type { StageOptions } from './stage.js';

/** So many exchanges are made in vain before it stops; Messenger may have pluginCalled for one more code by itself. */
const fewExchanges = 4;

async function failing(name: string, options: StageOptions = {}): Promise<[Stage, Shop]> {
  const stage = await Stage.open(name, { defaults: { failExchange: 401 }, ...options });
  await stage.signInAtProvider();
  return [stage, await stage.visit()];
}

/** It has stopped, says so, and stays stopped. */
async function hasStopped(stage: Stage, shop: Shop): Promise<void> {
  await shop.reaches('failed', 20_000);
  assert.equal((await shop.seen('gc-error')).at(-1)?.detail?.['code'], 'loop-stopped');
  await shop.prompt.getByText('Chat is not available right now.').waitFor();
  const { exchanges } = stage.genesys.counters;
  assert.ok(exchanges <= fewExchanges, `${exchanges} exchanges`);
  const visits = stage.visits();
  await delay(1_000);
  assert.deepEqual([stage.visits(), stage.genesys.counters.exchanges], [visits, exchanges]);
}

/** Until the provider was left alone for a while, or there is a loop. */
async function quiet(stage: Stage): Promise<void> {
  for (let visits = -1; visits !== stage.visits() && visits < 20;) {
    visits = stage.visits();
    await delay(3_000);
  }
}

/** The button works as soon as the cause is gone. */
async function worksAgain(stage: Stage, shop: Shop): Promise<void> {
  stage.switch({ server: { failExchange: 0 } });
  await shop.prompt.getByRole('button', { name: 'Try again' }).click();
}

test('J12: reloaded again and again, it stops after a few tries in all, and the button works once it can', async (t) => {
  const [stage, shop] = await failing('J12-reloads');
  t.after(() => stage.close());
  for (let reloads = 0; reloads < 5; reloads++) {
    // One that a reload cuts off before its end came to nothing that anybody knows of.
    await shop.saw('gc-error');
    await shop.page.reload();
  }
  await hasStopped(stage, shop);
  await worksAgain(stage, shop);
  await shop.reaches('signed-in');
  await shop.openChat();
  await shop.say('At last');
  await shop.page.reload();
  await shop.reaches('signed-in');
  await shop.isClean();
});

test('J12: a page that reloads itself on every error: the tries are counted all the same', async (t) => {
  const [stage, shop] = await failing('J12-auto-reload', {
    early: () => {
      const loads = Number(sessionStorage.getItem('loads')) + 1;
      sessionStorage.setItem('loads', String(loads));
      // Pages do this for ever; this one ends, to be looked at.
      if (loads < 7) document.addEventListener('gc-error', () => location.reload());
    },
  });
  t.after(() => stage.close());
  await shop.page.waitForFunction(() => sessionStorage.getItem('loads') === '7', undefined, { timeout: 30_000 });
  await hasStopped(stage, shop);
  await worksAgain(stage, shop);
  await shop.reaches('signed-in');
  await shop.isClean();
});

for (const [words, early] of [
  [
    'signs in by itself whenever a person is needed',
    () =>
      document.addEventListener('gc-interaction-required', (event) => {
        (event as CustomEvent<{ signIn(): Promise<void> }>).detail.signIn().catch(() => undefined);
      }),
  ],
  [
    'calls signIn() whenever it is loaded',
    () =>
      document.addEventListener('gc-ready', ({ target }) => {
        (target as HTMLElement & { signIn(): Promise<void> }).signIn().catch(() => undefined);
      }),
  ],
] as const) {
  test(`J12: no loop of redirects, though the page ${words}`, async (t) => {
    const stage = await Stage.open(`J12-redirects-${words.slice(0, 5)}`, {
      defaults: { failExchange: 401 },
      redirectPaths: ['/account'],
      attributes: { 'sign-in-modes': 'redirect', 'redirect-uri': undefined },
      early,
      // What drivers run in a page counts as a person's doing.
      body: '<script>Object.defineProperty(navigator, "userActivation", { value: { isActive: false } });</script>',
    });
    t.after(() => stage.close());
    await stage.signInAtProvider();
    const visits = stage.visits();
    const shop = await stage.visit('/account?tab=orders');
    await quiet(stage);
    await shop.page.waitForURL(`${stage.demo.app.origin}/account?tab=orders`);
    await hasStopped(stage, shop);
    assert.ok(stage.visits() - visits <= 4, `${stage.visits() - visits} visits to the provider`);
    assert.equal(new URL(shop.page.url()).search, '?tab=orders');

    await worksAgain(stage, shop);
    await shop.reaches('signed-in', 20_000);
    await shop.isClean();
  });
}
