import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumArgs, requireChromium } from '../../scripts/engines/chromium.mjs';
import type { GcAuthMessenger } from '../../src/index.js';
import type * as Entry from '../../src/testing/playwright/index.js';
import type { GenesysKit, GenesysKitOptions } from '../../src/testing/playwright/index.js';

/** As the package has it: without a server, the files of `dist` are those of the site. */
const { expectPrompt, expectSignedIn, expectState, genesysFixture, startGenesysKit } = (await import(
  new URL('../../dist/testing/playwright/index.js', import.meta.url).href
)) as typeof Entry;

const site = 'https://www.example.com';
const options: GenesysKitOptions = {
  deploymentId: '3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10',
  authority: 'https://login.example.com',
  clientId: 'messenger-web',
  redirectUri: `${site}/callback.html`,
};

const tag = (attributes = '') => `<!doctype html>
<html lang="en">
<title>Shop</title>
<link rel="icon" href="data:," />
<script type="module" src="/gc-auth-messenger.js"></script>
<gc-auth-messenger
  deployment-id="${options.deploymentId}"
  environment="prod-euw1"
  authority="${options.authority}"
  client-id="${options.clientId}"
  redirect-uri="${options.redirectUri as string}"
  ${attributes}
></gc-auth-messenger>`;

interface Site {
  html?: string;
  csp?: string;
  /** Called before the page is opened. */
  before?: (kit: GenesysKit) => void;
}

describe('the kit for Playwright', () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArgs });
  });
  after(() => browser.close());

  /** A page of its own for each test, as Playwright's test runner has it. */
  const withPage = (
    use: (page: Page, kit: GenesysKit) => Promise<void>,
    { html = tag(), csp = '', before, ...changes }: Partial<GenesysKitOptions> & Site = {},
  ) => {
    return async (): Promise<void> => {
      const context = await browser.newContext();
      await context.route(`${site}/**`, async (route) => {
        const { pathname } = new URL(route.request().url());
        const headers = csp === '' ? {} : { 'content-security-policy': csp };
        if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html, headers });
        return route.fulfill({ path: `dist${pathname}` });
      });
      const kit = await startGenesysKit(context, { ...options, ...changes });
      before?.(kit);
      const page = await context.newPage();
      await page.goto(`${site}/`);
      await use(page, kit);
      await context.close();
    };
  };

  const element = <Result>(page: Page, work: (element: GcAuthMessenger) => Result): Promise<Result> =>
    page.locator('gc-auth-messenger').evaluate(work);

  /** Clicks the button of the prompt, and that of the provider's page in the popup. */
  async function signInByPrompt(page: Page): Promise<void> {
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'Sign in', exact: true }).click(),
    ]);
    await Promise.all([popup.waitForEvent('close'), popup.getByRole('button', { name: 'Sign in as alice' }).click()]);
  }

  const names = ({ requests }: GenesysKit): string[] => requests.map(({ name }) => name);

  it(
    'signs in silently, in a frame, under the policy of the documentation, and renews an expired JWT',
    withPage(
      async (page, kit) => {
        await expectSignedIn(page);
        assert.deepEqual(
          kit.requests.filter(({ name }) => name === 'authorize'),
          [{ to: 'provider', name: 'authorize', status: 200, silent: true }],
        );
        assert.deepEqual(
          new Set(names(kit)),
          new Set(['discovery', 'authorize', 'script', 'domains', 'config', 'exchange']),
        );

        await kit.expire();
        assert.equal(await element(page, (one) => one.refresh().then(({ expiresAt }) => typeof expiresAt)), 'number');
        await expectSignedIn(page);
        assert.equal(names(kit).at(-1), 'refresh');

        await page.getByRole('button', { name: 'Open Messenger' }).click();
        await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
        await page.keyboard.press('Enter');
        await page.getByText('Hello').first().waitFor();
        const renewed = page.waitForResponse('**/token/oauthcodegrantjwtexchange');
        await kit.expire({ refreshTokens: true });
        await renewed;
        await expectSignedIn(page);
        assert.deepEqual(kit.problems, []);
      },
      {
        csp: [
          "script-src 'self' https://apps.mypurecloud.ie",
          "connect-src 'self' https://login.example.com https://api-cdn.mypurecloud.ie https://api.mypurecloud.ie wss://webmessaging.mypurecloud.ie",
          "frame-src 'self' https://login.example.com",
        ].join('; '),
      },
    ),
  );

  it(
    'shows the prompt to a person who is signed out, signs in in a popup, and out at the provider',
    withPage(
      async (page, kit) => {
        await expectPrompt(page);
        await signInByPrompt(page);
        await expectSignedIn(page);
        await page.reload();
        await expectSignedIn(page);

        await Promise.all([
          page.waitForURL(`${site}/?left`),
          element(page, (one) => void one.signOut({ provider: true })),
        ]);
        await expectPrompt(page);
        assert.ok(names(kit).includes('revoke') && names(kit).includes('end-session'));
        assert.deepEqual(kit.problems, []);
      },
      { sub: null, html: tag(`post-logout-redirect-uri="${site}/?left"`) },
    ),
  );

  it(
    'signs in at once in a popup, with answers in the query, and slowly',
    withPage(
      async (page, kit) => {
        await expectPrompt(page);
        kit.slowDown(1);
        await Promise.all([
          page.waitForEvent('popup'),
          page.getByRole('button', { name: 'Sign in', exact: true }).click(),
        ]);
        await expectSignedIn(page);
      },
      { sub: null, login: 'automatic', html: tag('response-mode="query"') },
    ),
  );

  it(
    'refuses: the provider every request, and Genesys every code',
    withPage(
      async (page, kit) => {
        await expectPrompt(page);
        assert.ok(kit.requests.some(({ error }) => error === 'consent_required'));
        kit.refuse(null);
        kit.refuseCodes(true);
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        await page.waitForFunction(
          () => document.querySelector<GcAuthMessenger>('gc-auth-messenger')?.error?.code === 'exchange-failed',
        );
        await assert.rejects(expectSignedIn(page, { timeout: 0 }), /Its error: exchange-failed: /);
        assert.ok(kit.requests.some(({ name, status }) => name === 'exchange' && status === 401));
      },
      { before: (kit) => kit.refuse('consent_required') },
    ),
  );

  it(
    'says in a failed assertion where page and kit disagree',
    withPage(
      async (page, kit) => {
        await expectState(page, 'failed');
        await assert.rejects(expectSignedIn(page, { timeout: 0 }), (error: Error) => {
          assert.match(error.message, /is signed-in, but after 0 ms it is failed\.\nIts error: config-invalid: /);
          assert.match(
            error.message,
            /\nThe page and the test kit disagree:\n- genesys, domains: The deployment is 3f0c/,
          );
          return true;
        });
        assert.match(kit.problems[0] ?? '', /, the kit has c0ffee00-/);
      },
      { deploymentId: 'c0ffee00-8d4b-4b7a-9f6e-2a1d5c7e9b10' },
    ),
  );

  it('is a fixture for the context of a test', async () => {
    const context = await browser.newContext();
    const fixture = genesysFixture(options);
    assert.match(String(fixture), /^async \(\{ context \}, use\)/);
    let used: GenesysKit | undefined;
    await fixture({ context }, async (kit) => void (used = kit));
    assert.deepEqual(used?.requests, []);
    await context.close();
  });
});
