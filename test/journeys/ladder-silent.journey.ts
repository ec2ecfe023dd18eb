import { test } from 'node:test';
import assert from 'node:assert/strict';
import type { GcAuthMessenger } from '../../src/index.js';
import { answerMs, checkReason, pageMs, play } from './ladder.js';
import type { Reason, Row } from './ladder.js';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';

const rows: readonly Row[] = [
  {
    what: 'the provider refuses to be framed',
    code: 'silent-refused',
    switches: { frameRefused: true },
    within: pageMs,
  },
  { what: 'an HTML error page', code: 'silent-refused', switches: { htmlErrorPage: true }, within: pageMs },
  { what: 'a status 500', code: 'silent-refused', switches: { serverError: true }, within: pageMs },
  {
    what: 'the page’s own CSP forbids the frame',
    code: 'silent-refused',
    options: { headers: { 'Content-Security-Policy': "frame-src 'self'" } },
    hint: (stage) => `Add ${stage.demo.provider.origin} and 'self' to frame-src.`,
    within: answerMs,
  },
  { what: 'consent is required', code: 'login-required', switches: { consentRequired: true }, within: answerMs },
  {
    what: 'an account must be selected',
    code: 'login-required',
    switches: { accountSelection: true },
    within: answerMs,
  },
  {
    what: 'the provider is slower than silent-timeout',
    code: 'silent-timeout',
    switches: { latencyMs: 30_000 },
    options: { attributes: { 'silent-timeout': '2' } },
    within: 3_000,
  },
];

for (const row of rows) {
  test(`J2: silence fails, ${row.what}: ${row.code}, and the prompt`, async (t) => {
    const shop = await play(row, t.after.bind(t));
    await shop.reaches('interaction-required', 7_000);
    const [pluginCalled] = await shop.seen('gc-interaction-required');
    assert.equal(pluginCalled?.detail?.['reason'], row.code);
    checkReason(row, shop, await reasonOf(shop));
    await shop.prompt.getByRole('button', { name: 'Dismiss' }).click();
    await shop.reaches('signed-out');
    await shop.isClean();
  });
}

test('J1: a slow provider signs in silently all the same', async (t) => {
  const stage = await Stage.open('J1-slow');
  t.after(() => stage.close());
  await stage.signInAtProvider();
  stage.demo.provider.control.set({ latencyMs: 1_500 });
  const shop = await stage.visit();
  await shop.reaches('signed-in', 15_000);
  assert.deepEqual(await shop.seen('gc-interaction-required'), []);
  await shop.isClean();
});

/** Who asks again is told why it cannot be done in silence. */
const reasonOf = (shop: Shop): Promise<Reason> =>
  shop.element.evaluate((element: GcAuthMessenger) =>
    element.reauthenticate().then(
      () => Promise.reject(new Error('It could.')),
      (error: { toJSON(): Reason }) => error.toJSON(),
    ),
  );
