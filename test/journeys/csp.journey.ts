import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestSite } from './test-site.js';

test('J26: a strict CSP with a nonce and Trusted Types enforced: signs in, prompts and chats without a violation', async (t) => {
  const nonce = 'r4nd0m';
  const site = await TestSite.open('J26', {
    nonce,
    early: () => {
      const violations: string[] = ((window as unknown as { violations: string[] }).violations = []);
      document.addEventListener('securitypolicyviolation', (event) =>
        violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
      );
    },
    headers: (demo) => ({
      'Content-Security-Policy': [
        "default-src 'none'",
        `script-src 'nonce-${nonce}' 'strict-dynamic'`,
        "style-src 'none'",
        // Firefox and WebKit report the icon that they look for themselves.
        `img-src ${demo.app.origin}/favicon.ico`,
        `connect-src ${demo.provider.origin} ${demo.genesys.origin} ${demo.genesys.origin.replace('http', 'ws')}`,
        `frame-src ${demo.provider.origin} 'self'`,
        "require-trusted-types-for 'script'",
        'trusted-types lit-html gc-auth-messenger',
      ].join('; '),
    }),
  });
  t.after(() => site.close());
  const shop = await site.openPage();
  await shop.waitForState('interaction-required');
  await shop.signInByPrompt();
  await shop.waitForState('signed-in');
  assert.equal(await shop.call('reauthenticate'), 'ok');
  await shop.openChat();
  await shop.say('Hello');
  assert.deepEqual(await shop.page.evaluate(() => (window as unknown as { violations: string[] }).violations), []);
  await shop.checkInvariants();
});
