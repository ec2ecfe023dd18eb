import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage } from './stage.js';
import type { StageOptions } from './stage.js';

/** Longest that a person or an integrator waits for the reason, from the element's first word on. */
const patienceMs = 10_000;

const cases: ReadonlyArray<readonly [code: string, name: string, StageOptions, ((stage: Stage) => void)?]> = [
  ['script-blocked', 'the script is not there', { attributes: { 'script-url': 'http://localhost:9/genesys.min.js' } }],
  ['domain-not-allowed', 'the domain is not allowed', { defaults: { allowedDomains: ['example.com'] } }],
  ['deployment-inactive', 'the deployment is inactive', { defaults: { status: 'Inactive' } }],
  ['auth-not-enabled', 'authentication is not enabled', { defaults: { authEnabled: false } }],
  ['config-invalid', 'the deployment is unknown', { defaults: { configMissing: true } }],
  ['script-timeout', 'the queue is never drained', { browserDefaults: { queueStuck: true } }],
  ['config-invalid', 'an attribute is missing', { attributes: { 'client-id': undefined } }],
  ['discovery-failed', 'the provider is down', {}, (stage) => void stage.demo.provider.control.set({ down: true })],
];

for (const [code, name, options, prepare] of cases) {
  test(`J24: ${name}: ${code} within 10 s, and the page is unharmed`, async (t) => {
    const stage = await Stage.open(`J24-${code}`, options);
    t.after(() => stage.close());
    prepare?.(stage);
    const shop = await stage.tab();
    const { errors } = stage.browser.watch(shop.page);
    await shop.visit();
    await shop.reaches('failed');
    const [first] = await shop.seen();
    const [error] = await shop.seen('gc-error');
    const waited = (error?.at ?? Infinity) - (first?.at ?? 0);
    assert.ok(waited < patienceMs, `${waited} ms`);
    assert.equal(error?.detail?.['code'], code);
    assert.ok(error?.detail?.['hint'], 'a hint says what to do');
    assert.deepEqual(errors, []);
    await shop.page.getByLabel('Note to the seller').fill('still works');
  });
}
