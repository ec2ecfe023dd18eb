import { test } from 'node:test';
import assert from 'node:assert/strict';
import type { GcAuthMessenger } from '../../src/index.js';
import { checkErrorReport, evidenceMs, openWithFailure } from './silent-failures.js';
import type { ErrorReport, SilentFailure } from './silent-failures.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';

const failures: readonly SilentFailure[] = [
  {
    what: 'the provider refuses to be loaded in a frame',
    code: 'silent-refused',
    switches: { frameRefused: true },
    within: evidenceMs,
  },
  {
    what: 'the provider answers with an HTML error page',
    code: 'silent-refused',
    switches: { htmlErrorPage: true },
    within: evidenceMs,
  },
  {
    what: 'the provider answers with status 500',
    code: 'silent-refused',
    switches: { serverError: true },
    within: evidenceMs,
  },
  {
    what: 'the page’s own CSP forbids the frame',
    code: 'silent-refused',
    options: { headers: { 'Content-Security-Policy': "frame-src 'self'" } },
    hint: (site) => `Add ${site.demo.provider.origin} and 'self' to frame-src.`,
    within: evidenceMs,
  },
  { what: 'consent is required', code: 'login-required', switches: { consentRequired: true }, within: evidenceMs },
  {
    what: 'an account must be selected',
    code: 'login-required',
    switches: { accountSelection: true },
    within: evidenceMs,
  },
  {
    what: 'the provider is slower than silent-timeout',
    code: 'silent-timeout',
    switches: { authorizationLatencyMs: 30_000 },
    options: { attributes: { 'silent-timeout': '4' } },
    within: 4_000 + evidenceMs,
  },
  {
    what: 'consent is required, in an answer without state',
    code: 'login-required',
    switches: { consentRequired: true, errorWithoutState: true },
    within: evidenceMs,
  },
  {
    what: 'consent is required, in an answer without the announced issuer',
    code: 'login-required',
    switches: { consentRequired: true, errorWithoutIss: true },
    within: evidenceMs,
  },
  {
    what: 'the answer names another issuer',
    code: 'issuer-mismatch',
    switches: { wrongIss: true },
    reported: true,
    within: evidenceMs,
  },
  {
    what: 'the answer names no issuer, but the discovery document promises one',
    code: 'issuer-mismatch',
    switches: { issMissing: true },
    hint: () => 'without authorization_response_iss_parameter_supported',
    reported: true,
    within: evidenceMs,
  },
  {
    what: 'there is no callback page at redirect-uri',
    code: 'config-invalid',
    options: { redirectPaths: ['/elsewhere'], attributes: { 'redirect-uri': '/elsewhere' } },
    // Single-page applications answer every unknown path with their start page.
    prepare: (site) => site.demo.app.page('/elsewhere', '<!doctype html><title>Our shop</title>'),
    hint: (site) => `Put callback.html and callback.js at ${site.demo.app.origin}/elsewhere`,
    reported: true,
    within: evidenceMs,
  },
];

for (const failure of failures) {
  test(`J2: the silent attempt fails, ${failure.what}: ${failure.code}, and the prompt`, async (t) => {
    const shop = await openWithFailure(failure, t.after.bind(t));
    await shop.waitForState('interaction-required', failure.within + 3_000);
    const [required] = await shop.events('gc-interaction-required');
    assert.equal(required?.detail?.['reason'], failure.code);
    // A fault in the set-up is reported, although a click may help this person.
    const reports = await shop.events('gc-error');
    assert.deepEqual(
      reports.map(({ detail }) => detail?.['code']),
      failure.reported ? [failure.code] : [],
    );
    checkErrorReport(failure, shop, await reauthenticationError(shop));
    await shop.prompt.getByRole('button', { name: 'Dismiss' }).click();
    await shop.waitForState('signed-out');
    await shop.checkInvariants();
  });
}

test('J1: a slow provider still signs in silently', async (t) => {
  const site = await TestSite.open('J1-slow');
  t.after(() => site.close());
  await site.signInAtProvider();
  site.demo.provider.control.set({ latencyMs: 1_500 });
  const shop = await site.openPage();
  await shop.waitForState('signed-in', 15_000);
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
  await shop.checkInvariants();
});

/** The error of `reauthenticate()`, which needs a silent code. */
const reauthenticationError = (shop: ShopPage): Promise<ErrorReport> =>
  shop.element.evaluate((element: GcAuthMessenger) =>
    element.reauthenticate().then(
      () => Promise.reject(new Error('It resolved.')),
      (error: { toJSON(): ErrorReport }) => error.toJSON(),
    ),
  );
