import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startDemo, type Demo } from '../../demo/server/demo.js';
import { chromiumArgs, requireChromium } from '../../scripts/engines/chromium.mjs';
import { planOf } from '../../src/setup/plan.js';

describe('the set-up page', () => {
  let browser: Browser;
  let demo: Demo;
  let page: Page;
  /** The demo's own provider and deployment. */
  let filledIn: URL;
  before(async () => {
    browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArgs });
    demo = await startDemo({ quiet: true });
    page = await browser.newPage();
    await page.goto(`${demo.app.origin}/minimal.html`);
    const index = await (await fetch(`${demo.app.origin}/`)).text();
    const link = /href="(\/setup\.html#[^"]+)"/.exec(index)?.[1] ?? assert.fail('the demo has no link to it');
    filledIn = new URL(link.replaceAll('&amp;', '&'), demo.app.origin);
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });

  /** Opens it with other values. */
  async function open(changes: Readonly<Record<string, string>>): Promise<void> {
    const values = new URLSearchParams({
      ...Object.fromEntries(new URLSearchParams(filledIn.hash.slice(1))),
      ...changes,
    });
    await page.goto('about:blank');
    await page.goto(`${demo.app.origin}/setup.html#${values.toString()}`);
  }

  /** Opens it with other values, and asks the doctor. */
  async function findings(changes: Readonly<Record<string, string>> = {}): Promise<string[]> {
    await open(changes);
    await page.getByRole('button', { name: 'Check the set-up' }).click();
    const rows = page.locator('gc-auth-inspector-doctor li');
    await rows.first().waitFor();
    return page.locator('gc-auth-inspector-doctor li[data-tone=bad]').evaluateAll((found) => found.map(({ id }) => id));
  }

  it('gives a tag for the demo with which the doctor finds nothing wrong, and which signs in', async () => {
    assert.deepEqual(await findings({ bundle: '/dist/' }), []);
    const tag = await page.locator('gc-auth-setup-code pre').first().innerText();
    demo.app.page('/of-the-set-up-page.html', `<!doctype html><title>Shop</title>${tag}`);
    await page.goto(`${demo.provider.origin}/control/sign-in?account=alice`);
    await page.goto(`${demo.app.origin}/of-the-set-up-page.html`);
    await page.locator('gc-auth-messenger:state(signed-in)').waitFor({ state: 'attached' });
  });

  const hashes = JSON.parse(readFileSync('dist/integrity.json', 'utf8')) as Readonly<Record<string, string>>;
  const own = [hashes['gc-auth-messenger.js']!, hashes['gc-auth-messenger.iife.js']!] as const;
  const scripts: ReadonlyArray<Readonly<Record<string, string>>> = [
    { scripts: 'host' },
    { scripts: 'nonce', nonce: 'bm9uY2U=' },
    { scripts: 'hash', hashes: own[0] },
    { scripts: 'hash', hashes: own[1], form: 'script' },
    { scripts: 'hash', hashes: `${own.join(' ')} sha256-${'A'.repeat(43)}=`, 'host-list': 'on' },
    { scripts: 'nonce', nonce: 'bm9uY2U=', form: 'script' },
  ];
  for (const [index, changes] of scripts.entries()) {
    const { hashes: _, ...told } = changes;
    it(`gives a tag that signs in under its own policy: ${JSON.stringify(told)}`, async () => {
      await open({ bundle: '/dist/', ...changes });
      const codes = await page.locator('gc-auth-setup-code pre').allInnerTexts();
      const [, policy = ''] =
        /^Content-Security-Policy: (.*)/s.exec(codes.find((code) => /: script-src/.test(code)) ?? '') ?? [];
      assert.match(policy, /^script-src /);
      const path = `/under-its-policy-${index}.html`;
      demo.app.page(path, `<!doctype html><title>Shop</title>${codes[0]}`, { 'Content-Security-Policy': policy });
      await page.goto(`${demo.provider.origin}/control/sign-in?account=alice`);
      await page.goto(demo.app.origin + path);
      await page.locator('gc-auth-messenger:state(signed-in)').waitFor({ state: 'attached', timeout: 15_000 });
    });
  }

  it('names what is wrong with a set-up', async () => {
    assert.deepEqual(await findings({ 'redirect-uri': '/nowhere.html' }), ['callback-status']);
    // What the provider answers there has no CORS headers.
    assert.deepEqual(await findings({ authority: `${demo.provider.origin}/nobody` }), ['discovery-cors']);
    assert.deepEqual(await findings({ authority: 'http://localhost:1' }), ['discovery-unreachable']);
    assert.deepEqual(await findings({ 'deployment-id': '11111111-2222-4333-8444-555555555555' }), [
      'deployment-missing',
    ]);
    demo.app.page('/strict.html', '<!doctype html>', { 'Content-Security-Policy': "img-src 'none'" });
    assert.deepEqual(await findings({ page: `${demo.app.origin}/strict.html` }), ['csp-img-src']);
  });
});

describe('the tags of the set-up page', () => {
  const tenant = '11111111-2222-3333-4444-555555555555';
  const login = 'login.example.com';
  /** What is filled in for the samples of each recipe, in their order. */
  const samples: Readonly<Record<string, ReadonlyArray<Readonly<Record<string, string>>>>> = {
    okta: [{ provider: 'okta', 'okta-host': login }],
    auth0: [{ provider: 'auth0', 'auth0-host': login }],
    keycloak: [{ provider: 'keycloak', 'keycloak-base': login, 'keycloak-realm': 'shop' }],
    'entra-id': [{ provider: 'entra-id', 'entra-tenant': tenant }],
    'entra-external-id': [{ provider: 'entra-external-id', 'external-tenant': tenant, 'external-host': login }],
    'azure-ad-b2c': [
      {
        provider: 'azure-ad-b2c',
        'b2c-host': login,
        'b2c-tenant': tenant,
        'b2c-domain': 'contoso.onmicrosoft.com',
        'b2c-policy': 'b2c_1_signupsignin',
      },
    ],
    'amazon-cognito': [{ provider: 'amazon-cognito', 'cognito-pool': 'eu-west-1_AbCdEfGhI', 'cognito-domain': login }],
    ping: [
      { provider: 'pingone', 'pingone-host': login },
      { provider: 'pingfederate', 'pingfederate-base': login },
      { provider: 'pingam', 'pingam-host': login },
    ],
  };

  for (const [recipe, all] of Object.entries(samples)) {
    it(`are those of docs/providers/${recipe}.md`, () => {
      const text = readFileSync(`docs/providers/${recipe}.md`, 'utf8');
      const tags = [...text.matchAll(/<gc-auth-messenger\n([^]*?)\n><\/gc-auth-messenger>/g)].map(([, inside = '']) =>
        Object.fromEntries([...inside.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!])),
      );
      for (const [index, sample] of all.entries()) {
        const written = tags[index] ?? assert.fail('the recipe has no such tag');
        const { 'deployment-id': id, environment, 'client-id': clientId, 'post-logout-redirect-uri': end } = written;
        const values = { ...sample, 'deployment-id': id!, environment: environment!, 'client-id': clientId! };
        const { attributes, faults } = planOf(
          { ...values, 'post-logout-redirect-uri': end ?? '' },
          'https://www.example.com/setup.html',
        );
        // The port that this product writes into its issuer is the default one.
        const expected = { ...written, authority: written['authority']!.replace(':443/', '/') };
        assert.deepEqual([attributes, [...faults]], [expected, []]);
      }
    });
  }
});
