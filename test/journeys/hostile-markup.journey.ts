import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GcAuthMessenger } from '../../src/index.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

const nonce = 'r4nd0m';
const evil = 'https://evil.example';

interface RecordingWindow extends Window {
  violations: string[];
  scripts: string[];
}

/** A strict CSP that passes trust on to what trusted script loads: the bundle must not load what markup says. */
const strictCsp = [
  `script-src 'nonce-${nonce}' 'strict-dynamic'`,
  "require-trusted-types-for 'script'",
  'trusted-types gc-auth-messenger',
].join('; ');

/** Records every script that is added, also one that fails and is removed again, and every violation of the CSP. */
function recordScripts(): void {
  const page = window as unknown as RecordingWindow;
  page.violations = [];
  page.scripts = [];
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    page.violations.push(`${violatedDirective} ${blockedURI}`),
  );
  new MutationObserver((records) => {
    for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (node instanceof HTMLScriptElement && node.src) page.scripts.push(node.src);
    }
  }).observe(document, { childList: true, subtree: true });
}

const injectedTag = (scriptUrl: string): string =>
  `<gc-auth-messenger id="injected" deployment-id="00000000-0000-4000-8000-000000000000" environment="prod"
    authority="https://login.evil.example" client-id="x" script-url="${scriptUrl}"></gc-auth-messenger>`;

for (const [name, scriptUrl] of [
  ['foreign', `${evil}/genesys.min.js`],
  ['protocol-relative', '//evil.example/genesys.min.js'],
  ['look-alike', 'https://apps.mypurecloud.com.evil.example/genesys.min.js'],
] as const) {
  // The injected tag is the first in the document, but it is not valid, so it does not count: the real one controls Messenger.
  test(`J33: an injected earlier tag with a ${name} script-url loads nothing under a strict CSP, and the real tag signs in`, async (t) => {
    const site = await TestSite.open(`J33-${name}`, {
      nonce,
      early: recordScripts,
      body: injectedTag(scriptUrl),
      attributes: { id: 'real' },
      headers: { 'Content-Security-Policy': strictCsp },
    });
    t.after(() => site.close());
    await site.signInAtProvider();
    const shop = await site.openPage();
    await shop.page.waitForFunction(
      () => document.querySelector<GcAuthMessenger>('#real')?.state === 'signed-in',
      undefined,
      { timeout: 20_000 },
    );
    const [scripts, violations, injectedState] = await shop.page.evaluate(() => {
      const page = window as unknown as RecordingWindow;
      return [page.scripts, page.violations, document.querySelector<GcAuthMessenger>('#injected')?.state] as const;
    });
    assert.deepEqual(violations, []);
    assert.deepEqual(
      scripts.filter((src) => src.includes('evil')),
      [],
    );
    assert.equal(scripts.filter((src) => src === site.demo.genesys.scriptUrl).length, 1);
    assert.equal(injectedState, 'failed');
    const [error] = await shop.events('gc-error');
    assert.equal(error?.detail?.['code'], 'config-invalid');
    assert.match(String(error?.detail?.['message']), /script-url/);
  });
}

test('J33: an injected <base> reroutes nothing: a relative redirect-uri still leads to this site', async (t) => {
  const site = await TestSite.open('J33-base', {
    body: `<base href="${evil}/">`,
    attributes: { 'redirect-uri': '/callback.html' },
  });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  await shop.checkInvariants();
});

test('J33: an injected <base> does not lead a relative script-url to another site', async (t) => {
  const site = await TestSite.open('J33-base-script', {
    nonce,
    early: recordScripts,
    body: `<base href="${evil}/">`,
    attributes: { 'script-url': '/lib/genesys.min.js' },
    headers: { 'Content-Security-Policy': strictCsp },
  });
  t.after(() => site.close());
  const shop = await site.openPage();
  await shop.page.waitForFunction(() =>
    (window as unknown as RecordingWindow).scripts.some((src) => src.endsWith('/genesys.min.js')),
  );
  const scripts = await shop.page.evaluate(() => (window as unknown as RecordingWindow).scripts);
  assert.deepEqual(
    scripts.filter((src) => src.endsWith('/genesys.min.js')),
    [`${site.demo.app.origin}/lib/genesys.min.js`],
  );
});

const globals = ['Genesys', '_genesysJs', 'genesysStandIn', 'litHtmlVersions', 'litElementVersions', 'trustedTypes'];

for (const [name, markup] of [
  ['sections', globals.map((id) => `<section id="${id}"></section>`)],
  ['links', globals.map((id) => `<a id="${id}" href="${evil}/">x</a><a id="${id}" name="q" href="${evil}/">x</a>`)],
  ['forms', globals.map((id) => `<form id="${id}"><input name="q"><input name="c"></form>`)],
  ['frames', globals.map((id) => `<iframe name="${id}"></iframe>`)],
] as const) {
  test(`J33: ${name} with the names of Messenger’s and Lit’s globals do not keep the tag from signing in`, async (t) => {
    const site = await TestSite.open(`J33-globals-${name}`, { body: markup.join('') });
    t.after(() => site.close());
    await site.signInAtProvider();
    const shop = await site.openPage();
    await shop.waitForState('signed-in');
    // The invariants count frames.
    await shop.page.evaluate(() => document.querySelectorAll('iframe[name]').forEach((frame) => frame.remove()));
    await shop.checkInvariants();
  });
}

/** Members of `window` that a classic script may replace; pages do, without a bad intention. */
const variables = `<script>
  var origin = 'Berlin', parent = { menu: 1 }, self = { me: 1 }, performance = { score: 7 }, scheduler = [], screenX = 'x',
    scrollX = null, length = 3, event = 'click', external = 0, frames = 'none', opener = 'can', status = 1, name = 'Ann';
</script>`;

const places: ReadonlyArray<readonly [where: string, options: TestSiteOptions]> = [
  ['the callback page', {}],
  ['the page itself', { redirectPaths: ['/account'], attributes: { 'redirect-uri': undefined } }],
];

for (const [where, options] of places) {
  test(`a page with global variables such as origin, parent and performance signs in by popup and silently, at ${where}`, async (t) => {
    const site = await TestSite.open(`J33-variables-${where.replace(/\W+/g, '-')}`, { ...options, body: variables });
    t.after(() => site.close());
    const shop = await site.openPage();
    await shop.waitForState('interaction-required');
    await shop.signInByPrompt();
    await shop.waitForState('signed-in');
    await shop.reloadWithoutTokens();
    await shop.waitForState('signed-in');
    assert.deepEqual(await shop.events('gc-error'), []);
    assert.deepEqual(await shop.events('gc-interaction-required'), [], 'silently');
    assert.equal(site.genesys.counters.exchanges, 2);
    await shop.checkInvariants();
  });
}

/** Members of `document` that the bundle, Lit and Messenger read. */
const members = [
  'adoptedStyleSheets',
  'baseURI',
  'body',
  'createComment',
  'createElement',
  'createTextNode',
  'createTreeWalker',
  'currentScript',
  'defaultView',
  'documentElement',
  'featurePolicy',
  'hasFocus',
  'head',
  'hidden',
  'importNode',
  'prerendering',
  'visibilityState',
];

for (const tag of ['form', 'img'] as const) {
  test(`J33: <${tag}> elements with the names of members of document do not keep the tag from signing in and renewing`, async (t) => {
    const site = await TestSite.open(`J33-members-${tag}`, {
      body: members.map((name) => `<${tag} name="${name}"></${tag}>`).join(''),
      defaults: { jwtSeconds: 5 },
    });
    t.after(() => site.close());
    await site.signInAtProvider();
    const shop = await site.openPage();
    await shop.waitForState('signed-in');
    const tokens = await shop.waitForTokens(2);
    assert.equal(tokens.at(-1)?.['source'], 'refresh', 'a visible page renews');
    assert.deepEqual(
      (await shop.events('gc-error')).map(({ detail }) => detail?.['code']),
      [],
    );
  });
}

test('J33: a JWT with a lifetime of one second causes no storm of refreshes', async (t) => {
  const site = await TestSite.open('J33-short-jwt', { defaults: { jwtSeconds: 1 } });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForStateEvent('signed-in');
  const start = Date.now();
  await shop.page.waitForFunction((until) => Date.now() > until, start + 12_000);
  assert.ok(site.refreshes().length <= 3, `${site.refreshes().length} refreshes in 12 s`);
});
