import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cannot } from './driver/open.js';
import { Stage } from './stage.js';
import type { StageOptions } from './stage.js';

/** What other journeys rely on, checked once for each engine, on a page without the tag. */
async function plain(name: string, options: StageOptions = {}, script = ''): Promise<Stage> {
  const stage = await Stage.open(name, options);
  const html = `<!doctype html><html lang="en"><title>Plain</title><script>${script}</script></html>`;
  // Pages that may not be stored are not kept for going back either.
  stage.demo.app.page('/plain', html, { 'Cache-Control': 'no-cache' });
  return stage;
}

interface Marked extends Window {
  ticks: number;
  shown: boolean[];
  opened: string;
}

test('stage: tabs share cookies and storage, and a closed one leaves the others alone', async (t) => {
  const stage = await plain('tabs');
  t.after(() => stage.close());
  const [first, second] = [await stage.visit('/plain'), await stage.visit('/plain')];
  await first.page.evaluate(() => {
    document.cookie = 'shared=1';
    localStorage.setItem('shared', '1');
  });
  await first.page.close();
  assert.deepEqual(await second.page.evaluate(() => [document.cookie, localStorage.getItem('shared')]), [
    'shared=1',
    '1',
  ]);
});

test('stage: a frozen tab does nothing until it is thawed', { skip: cannot.freeze ?? false }, async (t) => {
  const stage = await plain(
    'freeze',
    {},
    'window.ticks = 0; setInterval(() => (localStorage.ticks = ++window.ticks), 20);',
  );
  t.after(() => stage.close());
  const [frozen, other] = [await stage.visit('/plain'), await stage.tab()];
  stage.demo.app.page('/other', '<!doctype html><html lang="en"><title>Other</title></html>');
  await other.visit('/other');
  const ticks = (): Promise<number> => other.page.evaluate(() => Number(localStorage.getItem('ticks')));
  const thaw = await frozen.freeze();
  const before = await ticks();
  await other.page.waitForFunction((until) => Date.now() > until, Date.now() + 500);
  assert.ok((await ticks()) - before <= 1, 'no timer ran');
  await thaw();
  await other.page.waitForFunction((ran) => Number(localStorage.getItem('ticks')) > ran + 5, before);
});

const back = cannot['back-forward-cache'] ?? false;
test('stage: who goes away and back finds the page as it was', { skip: back }, async (t) => {
  const script = "window.shown = []; addEventListener('pageshow', ({ persisted }) => window.shown.push(persisted));";
  const stage = await plain('back', {}, script);
  t.after(() => stage.close());
  const shop = await stage.visit('/plain');
  await shop.page.goto(`${stage.demo.provider.origin}/.well-known/openid-configuration`);
  await shop.page.goBack({ waitUntil: 'commit' });
  await shop.page.waitForFunction(() => (window as unknown as Marked).shown.length === 2);
  assert.deepEqual(await shop.page.evaluate(() => (window as unknown as Marked).shown), [false, true]);
});

test('stage: a window that nobody clicked for is blocked', { skip: cannot['popup-blocker'] ?? false }, async (t) => {
  // At once: whatever a driver runs in the page counts as a gesture.
  const script = "window.opened = String(window.open('/plain'));";
  const stage = await plain('popups', { popups: 'block' }, script);
  t.after(() => stage.close());
  const shop = await stage.visit('/plain');
  await shop.page.waitForFunction(() => (window as unknown as Marked).opened !== undefined);
  assert.equal(await shop.page.evaluate(() => (window as unknown as Marked).opened), 'null');
});

test('stage: a page’s clock is ahead or behind as it is told, and nothing else of it changes', async (t) => {
  const stage = await Stage.open('clock', { clockOffsetMs: 3_600_000 });
  t.after(() => stage.close());
  const shop = await stage.visit();
  const ahead = (): Promise<number> =>
    shop.page.evaluate(
      (real) => Math.round((Date.now() + new Date().getTime() - 2 * real) / 120_000) * 60_000,
      Date.now(),
    );
  assert.equal(await ahead(), 3_600_000);
  await shop.setClock(-3_600_000);
  assert.equal(await ahead(), -3_600_000);
  assert.equal(await shop.page.evaluate(() => new Date(0) instanceof Date && new Date(5).getTime()), 5);
});
