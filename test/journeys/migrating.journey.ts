import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { engine } from './driver/open.js';
import { fillLogin } from './fill-login.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';

// Nothing in it depends on the engine.
const skip = engine !== 'chromium' && 'it is run in Chromium only';

const folder = 'test/journeys/baselines';

/** The page with a hand-written AuthProvider and the community's scheduled refresh. */
async function addOldPage({ demo }: TestSite): Promise<void> {
  const values: Readonly<Record<string, string>> = {
    deploymentId: demo.genesys.deploymentId,
    scriptUrl: demo.genesys.scriptUrl,
    providerOrigin: demo.provider.origin,
    clientId: demo.provider.clientId,
  };
  const html = await readFile(`${folder}/scheduled.html`, 'utf8');
  demo.app.page(
    '/old',
    html.replace(/{{(\w+)}}/g, (all, name: string) => values[name] ?? all),
  );
  for (const script of ['blueprint.js', 'scheduled.js']) {
    demo.app.page(`/${script}`, await readFile(`${folder}/${script}`, 'utf8'), { 'Content-Type': 'text/javascript' });
  }
}

/** When the JWT that Messenger keeps was issued. */
async function issuedAt({ page }: ShopPage): Promise<number> {
  const iat = (): number | undefined =>
    (window as Window & { genesysStandIn?: { jwt(): { iat?: number } | undefined } }).genesysStandIn?.jwt()?.iat;
  await page.waitForFunction(iat);
  return (await page.evaluate(iat))!;
}

test('from a hand-written AuthProvider to the element and back: who is signed in stays so', { skip }, async (t) => {
  const site = await TestSite.open('migrating', { redirectPaths: ['/old'] });
  t.after(() => site.close());
  await addOldPage(site);
  const shop = await site.newTab();
  await shop.visit('/old');
  await fillLogin(shop.page, 'alice');
  const issued = await issuedAt(shop);
  const requests = site.authorizationRequests();

  await shop.visit();
  await shop.waitForState('signed-in');
  assert.deepEqual(await shop.states(), ['loading', 'signed-in']);
  assert.equal(await issuedAt(shop), issued);

  await shop.visit('/old');
  assert.equal(await issuedAt(shop), issued);
  assert.equal(site.authorizationRequests(), requests, 'nobody was sent to the provider again');
  assert.equal(site.genesys.counters.exchanges, 1);
});
