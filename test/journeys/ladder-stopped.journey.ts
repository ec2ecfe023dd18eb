import { test } from 'node:test';
import type { GcAuthMessenger } from '../../src/index.js';
import { answerMs, checkReason, discoveryDocument, pageMs, play } from './ladder.js';
import type { Reason, Row } from './ladder.js';
import { Stage } from './stage.js';

const rows: readonly Row[] = [
  {
    what: 'the discovery document has no CORS headers',
    code: 'discovery-failed',
    switches: { discoveryWithoutCors: true },
    hint: () => 'Set the metadata property',
    within: answerMs,
  },
  { what: 'the provider is down', code: 'discovery-failed', switches: { down: true }, within: answerMs },
  { what: 'another issuer answers', code: 'issuer-mismatch', switches: { wrongIss: true }, within: answerMs },
  {
    what: 'no issuer answers, though one was announced',
    code: 'issuer-mismatch',
    switches: { noIss: true },
    options: { attributes: { 'metadata-url': '/announced.json' } },
    prepare: async (stage) => {
      const document = JSON.stringify(await discoveryDocument(stage));
      stage.demo.app.page('/announced.json', document, { 'Content-Type': 'application/json' });
    },
    within: answerMs,
  },
  {
    what: 'nothing of ours is at redirect-uri',
    code: 'config-invalid',
    options: { redirectPaths: ['/elsewhere'], attributes: { 'redirect-uri': '/elsewhere' } },
    // As single-page applications answer for every path that they do not know.
    prepare: (stage) => stage.demo.app.page('/elsewhere', '<!doctype html><title>Our shop</title>'),
    hint: (stage) => `Put callback.html and callback.js at ${stage.demo.app.origin}/elsewhere`,
    within: pageMs,
  },
];

for (const row of rows) {
  test(`J24: silence fails, ${row.what}: ${row.code}, and the way out in words`, async (t) => {
    const shop = await play(row, t.after.bind(t));
    await shop.reaches('failed', 7_000);
    const [error] = await shop.seen('gc-error');
    checkReason(row, shop, error?.detail as unknown as Reason);
    await shop.isClean();
  });
}

test('J24: a provider without CORS headers works as soon as metadata is set', async (t) => {
  const stage = await Stage.open('J24-metadata');
  t.after(() => stage.close());
  await stage.signInAtProvider();
  stage.demo.provider.control.set({ discoveryWithoutCors: true });
  const shop = await stage.visit();
  await shop.reaches('failed', 7_000);
  await shop.element.evaluate(
    (element: GcAuthMessenger, metadata) => {
      element.metadata = metadata;
    },
    await discoveryDocument(stage),
  );
  await shop.reaches('signed-in');
  await shop.isClean();
});
