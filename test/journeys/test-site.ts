import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemo } from '../../demo/server/demo.js';
import type { Demo, DemoOptions, DemoProvider } from '../../demo/server/demo.js';
import type { Browser, Context, ThirdPartyCookies } from './driver/driver.js';
import { engine, openBrowser } from './driver/open.js';
import { fillLogin } from './fill-login.js';
import { pageClock } from './page-clock.js';
import { ShopPage } from './shop-page.js';

const screenshots = fileURLToPath(new URL(`screenshots/${engine}/`, import.meta.url));

type Attributes = Record<string, string | undefined>;

export interface TestSiteOptions extends DemoOptions {
  /** More attributes of the tag; `undefined` omits one. */
  attributes?: Attributes | ((demo: Demo) => Attributes);
  /** Markup around the tag. */
  body?: string;
  /** More response headers of the page. */
  headers?: Record<string, string> | ((demo: Demo) => Record<string, string>);
  /** Runs first in the page. It is sent as source text, so it can refer to nothing outside of itself. */
  early?: () => void;
  /** CSP nonce of the page's scripts and of the tag. */
  nonce?: string;
  /** `block`: the browser's popup blocker is on. Default: `allow`. */
  popups?: 'allow' | 'block';
  /** The provider that the tag names. Default: `same-site`. */
  provider?: 'same-site' | 'cross-site';
  /** Default: the setting of the test run. */
  thirdPartyCookies?: ThirdPartyCookies;
  /** How far the page's clock is ahead of the servers' at each load, in milliseconds. Default: 0. */
  clockOffsetMs?: number;
}

/** The servers of one journey, a browser without cookies and stored data, and the shop's page with the tag. */
export class TestSite {
  readonly demo: Demo;
  readonly browser: Browser;
  readonly name: string;
  /** The provider that the tag names. */
  readonly provider: DemoProvider;

  private constructor(name: string, demo: Demo, browser: Browser, provider: DemoProvider) {
    this.name = name;
    this.demo = demo;
    this.browser = browser;
    this.provider = provider;
  }

  get context(): Context {
    return this.browser.context;
  }

  /** @param name prefix of the journey's screenshots */
  static async open(name: string, options: TestSiteOptions = {}): Promise<TestSite> {
    const demo = await startDemo({ quiet: true, ...options });
    try {
      const { headers = {}, popups = 'allow', thirdPartyCookies } = options;
      const provider = options.provider === 'cross-site' ? demo.crossSiteProvider : demo.provider;
      const browser = await openBrowser({ popups, ...(thirdPartyCookies && { thirdPartyCookies }) });
      demo.app.page(
        '/account',
        pageWith(demo, provider, options),
        typeof headers === 'function' ? headers(demo) : headers,
      );
      return new TestSite(name, demo, browser, provider);
    } catch (error) {
      await demo.close();
      throw error;
    }
  }

  /** A new tab without a page. All tabs share cookies and storage. */
  async newTab(): Promise<ShopPage> {
    return ShopPage.inNewTab(this);
  }

  /** The shop's page in a new tab. */
  async openPage(path = '/account'): Promise<ShopPage> {
    const shop = await this.newTab();
    await shop.visit(path);
    return shop;
  }

  /** Signs in on the provider's login page, in a tab that is then closed. */
  async signInAtProvider(account: 'alice' | 'bob' = 'alice'): Promise<void> {
    const page = await this.context.newPage();
    const request = new URL('/auth', this.provider.origin);
    request.search = String(
      new URLSearchParams({
        client_id: this.provider.clientId,
        redirect_uri: `${this.demo.app.origin}/callback.html`,
        response_type: 'code',
        scope: 'openid',
        state: 'elsewhere',
        prompt: 'login',
      }),
    );
    await page.goto(request.href);
    await fillLogin(page, account);
    // The callback page tries to close its window. WebKit allows that for this tab.
    await Promise.race([page.waitForURL(`${this.demo.app.origin}/callback.html`), page.waitForEvent('close')]);
    await page.close();
  }

  /** Times of the token refreshes at Genesys, in epoch milliseconds. */
  refreshes(): number[] {
    return this.genesys.log.filter(({ kind }) => kind === 'refresh').map(({ at }) => at);
  }

  /** Switches, counters and log of the Genesys stand-in's server. */
  get genesys() {
    return this.demo.genesys.control.inspect(this.demo.genesys.deploymentId);
  }

  /** Number of authorization requests at the provider since the start, of one outcome or of all. */
  authorizationRequests(outcome?: string): number {
    const requests = this.provider.control.log().filter(({ route }) => route === 'authorize');
    return outcome === undefined ? requests.length : requests.filter((entry) => entry.outcome === outcome).length;
  }

  /** Sets switches of the Genesys stand-in. */
  setSwitches(patch: Parameters<Demo['genesys']['control']['set']>[1]): void {
    this.demo.genesys.control.set(this.demo.genesys.deploymentId, patch);
  }

  /** Makes something happen at the Genesys stand-in, for example `expire-jwts`. */
  runAction(action: Parameters<Demo['genesys']['control']['act']>[1]): void {
    this.demo.genesys.control.act(this.demo.genesys.deploymentId, action);
  }

  screenshotPath(label: string): string {
    mkdirSync(screenshots, { recursive: true });
    return join(screenshots, `${this.name}-${label}.png`);
  }

  /**
   * Every journey ends with this call, so it also checks what holds for all of them: only Genesys' server uses the
   * tokens of the provider, never the browser.
   *
   * @param bySite requests of the site's own client, which the journey expects
   * @throws {AssertionError} when the browser called a token, userinfo, introspection or revocation endpoint
   */
  async close(bySite = 0): Promise<void> {
    await this.browser.close();
    await this.demo.close();
    const { provider, crossSiteProvider } = this.demo;
    const requests = [provider, crossSiteProvider].flatMap(({ control }) => control.tokenRequestsByBrowsers());
    assert.equal(
      requests.length,
      bySite,
      `requests of the browser that only Genesys may make: ${JSON.stringify(requests)}`,
    );
  }
}

/** What every tag of the journeys says. */
export const usualAttributes = (demo: Demo, provider: DemoProvider): Record<string, string> => ({
  'deployment-id': demo.genesys.deploymentId,
  environment: 'prod-euw1',
  'script-url': demo.genesys.scriptUrl,
  authority: provider.origin,
  'client-id': provider.clientId,
  'redirect-uri': `${demo.app.origin}/callback.html`,
  scope: 'openid offline_access',
});

function pageWith(
  demo: Demo,
  provider: DemoProvider,
  { attributes = {}, body = '', early, nonce, clockOffsetMs }: TestSiteOptions,
): string {
  const all: Attributes = {
    ...usualAttributes(demo, provider),
    nonce,
    ...(typeof attributes === 'function' ? attributes(demo) : attributes),
  };
  const nonceAttribute = nonce ? ` nonce="${nonce}"` : '';
  const tagAttributes = Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}="${(value ?? '').replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`)
    .join(' ');
  const shift = clockOffsetMs ? `shiftClock(${clockOffsetMs});` : '';
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Your account</title>
  <script${nonceAttribute}>${recorder}${shift}${early ? run(early) : ''}</script>
  <script${nonceAttribute} type="module" src="/dist/gc-auth-messenger.js"></script>
  <h1>Your account</h1>
  <form><label>Note to the seller <input name="note"></label></form>
  ${body}
  <gc-auth-messenger ${tagAttributes}></gc-auth-messenger>
</html>`;
}

/** esbuild adds calls of a helper `__name` to compiled functions. */
const run = (work: () => void): string => `((__name) => (${String(work)})())((named) => named);`;

/** Records in the page: every event that bubbles to the document, tokens, and uncaught errors. */
export const recorder = `
  window.recordedEvents = [];
  window.uncaughtErrors = [];
  // Not the page's clock: it can be shifted, and times are compared across tabs. Pages may replace the variable.
  const clock = window.performance;
  const record = (type, detail) => window.recordedEvents.push({
    type, at: clock.timeOrigin + clock.now(), detail: JSON.parse(JSON.stringify(detail ?? null)),
  });
  window.addEventListener('error', ({ message }) => window.uncaughtErrors.push(message));
  window.addEventListener('unhandledrejection', ({ reason }) => window.uncaughtErrors.push(String(reason)));
  for (const type of ['gc-ready', 'gc-state-change', 'gc-token', 'gc-signed-in', 'gc-signed-out', 'gc-interaction-required', 'gc-error'])
    document.addEventListener(type, (event) => record(type, event.detail));
  document.addEventListener('DOMContentLoaded', () =>
    // Firefox also fires this event for a page that was stopped before its tag was parsed.
    document.querySelector('gc-auth-messenger')?.addEventListener('gc-token', (event) =>
      record('token', event.detail)));
  ${pageClock}
`;
