import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumArgs, requireChromium } from '../../scripts/engines/chromium.mjs';
import type { GcAuthMessenger } from '../../src/index.js';
import type { GenesysKit, GenesysKitOptions } from '../../src/testing/playwright/index.js';

/** As the package has it: without a server, the files of `dist` are those of the site. */
type Entry = typeof import('../../src/testing/playwright/index.js');
const { expectPrompt, expectSignedIn, expectState, genesysFixture, startGenesysKit } = (await import(
  new URL('../../dist/testing/playwright/index.js', import.meta.url).href
)) as Entry;

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

describe('the kit for Playwright', () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArgs });
  });
  after(() => browser.close());

  /** A page of its own for each test, as Playwright's test runner has it. */
  const withPage = (
    use: (page: Page, kit: GenesysKit) => Promise<void>,
    { html = tag(), csp = '', ...changes }: Partial<GenesysKitOptions> & { html?: string; csp?: string } = {},
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
        await expectState(page, 'signed-out');
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
          page.waitForEvent('popup').then((popup) => popup.isClosed() || popup.waitForEvent('close')),
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
        kit.refuse('temporarily_unavailable');
        kit.signIn();
        await element(page, (one) => one.refresh().catch(() => undefined));
        assert.equal(kit.requests.filter(({ error }) => error === 'temporarily_unavailable').length > 0, true);

        kit.refuse(null);
        kit.refuseCodes(true);
        await page.reload();
        await page.waitForFunction(
          () => document.querySelector<GcAuthMessenger>('gc-auth-messenger')?.error?.code === 'exchange-failed',
        );
        await assert.rejects(expectSignedIn(page, { timeout: 0 }), /Its error: exchange-failed: /);
        assert.ok(kit.requests.some(({ name, status }) => name === 'exchange' && status === 401));
      },
      { sub: null },
    ),
  );

  for (const [fault, changes, problem] of [
    ['a client', { clientId: 'another' }, 'provider, authorize: client_id is messenger-web, registered is another.'],
    [
      'a redirect URI',
      { redirectUri: `${site}/other.html` },
      `provider, authorize: redirect_uri is ${site}/callback.html, registered is ${site}/other.html.`,
    ],
    ['a request without PKCE', { html: tag('disable-pkce') }, 'provider, authorize: PKCE with S256 is required.'],
    ['a scope without openid', { html: tag('scope="email"') }, 'provider, authorize: scope lacks openid.'],
    [
      'a deployment',
      { deploymentId: 'c0ffee00-8d4b-4b7a-9f6e-2a1d5c7e9b10' },
      `genesys, domains: The deployment is ${options.deploymentId}, the kit has c0ffee00-8d4b-4b7a-9f6e-2a1d5c7e9b10.`,
    ],
  ] as const) {
    it(
      `names ${fault} that page and kit do not agree on`,
      withPage(async (page, kit) => {
        const rejection = expectSignedIn(page, { timeout: 2000 });
        await assert.rejects(rejection, (error: Error) =>
          error.message.includes('\nThe page and the test kit disagree:'),
        );
        assert.equal(kit.problems[0], problem);
      }, changes),
    );
  }

  it(
    'accepts a code once, and only with the verifier, redirect URI and nonce of its request',
    withPage(
      async (page, kit) => {
        await expectState(page, 'interaction-required');
        const verifier = 'a'.repeat(43);
        // Its SHA-256 in base64url.
        const challenge = 'ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjNA';
        const statuses = await page.evaluate(
          async ([deploymentId, redirectUri, verifier, challenge]) => {
            const request = new URL('https://login.example.com/authorize');
            request.search = new URLSearchParams({
              ...{ client_id: 'messenger-web', redirect_uri: redirectUri!, response_type: 'code', scope: 'openid' },
              ...{ code_challenge: challenge!, code_challenge_method: 'S256', nonce: 'n', state: 's' },
            }).toString();
            const newCode = async (): Promise<string> =>
              /[?&]code=([\w-]+)/.exec(await (await fetch(request)).text())?.[1] ?? '';
            const exchange = async (oauth: object): Promise<number> => {
              const body = JSON.stringify({ deploymentId, oauth });
              const url = 'https://api.mypurecloud.ie/api/v2/webdeployments/token/oauthcodegrantjwtexchange';
              return (await fetch(url, { method: 'POST', body })).status;
            };
            const right = { redirectUri, codeVerifier: verifier, nonce: 'n', iss: 'https://login.example.com' };
            const code = await newCode();
            return [
              await exchange({ ...right, code }),
              await exchange({ ...right, code }),
              await exchange({ ...right, code: await newCode(), codeVerifier: 'b'.repeat(43) }),
              await exchange({ ...right, code: await newCode(), codeVerifier: undefined }),
              await exchange({ ...right, code: await newCode(), redirectUri: 'https://www.example.com/' }),
              await exchange({ ...right, code: await newCode(), nonce: 'm' }),
              await exchange({ ...right, code: await newCode(), iss: 'https://other.example.com' }),
              await exchange({ ...right, code: await newCode() }),
            ];
          },
          [options.deploymentId, options.redirectUri as string, verifier, challenge],
        );
        assert.deepEqual(statuses, [200, 401, 401, 401, 401, 401, 401, 200]);
        assert.equal(kit.problems.length, 5);
      },
      { sub: 'alice', html: tag('sign-in-modes="popup"') },
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

  for (const [name, value] of [
    ['deploymentId', ''],
    ['authority', 'login.example.com'],
    ['clientId', undefined],
    ['redirectUri', []],
    ['redirectUri', '/callback.html'],
    ['scriptUrl', 'genesys.min.js'],
    ['jwtSeconds', Number.NaN],
    ['login', 'never'],
  ] as const) {
    it(`names the option ${name} when it is ${JSON.stringify(value)}`, async () => {
      const context = { route: assert.fail, routeWebSocket: assert.fail, grantPermissions: assert.fail };
      const wrong = { ...options, [name]: value } as GenesysKitOptions;
      await assert.rejects(startGenesysKit(context, wrong), {
        code: 'config-invalid',
        message: new RegExp(`Option ${name} of the test kit`),
      });
    });
  }
});
