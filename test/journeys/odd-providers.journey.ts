import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProviderSwitches } from '../../demo/server/provider/switches.js';
import { poll } from './driver/poll.js';
import { fillLogin } from './fill-login.js';
import { recordPopups, waitForClosedPopups } from './record-popups.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

/** The shop's page is its own redirect URI. */
const ownRedirectUri: TestSiteOptions = {
  redirectPaths: ['/account'],
  attributes: { 'redirect-uri': undefined },
};

/** Providers that answer in their own way, and that a person who is signed in there never notices. */
const silent: ReadonlyArray<
  readonly [what: string, switches: Partial<ProviderSwitches>, attributes?: Record<string, string>]
> = [
  ['announces response_mode=fragment and refuses it', { fragmentRefused: true }],
  ['thinks for 2.5 s', { thinkingMs: 2_500 }],
  ['thinks for 6 s, with silent-timeout', { thinkingMs: 6_000 }, { 'silent-timeout': '15' }],
  ['is unavailable for a moment', { unavailableRequests: 1 }],
  ['reads + in a query literally', { plusIsLiteral: true }, { scope: 'openid offline_access' }],
  ['names its issuer with a slash at the end', { issuerWithSlash: true }],
  ['leaves state and iss out of errors', { errorWithoutState: true, errorWithoutIss: true }],
];

for (const [what, switches, attributes = {}] of silent) {
  test(`J1: a provider that ${what}: signed in silently`, async (t) => {
    const site = await TestSite.open(`J1-${what.replace(/\W+/g, '-')}`, { attributes });
    t.after(() => site.close());
    await site.signInAtProvider();
    site.provider.control.set(switches);
    const shop = await site.openPage();
    await shop.waitForState('signed-in');
    assert.deepEqual(await shop.events('gc-interaction-required'), []);
    assert.deepEqual(await shop.events('gc-error'), []);
    assert.equal(site.genesys.counters.exchanges, 1);
    await shop.checkInvariants();
  });
}

test('J1: the address of the discovery document as authority: signed in silently', async (t) => {
  const site = await TestSite.open('J1-discovery-address', {
    attributes: ({ provider }) => ({ authority: `${provider.origin}/.well-known/openid-configuration` }),
  });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  assert.deepEqual(await shop.events('gc-error'), []);
  await shop.checkInvariants();
});

test('J24: a discovery document of several tenants: the error says what to write as authority', async (t) => {
  const site = await TestSite.open('J24-tenants');
  t.after(() => site.close());
  site.provider.control.set({ tenantPlaceholder: true });
  const shop = await site.openPage();
  await shop.waitForEvent('gc-error');
  const [error] = await shop.events('gc-error');
  assert.equal(error?.detail?.['code'], 'issuer-mismatch');
  assert.match(String(error?.detail?.['hint']), /tenant/i);
  await shop.checkInvariants();
});

test('J1: a refused response mode is remembered: the next page does not ask for it', async (t) => {
  const site = await TestSite.open('J1-fragment-remembered');
  t.after(() => site.close());
  await site.signInAtProvider();
  site.provider.control.set({ fragmentRefused: true });
  const first = await site.openPage();
  await first.waitForState('signed-in');
  site.provider.control.clearLog();
  site.runAction('expire-jwts');
  site.runAction('revoke-refresh-tokens');
  await first.page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith('_')) localStorage.removeItem(key);
  });
  await first.page.reload();
  await first.waitForState('signed-in');
  assert.deepEqual(
    site.provider.control.log().flatMap(({ route, outcome }) => (route === 'authorize' ? [outcome] : [])),
    ['code'],
  );
  await first.checkInvariants();
});

test('J1: a page that is its own redirect URI and loads the bundle late signs in silently', async (t) => {
  const site = await TestSite.open('J1-late-bundle', ownRedirectUri);
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.newTab();
  await shop.visit('/callback.html');
  const html = await shop.page.evaluate(async () => (await fetch('/account')).text());
  site.demo.app.page(
    '/account',
    html.replace(
      /<script type="module" src="(\/dist\/gc-auth-messenger\.js)"[^>]*><\/script>/,
      (_, src: string) => `<script>addEventListener('load', () => setTimeout(() => import('${src}'), 1500))</script>`,
    ),
  );
  await shop.visit();
  await shop.waitForState('signed-in');
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
  await shop.checkInvariants();
});

test('J2: an error without state: the page that is its own redirect URI does not start in the hidden frame', async (t) => {
  const site = await TestSite.open('J2-own-page-without-state', ownRedirectUri);
  t.after(() => site.close());
  site.provider.control.set({ errorWithoutState: true });
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  const [required] = await shop.events('gc-interaction-required');
  assert.equal(required?.detail?.['reason'], 'login-required');
  assert.equal(site.authorizationRequests(), 1, 'one frame, and no frame inside it');
  await shop.signInByPrompt();
  await shop.waitForState('signed-in');
  await shop.checkInvariants();
});

for (const [where, options] of [
  ['the callback page', {}],
  ['the page itself', ownRedirectUri],
] as const) {
  test(`J18: an error without state in a popup, at ${where}, is told at once, and the popup closes`, async (t) => {
    const site = await TestSite.open(`J18-without-state-${where.replace(/\W+/g, '-')}`, {
      ...options,
      attributes: { ...options.attributes, 'sign-in-modes': 'popup' },
      early: recordPopups,
    });
    t.after(() => site.close());
    site.provider.control.set({ errorWithoutState: true, accessDenied: true });
    const shop = await site.openPage();
    await shop.waitForState('interaction-required');
    await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
    const [popups] = await Promise.all([waitForClosedPopups(shop), shop.waitForEvent('gc-error', 8_000)]);
    assert.equal(popups.length, 1);
    await shop.waitForState('interaction-required');
    assert.deepEqual(
      (await shop.events('gc-error')).map(({ detail }) => detail?.['code']),
      ['provider-error'],
    );
  });
}

for (const [where, options] of [
  ['the callback page', {}],
  ['the page itself', ownRedirectUri],
] as const) {
  const { attributes } = options;

  test(`J19: an error without state after a redirect, at ${where}: back to the page as it was, and the prompt`, async (t) => {
    const site = await TestSite.open(`J19-without-state-${where.replace(/\W+/g, '-')}`, {
      ...options,
      attributes: { ...attributes, 'sign-in-modes': 'silent redirect' },
    });
    t.after(() => site.close());
    site.provider.control.set({ errorWithoutState: true, accessDenied: true });
    const shop = await site.openPage('/account?tab=orders#newest');
    await shop.waitForState('interaction-required');
    const requests = site.authorizationRequests();
    await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
    await poll('request', () => Promise.resolve(site.authorizationRequests() > requests));
    await shop.waitForState('interaction-required');
    assert.equal(shop.page.url(), `${site.demo.app.origin}/account?tab=orders#newest`);
    assert.deepEqual(
      (await shop.events('gc-error')).map(({ detail }) => detail?.['code']),
      ['provider-error'],
    );
    assert.equal(await shop.page.evaluate(() => window.sessionStorage.getItem('gc-auth-messenger:redirects')), null);

    site.provider.control.set({ errorWithoutState: false, accessDenied: false });
    await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
    await fillLogin(shop.page, 'alice');
    await shop.waitForState('signed-in');
    await shop.checkInvariants();
  });

  test(`J29: an error without state after a silent redirect, at ${where}: one round trip, then the prompt`, async (t) => {
    const site = await TestSite.open(`J29-without-state-${where.replace(/\W+/g, '-')}`, {
      ...options,
      provider: 'cross-site',
      thirdPartyCookies: 'block',
      attributes: { ...attributes, 'sign-in-modes': 'silent silent-redirect popup' },
      early: () => {
        const { sessionStorage, top } = window;
        if (top === window) sessionStorage.setItem('loads', String(Number(sessionStorage.getItem('loads')) + 1));
      },
    });
    t.after(() => site.close());
    site.provider.control.set({ errorWithoutState: true });
    const shop = await site.openPage('/account?tab=orders#newest');
    await shop.waitForState('interaction-required', 30_000);
    assert.equal(shop.page.url(), `${site.demo.app.origin}/account?tab=orders#newest`);
    const loads = (): Promise<number> => shop.page.evaluate(() => Number(window.sessionStorage.getItem('loads')));
    // The page that is its own redirect URI is loaded there, too, and once more where it was.
    assert.equal(await loads(), where === 'the page itself' ? 3 : 2, 'one round trip');
    const before = await loads();
    await shop.page.reload();
    await shop.waitForState('interaction-required', 30_000);
    assert.equal((await loads()) - before, 1, 'no further round trip');
    assert.deepEqual(await shop.events('gc-error'), []);
  });
}

/** The provider answers the silent request after the login. */
async function openWithReplay(
  name: string,
  t: { after(end: () => Promise<void>): void },
  options: TestSiteOptions = {},
): Promise<ShopPage> {
  const site = await TestSite.open(name, options);
  t.after(() => site.close());
  site.provider.control.set({ silentReplayed: true });
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  return shop;
}

async function checkReplay(shop: ShopPage): Promise<void> {
  const { site } = shop;
  await shop.waitForState('signed-in');
  assert.equal(site.authorizationRequests('code') >= 2, true, 'the replayed answer, and that to a fresh request');
  assert.equal(site.genesys.counters.exchanges, 1);
  assert.deepEqual(await shop.events('gc-error'), []);
  await shop.checkInvariants();
}

for (const [where, options] of [
  ['callback', {}],
  ['self', ownRedirectUri],
] as const) {
  test(`J27: in the popup, the provider answers the silent request (${where}): one fresh request in the same window`, async (t) => {
    const shop = await openWithReplay(`J27-popup-${where}`, t, options);
    await shop.signInByPrompt();
    await checkReplay(shop);
  });

  test(`J27: after the redirect, the provider answers the silent request (${where}): one more redirect`, async (t) => {
    const shop = await openWithReplay(`J27-redirect-${where}`, t, {
      ...options,
      attributes: { ...options.attributes, 'sign-in-modes': 'silent redirect' },
    });
    await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
    await shop.page.getByLabel('Account').waitFor();
    await fillLogin(shop.page, 'alice');
    await shop.page.waitForURL(`${shop.site.demo.app.origin}/account`);
    await checkReplay(shop);
  });
}
