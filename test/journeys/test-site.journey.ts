import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cannot } from './driver/open.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

/** The site with another page, without the tag. */
async function openPlain(name: string, options: TestSiteOptions = {}, script = ''): Promise<TestSite> {
  const site = await TestSite.open(name, options);
  const html = `<!doctype html><html lang="en"><title>Plain</title><script>${script}</script></html>`;
  // `no-store` pages are not kept in the back/forward cache.
  site.demo.app.page('/plain', html, { 'Cache-Control': 'no-cache' });
  return site;
}

interface PlainWindow extends Window {
  ticks: number;
  shown: boolean[];
  opened: string;
}

test('harness: tabs share cookies and storage, and closing one does not affect the others', async (t) => {
  const site = await openPlain('tabs');
  t.after(() => site.close());
  const [first, second] = [await site.openPage('/plain'), await site.openPage('/plain')];
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

test('harness: a frozen tab runs no script until it is resumed', { skip: cannot.freeze ?? false }, async (t) => {
  const site = await openPlain(
    'freeze',
    {},
    'window.ticks = 0; setInterval(() => (localStorage.ticks = ++window.ticks), 20);',
  );
  t.after(() => site.close());
  const [frozen, other] = [await site.openPage('/plain'), await site.newTab()];
  site.demo.app.page('/other', '<!doctype html><html lang="en"><title>Other</title></html>');
  await other.visit('/other');
  const ticks = (): Promise<number> => other.page.evaluate(() => Number(localStorage.getItem('ticks')));
  const resume = await frozen.freeze();
  const before = await ticks();
  await other.page.waitForFunction((until) => Date.now() > until, Date.now() + 500);
  assert.ok((await ticks()) - before <= 1, 'no timer ran');
  await resume();
  await other.page.waitForFunction((ran) => Number(localStorage.getItem('ticks')) > ran + 5, before);
});

const back = cannot['back-forward-cache'] ?? false;
test('harness: Back restores the page from the back/forward cache', { skip: back }, async (t) => {
  const script = "window.shown = []; addEventListener('pageshow', ({ persisted }) => window.shown.push(persisted));";
  const site = await openPlain('back', {}, script);
  t.after(() => site.close());
  const shop = await site.openPage('/plain');
  await shop.page.goto(`${site.demo.provider.origin}/.well-known/openid-configuration`);
  await shop.page.goBack({ waitUntil: 'commit' });
  await shop.page.waitForFunction(() => (window as unknown as PlainWindow).shown.length === 2);
  assert.deepEqual(await shop.page.evaluate(() => (window as unknown as PlainWindow).shown), [false, true]);
});

test(
  'harness: the popup blocker blocks a window without a user activation',
  { skip: cannot['popup-blocker'] ?? false },
  async (t) => {
    // In the page's own script: a driver's script counts as user activation.
    const script = "window.opened = String(window.open('/plain'));";
    const site = await openPlain('popups', { popups: 'block' }, script);
    t.after(() => site.close());
    const shop = await site.openPage('/plain');
    await shop.page.waitForFunction(() => (window as unknown as PlainWindow).opened !== undefined);
    assert.equal(await shop.page.evaluate(() => (window as unknown as PlainWindow).opened), 'null');
  },
);

test('harness: the page’s clock can be shifted, and Date is unchanged otherwise', async (t) => {
  const site = await TestSite.open('clock', { clockOffsetMs: 3_600_000 });
  t.after(() => site.close());
  const shop = await site.openPage();
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

test('harness: requests of the browser to token, userinfo and revocation endpoints fail the journey', async () => {
  const site = await openPlain('token-requests');
  const shop = await site.openPage('/plain');
  const { origin, control } = site.demo.crossSiteProvider;
  const requests: Array<[path: string, init: RequestInit]> = [
    ['/token', { method: 'POST', mode: 'no-cors' }],
    ['/me', { mode: 'no-cors' }],
    ['/token/revocation', { method: 'POST', mode: 'no-cors' }],
  ];
  for (const [path, init] of requests) {
    await shop.page.evaluate(
      async ([url, options]) => {
        await fetch(url, options).catch(() => undefined);
      },
      [origin + path, init] as const,
    );
  }
  await assert.rejects(site.close(), { name: 'AssertionError', message: /"endpoint":"token"/ });
  assert.deepEqual(
    control.tokenRequestsByBrowsers().map(({ method, endpoint }) => `${method} ${endpoint}`),
    ['POST token', 'GET userinfo', 'POST revocation'],
  );
});
