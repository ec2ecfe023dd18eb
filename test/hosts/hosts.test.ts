import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it, type TestContext } from 'node:test';
import type { Page as PlaywrightPage } from 'playwright-core';
import { freePort } from '../../scripts/shared/free-port.mjs';
import { chosenHosts, hosts, quickHosts, type Host } from '../../scripts/test/hosts.mjs';
import type { GcAuthMessenger } from '../../src/index.js';
import type { ShopPage } from '../journeys/shop-page.js';
import { recorder, TestSite } from '../journeys/test-site.js';
import { install, npm, Offline, pack, writtenPorts, type Ports } from './install.js';
import { serve } from './serve.js';

/** `HOSTS=react,vue`: only these. Default: those of `npm test`. */
const names = chosenHosts(process.env['HOSTS']?.split(',') ?? quickHosts);
const tested = hosts.filter(({ name }) => names.includes(name));

/** As the examples have it. */
const deploymentId = '3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10';

describe('the examples', () => {
  before(pack);

  for (const host of tested.filter(({ serves }) => serves !== 'test')) {
    it(`${host.name}: signs in, stays signed in on other pages, and silently after a reload`, async (t) => {
      const port = await freePort();
      const origin = `http://localhost:${port}`;
      const site = await TestSite.open(`host-${host.name}`, { deploymentId, extraOrigins: [origin] });
      t.after(() => site.close());
      const ports = { page: port, provider: portOf(site.demo.provider), genesys: portOf(site.demo.genesys) };
      const folder = await installOrSkip(host, ports, t);
      if (folder === undefined) return;
      const served = await serve(host, folder, port);
      t.after(() => served.stop());
      if (host.rendered)
        assert.match(await textOf(`${origin}/`), /<h1>Home<\/h1>.*<gc-auth-messenger\s+deployment-id="/s);

      const shop = await site.newTab();
      const complaints = await watch(shop);
      await setPolicy(shop, origin, policyFor(host, site));
      await shop.page.goto(`${origin}/`);
      await shop.waitForState('interaction-required');
      await shop.signInByPrompt();
      await shop.waitForState('signed-in');
      await shop.openChat();
      await shop.say('Hello');

      await markPage(shop);
      for (const title of ['Orders', 'Home']) {
        await follow(shop, title);
        assert.equal(await isMarked(shop), host.keeps === 'page', 'the link keeps page and element');
        await shop.waitForState('signed-in');
        await shop.messenger.getByText('You said: Hello').first().waitFor();
        assert.deepEqual(await messengers(shop), { tags: 1, launchers: 1, scripts: 1 });
      }

      const before = site.authorizationRequests();
      await withoutTokens(shop);
      await shop.page.reload();
      await shop.waitForState('signed-in');
      assert.equal(site.authorizationRequests() - before, 1, 'one silent request to the provider');
      assert.deepEqual(await shop.events('gc-interaction-required'), []);
      assert.deepEqual(await messengers(shop), { tags: 1, launchers: 1, scripts: 1 });

      if (targets[host.name]) await replaceBody(host, folder, shop, origin);
      await shop.checkInvariants();
      assert.deepEqual(complaints, [], 'no error and no warning in the console');
    });
  }

  for (const host of tested.filter(({ serves }) => serves === 'test')) {
    it(`${host.name}: its own tests pass, without a server`, async (t) => {
      const folder = await installOrSkip(host, writtenPorts, t);
      if (folder !== undefined) await npm(folder, 'test');
    });
  }
});

/** @returns the folder; `undefined` when there is no network */
async function installOrSkip(host: Host, ports: Ports, test: TestContext): Promise<string | undefined> {
  return install(host, ports).catch((error: unknown) => {
    if (!(error instanceof Offline)) throw error;
    test.skip('npm cannot reach its registry, and the packages are not in the cache.');
    return undefined;
  });
}

const textOf = async (url: string): Promise<string> => (await fetch(url)).text();

const portOf = ({ origin }: { origin: string }): number => Number(new URL(origin).port);

/** Errors, warnings and exceptions of the page, also those of its framework. Call it before the first navigation. */
async function watch({ page }: ShopPage): Promise<string[]> {
  const complaints: string[] = [];
  // Journeys see less of it, since they run in engines that are not driven by Playwright, too.
  const watched = page as unknown as PlaywrightPage;
  watched.on('pageerror', (error) => complaints.push(`uncaught: ${String(error)}`));
  watched.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      complaints.push(`${message.type()}: ${message.text()} ${message.location().url}`);
  });
  await watched.addInitScript({ content: recorder });
  return complaints;
}

/** As docs/setup.md has it, for the servers of this test. */
function policyFor({ inlineScripts, base }: Host, { demo, provider }: TestSite): string {
  const genesys = demo.genesys.origin;
  return [
    `script-src 'self' ${genesys}${inlineScripts ? " 'unsafe-inline'" : ''}`,
    `connect-src 'self' ${provider.origin} ${genesys} ${genesys.replace('http', 'ws')}`,
    `frame-src 'self' ${provider.origin} ${genesys}`,
    `base-uri ${base ? "'self'" : "'none'"}`,
  ].join('; ');
}

/** Adds the policy to the pages of the host. */
async function setPolicy({ page }: ShopPage, origin: string, policy: string): Promise<void> {
  const routed = page as unknown as PlaywrightPage;
  // For Chromium, an answer that a test changes comes from the network, which may not load from this machine.
  await routed.context().grantPermissions(['local-network-access']);
  await routed.route(`${origin}/**`, async (route) => {
    if (!route.request().isNavigationRequest()) return route.fallback();
    const response = await route.fetch();
    return route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
}

/** The attributes without which a library replaces the whole body. */
const targets: Readonly<Record<string, RegExp>> = {
  htmx: / hx-(target|select|swap):inherited="\w+"/g,
  turbo: / data-turbo-frame="page"/g,
};

/** The same pages without a target: the body is replaced, and Messenger stays, with the document of its frame. */
async function replaceBody({ name }: Host, folder: string, shop: ShopPage, origin: string): Promise<void> {
  for (const file of ['index.html', 'orders.html']) {
    const html = (await readFile(join(folder, file), 'utf8')).replaceAll(targets[name]!, '');
    const links = html.replaceAll('href="/"', 'href="/body-index.html"').replaceAll('"/orders', '"/body-orders');
    await writeFile(join(folder, `body-${file}`), links);
  }
  await shop.page.goto(`${origin}/body-index.html`);
  await shop.waitForState('signed-in');
  await shop.openChat();
  await shop.say('Stay');
  // Messenger's nodes contain frames.
  await shop.page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.querySelector('#genesys-messenger')?.append(frame);
    Object.assign(frame.contentWindow!, { kept: true });
  });
  const steps: ReadonlyArray<readonly [title: string, step: () => Promise<unknown>]> = [
    ['Orders', () => follow(shop, 'Orders')],
    ['Home', () => follow(shop, 'Home')],
    ['Orders', () => shop.page.evaluate(() => history.back())],
  ];
  for (const [title, step] of steps) {
    await step();
    await shop.page.getByRole('heading', { name: title, exact: true }).waitFor();
    await shop.waitForState('signed-in');
    await shop.messenger.getByText('You said: Stay').first().waitFor();
    assert.deepEqual(await messengers(shop), { tags: 1, launchers: 1, scripts: 1 });
    assert.deepEqual(
      await shop.page.evaluate(() => {
        const node = document.querySelector('body > #genesys-messenger');
        return { kept: (node?.querySelector('iframe')?.contentWindow as { kept?: boolean } | null)?.kept };
      }),
      { kept: true },
      `${title}: the frame keeps its document`,
    );
  }
  await shop.page.evaluate(() => document.querySelector('#genesys-messenger > iframe')?.remove());
}

/** Follows a link of the page. */
async function follow({ page }: ShopPage, title: string): Promise<void> {
  await page.locator('nav').getByText(title, { exact: true }).click();
  await page.getByRole('heading', { name: title, exact: true }).waitFor();
}

interface Marked extends Window {
  marked?: GcAuthMessenger | null;
}

const markPage = ({ page }: ShopPage): Promise<void> =>
  page.evaluate(() => {
    (window as Marked).marked = document.querySelector<GcAuthMessenger>('gc-auth-messenger');
  });

const isMarked = ({ page }: ShopPage): Promise<boolean> =>
  page.evaluate(() => (window as Marked).marked === document.querySelector('gc-auth-messenger'));

const messengers = ({ page }: ShopPage): Promise<Record<string, number>> =>
  page.evaluate(() => ({
    tags: document.querySelectorAll('gc-auth-messenger').length,
    launchers: document.querySelectorAll('#genesys-messenger').length,
    scripts: document.querySelectorAll('script[src$="genesys.min.js"]').length,
  }));

/** Messenger's own keys begin with `_`. */
const withoutTokens = ({ page }: ShopPage): Promise<void> =>
  page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith('_')) localStorage.removeItem(key);
  });
