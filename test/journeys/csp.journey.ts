import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build } from 'esbuild';
import { cspFor, policyText } from '../../src/doctor/csp.js';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';

const nonce = 'r4nd0m';

interface CspWindow extends Window {
  violations: string[];
}

/** A page with the CSP that the command line prints, and these Trusted Types policies, each once. */
const open = (name: string, policies: string, body = ''): Promise<TestSite> =>
  TestSite.open(name, {
    nonce,
    body,
    early: () => {
      const violations: string[] = ((window as unknown as CspWindow).violations = []);
      document.addEventListener('securitypolicyviolation', (event) =>
        violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
      );
    },
    headers: (demo) => ({
      'Content-Security-Policy': policyText({
        'default-src': ["'none'"],
        'style-src': ["'none'"],
        ...cspFor({
          environment: 'prod-euw1',
          authority: demo.provider.origin,
          scriptUrl: demo.genesys.scriptUrl,
          nonce,
          trustedTypes: true,
        }).page,
        'trusted-types': [policies],
      }),
    }),
  });

const expectNoViolation = async (shop: ShopPage): Promise<void> =>
  assert.deepEqual(await shop.page.evaluate(() => (window as unknown as CspWindow).violations), []);

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

test('J1: silently, under the policy that the command line prints', async (t) => {
  const site = await open('J1-csp', 'gc-auth-messenger');
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  await expectNoViolation(shop);
  assert.equal(await shop.prompt.count(), 0);
  await shop.checkInvariants();
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
