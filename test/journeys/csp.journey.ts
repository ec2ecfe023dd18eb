import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { build } from 'esbuild';
import { cspFor, policyText } from '../../src/doctor/csp.js';
import type { CspOptions } from '../../src/doctor/csp.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';

const nonce = 'r4nd0m';

/** Of pages and of the callback page, also in a frame and in a popup: they are all on one origin. */
function recordViolations(): void {
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
    localStorage.setItem(`violation ${violatedDirective} ${blockedURI} ${sample}`, ''),
  );
}

/** How the policy allows the scripts of the page. */
type Scripts = Pick<CspOptions, 'nonce' | 'hashes' | 'strictDynamic' | 'trustedTypes'>;

/** The shop's page as it is without any policy. */
const pageOf = async ({ demo }: TestSite): Promise<string> => (await fetch(`${demo.app.origin}/account`)).text();

/** Hash of the inline script of the page. */
const inlineHash = (html: string): string => {
  const [, script = ''] = /<script[^>]*>([^]*?)<\/script>/.exec(html) ?? [];
  return `sha256-${createHash('sha256').update(script).digest('base64')}`;
};

const bundleHash = (): string =>
  (JSON.parse(readFileSync('dist/integrity.json', 'utf8')) as Record<string, string>)['gc-auth-messenger.js'] ?? '';

/** Page and callback page come under the printed policies. Everything that the page's policy does not mention is forbidden. */
function servePages({ demo }: TestSite, html: string, scripts: Scripts, trustedTypes = 'gc-auth-messenger'): void {
  const { page, callback } = cspFor({
    environment: 'prod-euw1',
    page: `${demo.app.origin}/account`,
    authority: demo.provider.origin,
    scriptUrl: demo.genesys.scriptUrl,
    ...scripts,
  });
  const names = scripts.trustedTypes && { 'trusted-types': [trustedTypes] };
  demo.app.page('/account', html, {
    'Content-Security-Policy': policyText({ 'default-src': ["'none'"], 'style-src': ["'none'"], ...page, ...names }),
  });
  const callbackHtml = readFileSync('dist/callback.html', 'utf8');
  demo.app.page('/callback.html', callbackHtml.replace('<style>', '<script src="/record.js"></script><style>'), {
    'Content-Security-Policy': policyText(callback),
  });
  // esbuild adds calls of a helper `__name` to compiled functions.
  const record = `((__name) => (${String(recordViolations)})())((named) => named);`;
  demo.app.page('/record.js', record, { 'Content-Type': 'text/javascript; charset=utf-8' });
}

/** A page with a nonce, where trusted scripts may load others, and Trusted Types with these policies, each once. */
async function open(name: string, trustedTypes: string, body = ''): Promise<TestSite> {
  const site = await TestSite.open(name, { nonce, body, early: recordViolations });
  servePages(site, await pageOf(site), { nonce, trustedTypes: true }, trustedTypes);
  return site;
}

const expectNoViolation = async (shop: ShopPage): Promise<void> =>
  assert.deepEqual(
    await shop.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('violation'))),
    [],
  );

/** From the prompt to the chat, which renders with Lit and loads the Messenger script. */
async function signsInPromptsAndChats(shop: ShopPage): Promise<void> {
  await shop.waitForState('interaction-required');
  await shop.signInByPrompt();
  await shop.waitForState('signed-in');
  assert.equal(await shop.call('reauthenticate'), 'ok');
  await shop.openChat();
  await shop.say('Hello');
  await expectNoViolation(shop);
  // Now with the JWT that Messenger kept.
  await shop.page.reload();
  await shop.waitForState('signed-in');
  await expectNoViolation(shop);
  await shop.checkInvariants();
}

/** Renders with a Lit of its own, which creates its own policy. */
async function hostScript(): Promise<string> {
  const contents = `
    import { html, render } from 'lit';
    render(html\`<p>\${'Rendered'} by the page</p>\`, document.querySelector('#host'));`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
  });
  const [{ text } = { text: '' }] = outputFiles;
  assert.match(text, /createPolicy\("lit-html"/);
  return text;
}

test('J26: a strict CSP with a nonce and Trusted Types enforced: signs in, prompts and chats without a violation', async (t) => {
  const site = await open('J26', 'gc-auth-messenger');
  t.after(() => site.close());
  await signsInPromptsAndChats(await site.openPage());
});

test('J26: a strict CSP: the launcher of loading="interaction" is in its place, and its click loads Messenger', async (t) => {
  const site = await TestSite.open('J26-launcher', {
    nonce,
    early: recordViolations,
    attributes: { loading: 'interaction' },
  });
  t.after(() => site.close());
  servePages(site, await pageOf(site), { nonce, trustedTypes: true });
  await site.signInAtProvider();
  const shop = await site.openPage();
  const launcher = shop.element.locator('[part=launcher]');
  await launcher.waitFor();
  const distances = await launcher.evaluate((button) => {
    const { right, bottom } = button.getBoundingClientRect();
    return [document.documentElement.clientWidth - right, window.innerHeight - bottom];
  });
  assert.ok(
    distances.every((px) => px > 0 && px < 60),
    `${distances.join(' and ')} px from the right and bottom edges`,
  );
  await expectNoViolation(shop);
  await launcher.click();
  await shop.waitForState('signed-in');
  await shop.messenger.locator('[part=launcher]').waitFor();
  await expectNoViolation(shop);
  await shop.checkInvariants();
});

test('J2 and J1: the same under every way to allow the scripts of a page', async (t) => {
  const site = await TestSite.open('csp-scripts', { nonce, early: recordViolations });
  t.after(() => site.close());
  const withNonce = await pageOf(site);
  const plain = withNonce.replaceAll(` nonce="${nonce}"`, '');
  const withIntegrity = plain.replace('type="module"', `type="module" integrity="${bundleHash()}"`);
  const inline = inlineHash(plain);

  servePages(site, plain, { hashes: [inline], strictDynamic: false, trustedTypes: true });
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  await shop.signInByPrompt();
  await shop.waitForState('signed-in');
  await expectNoViolation(shop);

  for (const [html, scripts] of [
    [withIntegrity, { hashes: [inline, bundleHash()], trustedTypes: true }],
    [withNonce, { nonce, strictDynamic: false }],
    [withNonce, { nonce }],
  ] as const) {
    servePages(site, html, scripts);
    await shop.reloadWithoutTokens();
    await shop.waitForState('signed-in');
    await expectNoViolation(shop);
    assert.equal(await shop.prompt.count(), 0);
  }
  await shop.checkInvariants();
});

test('the callback page looks as it should under its policy, when somebody opens it by hand', async (t) => {
  const site = await open('csp-callback', 'gc-auth-messenger');
  t.after(() => site.close());
  const shop = await site.openPage('/callback.html');
  const styled = await shop.page.locator('p').evaluate((p) => getComputedStyle(p).textAlign);
  assert.equal(styled, 'center');
  await expectNoViolation(shop);

  // The page would tell.
  await shop.page.evaluate(() => document.body.setAttribute('style', 'color: red'));
  await shop.page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('violation style-src')));
});

test('J26: the same on a page with a Lit of its own and a second copy of the bundle', async (t) => {
  const site = await open(
    'J26-host',
    'lit-html gc-auth-messenger',
    `<div id="host"></div>
  <script nonce="${nonce}" src="/host.js"></script>
  <script nonce="${nonce}" type="module" src="/dist/gc-auth-messenger.js?second-copy"></script>`,
  );
  t.after(() => site.close());
  site.demo.app.page('/host.js', await hostScript(), { 'Content-Type': 'text/javascript; charset=utf-8' });
  const shop = await site.openPage();
  const rendered = await shop.page.locator('#host p').evaluate(({ textContent }) => textContent);
  assert.equal(rendered, 'Rendered by the page');
  const copies = await shop.page.evaluate(() => (window as unknown as { litHtmlVersions: string[] }).litHtmlVersions);
  assert.equal(copies.length, 3, 'the page, and each copy of the bundle, has a Lit of its own');
  await signsInPromptsAndChats(shop);
});
