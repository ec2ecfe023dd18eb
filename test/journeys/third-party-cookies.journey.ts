import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GcAuthMessenger } from '../../src/index.js';
import type { Attempt } from '../../src/core/errors.js';
import { poll } from './driver/poll.js';
import { fillLogin } from './fill-login.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

const week = 7 * 86_400_000;

interface FrameTestWindow extends Window {
  popup: Window | null;
  shiftClock(ms: number): void;
}

/** A provider on another site. The page reads clock and browser version from local storage when it loads. */
const crossSite: TestSiteOptions = {
  provider: 'cross-site',
  early: () => {
    const { clock, version } = localStorage;
    if (clock) (window as unknown as FrameTestWindow).shiftClock(Number(clock));
    if (version) Object.defineProperty(navigator, 'userAgent', { value: version });
    // The popup closes so soon that not every driver notices it.
    window.open = new Proxy(window.open, {
      apply: (open, page, args: Parameters<typeof window.open>) =>
        ((window as unknown as FrameTestWindow).popup = open.apply(page, args)),
    });
  },
};

/** Number of silent requests at the provider. */
const silentRequests = ({ provider }: TestSite): number =>
  provider.control.log().filter(({ route, prompt }) => route === 'authorize' && prompt === 'none').length;

/** What the element remembers about frames. */
const frameRecord = (shop: ShopPage): Promise<string | null> =>
  shop.page.evaluate(
    () =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith('gc-auth-messenger:frames'))
        .map((key) => localStorage.getItem(key))[0] ?? null,
  );

/** Clicks the prompt's button. The person is signed in at the provider, so the popup closes by itself. */
async function signInByClick(shop: ShopPage): Promise<void> {
  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await shop.waitForState('signed-in');
  await shop.page.waitForFunction(() => (window as unknown as FrameTestWindow).popup?.closed);
  await frameTestEnds(shop);
}

/** After the sign-in, the element tests whether a frame works. */
const frameTestEnds = ({ page }: ShopPage): Promise<unknown> =>
  poll('end of the frame test', async () => (await page.locator('iframe').count()) === 0);

/** Reloads the page after all tokens of Messenger have become invalid. */
async function reloadWithoutTokens(shop: ShopPage, changes: { clock?: number; version?: string } = {}): Promise<void> {
  shop.site.runAction('expire-jwts');
  shop.site.runAction('revoke-refresh-tokens');
  await shop.page.evaluate((entries) => {
    for (const [name, value] of Object.entries(entries)) localStorage.setItem(name, String(value));
    for (const key of Object.keys(localStorage)) if (key.startsWith('_')) localStorage.removeItem(key);
  }, changes);
  await shop.page.reload();
}

const reauthenticationTrace = (shop: ShopPage): Promise<readonly Attempt[]> =>
  shop.element.evaluate((element: GcAuthMessenger) =>
    element.reauthenticate().then(
      () => Promise.reject(new Error('It resolved.')),
      (error: { toJSON(): { trace: readonly Attempt[] } }) => error.toJSON().trace,
    ),
  );

/** Signs in by a click at a provider whose cookies the browser blocks in frames. The element remembers that. */
async function signInWithBlockedCookies(t: { after(end: () => Promise<void>): void }, name: string): Promise<ShopPage> {
  const site = await TestSite.open(name, { ...crossSite, thirdPartyCookies: 'block' });
  t.after(() => site.close());
  await site.signInAtProvider();
  const logins = site.provider.control.log().filter(({ route }) => route === 'login').length;
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  await signInByClick(shop);
  const newLogins = site.provider.control.log().filter(({ route }) => route === 'login').length - logins;
  assert.equal(newLogins, 0, 'no password is needed');
  await poll('record about frames', () => frameRecord(shop));
  return shop;
}

test('J16: third-party cookies blocked: the popup closes by itself without a password; on the next load no frame is tried', async (t) => {
  const shop = await signInWithBlockedCookies(t, 'J16');
  const { site } = shop;
  assert.equal(silentRequests(site), 2, 'the first attempt, and the test after the sign-in');
  await shop.checkInvariants();

  await reloadWithoutTokens(shop);
  await shop.waitForState('interaction-required');
  assert.deepEqual((await reauthenticationTrace(shop)).map(({ rung, verdict }) => `${rung} ${verdict}`).slice(-1), [
    'silent skipped',
  ]);
  assert.equal(silentRequests(site), 2, 'no frame is tried');
  await signInByClick(shop);
  assert.equal(site.genesys.counters.exchanges, 2);
  await shop.checkInvariants();
});

for (const [what, change] of [
  ['after a week', { clock: week + 60_000 }],
  ['in another version of the browser', { version: '' }],
] as const) {
  test(`J16: ${what}, the frame is tried again`, async (t) => {
    const shop = await signInWithBlockedCookies(t, `J16-${what.replaceAll(' ', '-')}`);
    const requests = silentRequests(shop.site);
    const newer = await shop.page.evaluate(() =>
      navigator.userAgent.replace(/(\w+)\/(\d+)/g, (_, name: string, major: string) => `${name}/${Number(major) + 1}`),
    );
    await reloadWithoutTokens(shop, 'version' in change ? { version: newer } : change);
    await shop.waitForState('interaction-required');
    assert.equal(silentRequests(shop.site), requests + 1);
    assert.deepEqual(
      (await shop.events('gc-interaction-required')).map(({ detail }) => detail?.['reason']),
      ['login-required'],
    );
    await signInByClick(shop);
    await shop.checkInvariants();
  });
}

test('J16: third-party cookies allowed: a person who has to sign in does not count as a frame that fails', async (t) => {
  const site = await TestSite.open('J16-allowed', { ...crossSite, thirdPartyCookies: 'allow' });
  t.after(() => site.close());
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  const [popup] = await Promise.all([
    shop.page.waitForEvent('popup'),
    shop.prompt.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await fillLogin(popup, 'alice');
  await shop.waitForState('signed-in');
  await poll('frame test', () => Promise.resolve(silentRequests(site) === 2));
  await frameTestEnds(shop);
  assert.equal(await frameRecord(shop), null);

  await reloadWithoutTokens(shop);
  await shop.waitForState('signed-in');
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
  assert.equal(silentRequests(site), 3);
  await shop.checkInvariants();
});
