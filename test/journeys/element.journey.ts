import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage } from './stage.js';

test('J20: moved, removed, added again and changed, there is one Messenger and one AuthProvider, and nothing twice', async (t) => {
  const stage = await Stage.open('J20', { body: '<div id="other"></div>' });
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  const confirmed = (await shop.seen('gc-signed-in')).length;

  await shop.element.evaluate((element) => document.getElementById('other')?.append(element));
  assert.equal(await shop.state(), 'signed-in', 'a move is no interruption');
  assert.equal((await shop.seen('gc-signed-in')).length, confirmed);

  await shop.element.evaluate(async (element) => {
    element.remove();
    await new Promise((done) => requestAnimationFrame(done));
    document.body.append(element);
  });
  await shop.reaches('signed-in');
  await shop.element.evaluate((element) => element.setAttribute('scope', 'openid offline_access profile'));
  await shop.reaches('signed-in');
  assert.equal(await shop.call('reauthenticate'), 'ok');

  assert.equal(await shop.page.locator('script[src*="genesys.min.js"]').count(), 1);
  assert.equal(await shop.messenger.count(), 1);
  assert.equal((await shop.journal()).filter(({ outcome }) => outcome === 'name-taken').length, 0);
  await shop.isClean();
});

test('J20: two on a page: the second says so and takes over when the first leaves', async (t) => {
  const stage = await Stage.open('J20-two');
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  const secondReaches = (state: string): Promise<unknown> =>
    shop.page.waitForFunction(
      (wanted) => document.querySelector<HTMLElement & { state: string }>('#second')?.state === wanted,
      state,
    );
  await shop.element.evaluate((element) => {
    const copy = element.cloneNode() as HTMLElement;
    copy.id = 'second';
    document.body.append(copy);
  });
  await secondReaches('failed');
  assert.equal((await shop.seen('gc-error')).at(-1)?.detail?.['code'], 'duplicate-element');
  await shop.element.first().evaluate((element) => element.remove());
  await secondReaches('signed-in');
  await shop.isClean();
});
