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
