import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

/** Longest time from the first event to the error. */
const maxMs = 10_000;

const cases: ReadonlyArray<readonly [code: string, name: string, TestSiteOptions, ((site: TestSite) => void)?]> = [
  [
    'script-blocked',
    'the script cannot be loaded',
    { attributes: { 'script-url': 'http://localhost:9/genesys.min.js' } },
  ],
  ['domain-not-allowed', 'the domain is not allowed', { defaults: { allowedDomains: ['example.com'] } }],
  ['deployment-inactive', 'the deployment is inactive', { defaults: { status: 'Inactive' } }],
  ['auth-not-enabled', 'authentication is not enabled', { defaults: { authEnabled: false } }],
  ['config-invalid', 'the deployment is unknown', { defaults: { configMissing: true } }],
  ['script-timeout', 'the queued calls never run', { browserDefaults: { queueStuck: true } }],
  ['config-invalid', 'an attribute is missing', { attributes: { 'client-id': undefined } }],
  ['discovery-failed', 'the provider is down', {}, (site) => void site.demo.provider.control.set({ down: true })],
];

for (const [code, name, options, prepare] of cases) {
  test(`J24: ${name}: ${code} within 10 s, and the page still works`, async (t) => {
    const site = await TestSite.open(`J24-${code}`, options);
    t.after(() => site.close());
    prepare?.(site);
    const shop = await site.newTab();
    const { errors } = site.browser.watch(shop.page);
    await shop.visit();
    await shop.waitForState('failed');
    const [first] = await shop.events();
    const [error] = await shop.events('gc-error');
    const waited = (error?.at ?? Infinity) - (first?.at ?? 0);
    assert.ok(waited < maxMs, `${waited} ms`);
    assert.equal(error?.detail?.['code'], code);
    assert.ok(error?.detail?.['hint'], 'the error has a hint');
    assert.deepEqual(errors, []);
    await shop.page.getByLabel('Note to the seller').fill('still works');
  });
}

const unknownAtProvider: ReadonlyArray<readonly [name: string, attributes: Record<string, string>]> = [
  ['the client ID', { 'client-id': 'nobody-knows-me' }],
  ['the redirect URI', { 'redirect-uri': '/elsewhere.html' }],
];

/** Keeps warnings: not every driver has access to the console. */
const keepWarnings = (): void => {
  const warnings: string[] = ((window as unknown as { warnings: string[] }).warnings = []);
  const { warn } = console;
  console.warn = (...line: unknown[]) => {
    warnings.push(String(line[0]));
    warn.apply(console, line);
  };
};

for (const [name, attributes] of unknownAtProvider) {
  test(`J24: the provider does not know ${name}: the prompt, and the console says what to check`, async (t) => {
    const site = await TestSite.open('J24-unknown', { attributes, early: keepWarnings });
    t.after(() => site.close());
    const shop = await site.newTab();
    await shop.visit();
    await shop.waitForState('interaction-required');
    await shop.prompt.waitFor();
    const warnings = await shop.page.evaluate(() => (window as unknown as { warnings: string[] }).warnings);
    const lines = warnings.filter((line) => line.startsWith('<gc-auth-messenger> silent-refused: '));
    assert.equal(lines.length, 1, warnings.join('\n'));
    const { hint } = (await shop.events('gc-interaction-required'))[0]?.detail?.['error'] as { hint: string };
    assert.match(hint, /^Check client-id, register \S+\.html at the provider/);
    assert.ok(lines[0]?.includes(hint), lines[0]);
  });
}
