import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GcAuthMessenger } from '../../src/index.js';
import type { Attempt } from '../../src/core/errors.js';
import { poll } from './driver/poll.js';
import { fillLogin } from './login.js';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';
import type { StageOptions } from './stage.js';

const week = 7 * 86_400_000;

interface LearningWindow extends Window {
  popup: Window | null;
  shiftClock(ms: number): void;
}

/** A provider on another site. A page loads with the clock and the version of the browser that the last one left. */
const crossSite: StageOptions = {
  provider: 'cross-site',
  early: () => {
    const { clock, version } = localStorage;
    if (clock) (window as unknown as LearningWindow).shiftClock(Number(clock));
    if (version) Object.defineProperty(navigator, 'userAgent', { value: version });
    // Too short a life for every driver to notice it.
    window.open = new Proxy(window.open, {
      apply: (open, page, given: Parameters<typeof window.open>) =>
        ((window as unknown as LearningWindow).popup = open.apply(page, given)),
    });
  },
};

/** Silent requests that reached the provider. */
const framesTried = ({ provider }: Stage): number =>
  provider.control.log().filter(({ route, prompt }) => route === 'authorize' && prompt === 'none').length;

const lesson = (shop: Shop): Promise<string | null> =>
  shop.page.evaluate(
    () =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith('gc-auth-messenger:frames'))
        .map((key) => localStorage.getItem(key))[0] ?? null,
  );

/** The prompt's button: the provider knows the person, so that the popup closes by itself. */
async function clickOnly(shop: Shop): Promise<void> {
  await shop.prompt.getByRole('button', { name: 'Sign in' }).click();
  await shop.reaches('signed-in');
  await shop.page.waitForFunction(() => (window as unknown as LearningWindow).popup?.closed);
  await testIsOver(shop);
}

/** After a click a frame is tested, behind the scenes. */
const testIsOver = ({ page }: Shop): Promise<unknown> =>
  poll('end of the test', async () => (await page.locator('iframe').count()) === 0);

/** Loads the page anew when nothing that Messenger keeps is of use any more. */
async function comeBack(shop: Shop, kept: { clock?: number; version?: string } = {}): Promise<void> {
  shop.stage.act('expire-jwts');
  shop.stage.act('revoke-refresh-tokens');
  await shop.page.evaluate((changes) => {
    for (const [name, value] of Object.entries(changes)) localStorage.setItem(name, String(value));
    for (const key of Object.keys(localStorage)) if (key.startsWith('_')) localStorage.removeItem(key);
  }, kept);
  await shop.page.reload();
}

const traceOf = (shop: Shop): Promise<readonly Attempt[]> =>
  shop.element.evaluate((element: GcAuthMessenger) =>
    element.reauthenticate().then(
      () => Promise.reject(new Error('It could.')),
      (error: { toJSON(): { trace: readonly Attempt[] } }) => error.toJSON().trace,
    ),
  );

/** Signed in at a provider whose cookies the browser keeps from frames, by a click. */
async function learnt(t: { after(end: () => Promise<void>): void }, name: string): Promise<Shop> {
  const stage = await Stage.open(name, { ...crossSite, thirdPartyCookies: 'block' });
  t.after(() => stage.close());
  await stage.signInAtProvider();
  const logins = stage.provider.control.log().filter(({ route }) => route === 'login').length;
  const shop = await stage.visit();
  await shop.reaches('interaction-required');
  await clickOnly(shop);
  const pluginCalled = stage.provider.control.log().filter(({ route }) => route === 'login').length - logins;
  assert.equal(pluginCalled, 0, 'no password is pluginCalled for');
  await poll('lesson', () => lesson(shop));
  return shop;
}

test('J16: third-party cookies blocked: the popup closes by itself without a password; next time no frame is tried', async (t) => {
  const shop = await learnt(t, 'J16');
  const { stage } = shop;
  assert.equal(framesTried(stage), 2, 'the first attempt, and the test after the sign-in');
  await shop.isClean();

  await comeBack(shop);
  await shop.reaches('interaction-required');
  assert.deepEqual((await traceOf(shop)).map(({ rung, verdict }) => `${rung} ${verdict}`).slice(-1), [
    'silent skipped',
  ]);
  assert.equal(framesTried(stage), 2, 'no frame was tried');
  await clickOnly(shop);
  assert.equal(stage.genesys.counters.exchanges, 2);
  await shop.isClean();
});

for (const [what, change] of [
  ['after a week', { clock: week + 60_000 }],
  ['in another version of the browser', { version: '' }],
] as const) {
  test(`J16: ${what} the frame is tried again`, async (t) => {
    const shop = await learnt(t, `J16-${what.replaceAll(' ', '-')}`);
    const tried = framesTried(shop.stage);
    const newer = await shop.page.evaluate(() =>
      navigator.userAgent.replace(/(\w+)\/(\d+)/g, (_, name: string, major: string) => `${name}/${Number(major) + 1}`),
    );
    await comeBack(shop, 'version' in change ? { version: newer } : change);
    await shop.reaches('interaction-required');
    assert.equal(framesTried(shop.stage), tried + 1);
    assert.deepEqual(
      (await shop.seen('gc-interaction-required')).map(({ detail }) => detail?.['reason']),
      ['login-required'],
    );
    await clickOnly(shop);
    await shop.isClean();
  });
}

test('J16: with third-party cookies nothing is learnt from a person who had to sign in', async (t) => {
  const stage = await Stage.open('J16-allowed', { ...crossSite, thirdPartyCookies: 'allow' });
  t.after(() => stage.close());
  const shop = await stage.visit();
  await shop.reaches('interaction-required');
  const [popup] = await Promise.all([
    shop.page.waitForEvent('popup'),
    shop.prompt.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await fillLogin(popup, 'alice');
  await shop.reaches('signed-in');
  await poll('test of a frame', () => Promise.resolve(framesTried(stage) === 2));
  await testIsOver(shop);
  assert.equal(await lesson(shop), null);

  await comeBack(shop);
  await shop.reaches('signed-in');
  assert.deepEqual(await shop.seen('gc-interaction-required'), []);
  assert.equal(framesTried(stage), 3);
  await shop.isClean();
});
