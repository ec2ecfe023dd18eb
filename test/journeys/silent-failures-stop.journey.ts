import { test } from 'node:test';
import type { GcAuthMessenger } from '../../src/index.js';
import { checkErrorReport, discoveryDocument, evidenceMs, openWithFailure } from './silent-failures.js';
import type { ErrorReport, SilentFailure } from './silent-failures.js';
import { TestSite } from './test-site.js';

const failures: readonly SilentFailure[] = [
  {
    what: 'the discovery document has no CORS headers',
    code: 'discovery-failed',
    switches: { discoveryWithoutCors: true },
    hint: () => 'Set the metadata property',
    within: evidenceMs,
  },
  { what: 'the provider is down', code: 'discovery-failed', switches: { down: true }, within: evidenceMs },
  {
    what: 'the answer names another issuer',
    code: 'issuer-mismatch',
    switches: { wrongIss: true },
    within: evidenceMs,
  },
  {
    what: 'the answer names no issuer, but the discovery document promises one',
    code: 'issuer-mismatch',
    switches: { noIss: true },
    options: { attributes: { 'metadata-url': '/discovery.json' } },
    prepare: async (site) => {
      const document = JSON.stringify(await discoveryDocument(site));
      site.demo.app.page('/discovery.json', document, { 'Content-Type': 'application/json' });
    },
    within: evidenceMs,
  },
  {
    what: 'there is no callback page at redirect-uri',
    code: 'config-invalid',
    options: { redirectPaths: ['/elsewhere'], attributes: { 'redirect-uri': '/elsewhere' } },
    // Single-page applications answer every unknown path with their start page.
    prepare: (site) => site.demo.app.page('/elsewhere', '<!doctype html><title>Our shop</title>'),
    hint: (site) => `Put callback.html and callback.js at ${site.demo.app.origin}/elsewhere`,
    within: evidenceMs,
  },
];

for (const failure of failures) {
  test(`J24: the silent attempt fails, ${failure.what}: ${failure.code}, with a hint`, async (t) => {
    const shop = await openWithFailure(failure, t.after.bind(t));
    await shop.waitForState('failed', 7_000);
    const [error] = await shop.events('gc-error');
    checkErrorReport(failure, shop, error?.detail as unknown as ErrorReport);
    await shop.checkInvariants();
  });
}

test('J24: a provider without CORS headers works once metadata is set', async (t) => {
  const site = await TestSite.open('J24-metadata');
  t.after(() => site.close());
  await site.signInAtProvider();
  site.demo.provider.control.set({ discoveryWithoutCors: true });
  const shop = await site.openPage();
  await shop.waitForState('failed', 7_000);
  await shop.element.evaluate(
    (element: GcAuthMessenger, metadata) => {
      element.metadata = metadata;
    },
    await discoveryDocument(site),
  );
  await shop.waitForState('signed-in');
  await shop.checkInvariants();
});
