import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { UserManager } from 'oidc-client-ts';
import type { GcAuthMessenger } from '../../src/index.js';
import type { Page } from './driver/driver.js';
import { engine } from './driver/open.js';
import { fillLogin } from './fill-login.js';
import type { ShopPage } from './shop-page.js';
import { recorder, TestSite, usualAttributes } from './test-site.js';

type SiteWindow = Window & { site: UserManager; signOut(): Promise<void> };

const siteClientId = 'shop';
const redirectPaths = ['/signed-in.html', '/silent.html', '/goodbye.html'];

/** The script that the guide shows, with the addresses of the demo. */
async function guideScript({ demo, provider }: TestSite): Promise<string> {
  const guide = await readFile('docs/migrating/user-manager.md', 'utf8');
  const [, sample = ''] = /```js\n([^]*?)```/.exec(guide) ?? [];
  assert.match(sample, /client_id: 'shop'/);
  return `const { UserManager } = oidc;
    ${sample
      .replace(/^import .*$/gm, '')
      .replaceAll('https://login.example.com', provider.origin)
      .replaceAll('https://www.example.com', demo.app.origin)}
    Object.assign(window, { site, signOut });
    document.querySelector('#sign-in').addEventListener('click', () => site.signinPopup());`;
}

async function openSite(): Promise<TestSite> {
  const site = await TestSite.open('user-manager', { siteClientId, redirectPaths });
  const { app } = site.demo;
  const attributes = Object.entries(usualAttributes(site.demo, site.provider)).map(
    ([name, value]) => `${name}="${value}"`,
  );
  const library = await readFile('node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js', 'utf8');
  app.page('/oidc.js', library, { 'Content-Type': 'text/javascript; charset=utf-8' });
  const page = (body: string): string =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><script src="/oidc.js"></script>${body}</html>`;
  app.page(
    '/account',
    page(`<script>${recorder}</script><script type="module" src="/dist/gc-auth-messenger.js"></script>
      <button id="sign-in">Sign in to the shop</button>
      <template><gc-auth-messenger ${attributes.join(' ')}></gc-auth-messenger></template>
      <script type="module">${await guideScript(site)}</script>`),
  );
  const answers = (method: string): string =>
    page(`<script>new oidc.UserManager({ authority: '', client_id: '', redirect_uri: '' }).${method}()</script>`);
  app.page('/signed-in.html', answers('signinPopupCallback'));
  app.page('/silent.html', answers('signinSilentCallback'));
  app.page('/goodbye.html', page('<h1>Goodbye</h1>'));
  return site;
}

const userOf = (page: Page): Promise<string | undefined> =>
  page.evaluate(async () => (await (window as unknown as SiteWindow).site.getUser())?.profile.sub);

const keysOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...Object.keys(sessionStorage), ...Object.keys(localStorage)].sort());

async function signInToSite({ page }: ShopPage): Promise<void> {
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Sign in to the shop' }).click(),
  ]);
  await Promise.all([popup.waitForEvent('close'), fillLogin(popup, 'alice')]);
}

// Nothing in it depends on the engine.
const skip = engine !== 'chromium' && 'it is run in Chromium only';

test(
  'the element beside a UserManager: no answer or record of one goes to the other, both sign out',
  { skip },
  async (t) => {
    const site = await openSite();
    // The first sign-in, three silent ones, and that of the second tab.
    t.after(() => site.close(5));
    const shop = await site.openPage();
    assert.equal(await shop.element.count(), 0, 'nobody is signed in to the shop');

    await signInToSite(shop);
    await shop.waitForState('signed-in');
    assert.equal(await userOf(shop.page), 'alice');
    assert.deepEqual(await shop.events('gc-interaction-required'), [], 'one login for both');

    // Both ask the same provider at the same time, in a frame each.
    const results = await shop.element.evaluate(async (element: GcAuthMessenger) => {
      const { site } = window as unknown as SiteWindow;
      const asked = [1, 2, 3].flatMap(() => [site.signinSilent(), element.reauthenticate()]);
      return (await Promise.allSettled(asked)).map(({ status }) => status);
    });
    assert.deepEqual([...new Set(results)], ['fulfilled']);
    assert.equal(site.genesys.counters.exchangesRefused, 0);

    // Each removes its own records only.
    const before = await shop.page.evaluate(async () => {
      sessionStorage.setItem('gc-auth-messenger:redirect:pending', '{}');
      localStorage.setItem('oidc.pending', JSON.stringify({ id: 'pending', created: 1, data: 1 }));
      await (window as unknown as SiteWindow).site.clearStaleState();
      return [sessionStorage.getItem('gc-auth-messenger:redirect:pending'), localStorage.getItem('oidc.pending')];
    });
    assert.deepEqual(before, ['{}', null]);
    const keys = await keysOf(shop.page);
    await shop.page.reload();
    await shop.waitForState('signed-in');
    assert.equal(await userOf(shop.page), 'alice');
    const kept = await keysOf(shop.page);
    assert.deepEqual(
      keys.filter((key) => key.startsWith('oidc.user:') || key.startsWith('_')),
      kept.filter((key) => key.startsWith('oidc.user:') || key.startsWith('_')),
    );

    // A second tab has its own user of the site, and the same conversation.
    const other = await site.openPage();
    await other.page.evaluate(() => (window as unknown as SiteWindow).site.signinSilent().then(() => undefined));
    await other.waitForState('signed-in');

    await shop.page.evaluate(() => void (window as unknown as SiteWindow).signOut());
    await shop.page.getByRole('heading', { name: 'Goodbye' }).waitFor();
    assert.equal(site.genesys.counters.revokes, 1);
    const [ended] = site.provider.control.log().filter(({ route }) => route === 'end-session');
    assert.equal(ended?.clientId, siteClientId);
    await other.waitForEvent('gc-signed-out');
    await other.page.waitForFunction(() => !Object.keys(sessionStorage).some((key) => key.startsWith('oidc.user:')));
    assert.equal(await userOf(other.page), undefined);
    assert.equal(await other.prompt.count(), 0);

    await shop.visit();
    assert.equal(await userOf(shop.page), undefined);
    assert.equal(await shop.element.count(), 0);
  },
);
