import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemo } from '../../demo/server/demo.js';
import type { Demo, DemoOptions, DemoProvider } from '../../demo/server/demo.js';
import { clock } from './clock.js';
import type { Browser, Context, ThirdPartyCookies } from './driver/driver.js';
import { engine, openBrowser } from './driver/open.js';
import { fillLogin } from './login.js';
import { Shop } from './shop.js';

const screenshots = fileURLToPath(new URL(`screenshots/${engine}/`, import.meta.url));

export interface StageOptions extends DemoOptions {
  /** More attributes of the tag; `undefined` leaves one out. */
  attributes?: Record<string, string | undefined>;
  /** Markup around the tag. */
  body?: string;
  /** More response headers of the page. */
  headers?: Record<string, string> | ((demo: Demo) => Record<string, string>);
  /** Runs in the page before anything else; it may name nothing outside of itself. */
  early?: () => void;
  /** CSP nonce of the page's scripts, and of the tag. */
  nonce?: string;
  /** `block`: the engine's own popup blocker is on. Default: `allow`. */
  popups?: 'allow' | 'block';
  /** Which of the two providers the tag names. Default: `same-site`. */
  provider?: 'same-site' | 'cross-site';
  /** Default: as the run is about. */
  thirdPartyCookies?: ThirdPartyCookies;
  /** How far the page's clock is ahead of the servers' when it loads, in milliseconds. Default: 0. */
  clockOffsetMs?: number;
}

/** The world of one journey: servers, a browser without a past, and the shop's page with the tag in it. */
export class Stage {
  readonly demo: Demo;
  readonly browser: Browser;
  readonly name: string;

  /** The one that the tag names. */
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

  static async open(name: string, options: StageOptions = {}): Promise<Stage> {
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
      return new Stage(name, demo, browser, provider);
    } catch (error) {
      await demo.close();
      throw error;
    }
  }

  /** A new tab, not yet anywhere. All tabs of a stage share cookies and storage. */
  async tab(): Promise<Shop> {
    return Shop.inNewTab(this);
  }

  /** A new tab on the shop's page. */
  async visit(path = '/account'): Promise<Shop> {
    const shop = await this.tab();
    await shop.visit(path);
    return shop;
  }

  /** Signs in at the provider as people do, on its own page, in a tab of its own. */
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
    // The callback page closes a window that it may close, which WebKit grants it here.
    await Promise.race([page.waitForURL(`${this.demo.app.origin}/callback.html`), page.waitForEvent('close')]);
    await page.close();
  }

  /** When refreshes came to Genesys, epoch ms. */
  refreshes(): number[] {
    return this.genesys.log.filter(({ kind }) => kind === 'refresh').map(({ at }) => at);
  }

  get genesys() {
    return this.demo.genesys.control.inspect(this.demo.genesys.deploymentId);
  }

  /** Authorization requests since the beginning, by outcome. */
  visits(outcome?: string): number {
    const pluginCalled = this.provider.control.log().filter(({ route }) => route === 'authorize');
    return outcome === undefined
      ? pluginCalled.length
      : pluginCalled.filter((entry) => entry.outcome === outcome).length;
  }

  switch(patch: Parameters<Demo['genesys']['control']['set']>[1]): void {
    this.demo.genesys.control.set(this.demo.genesys.deploymentId, patch);
  }

  act(action: Parameters<Demo['genesys']['control']['act']>[1]): void {
    this.demo.genesys.control.act(this.demo.genesys.deploymentId, action);
  }

  screenshotPath(label: string): string {
    mkdirSync(screenshots, { recursive: true });
    return join(screenshots, `${this.name}-${label}.png`);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.demo.close();
  }
}

function pageWith(
  demo: Demo,
  provider: DemoProvider,
  { attributes = {}, body = '', early, nonce, clockOffsetMs }: StageOptions,
): string {
  const all: Record<string, string | undefined> = {
    'deployment-id': demo.genesys.deploymentId,
    environment: 'prod-euw1',
    'script-url': demo.genesys.scriptUrl,
    authority: provider.origin,
    'client-id': provider.clientId,
    'redirect-uri': `${demo.app.origin}/callback.html`,
    scope: 'openid offline_access',
    nonce,
    ...attributes,
  };
  const allowed = nonce ? ` nonce="${nonce}"` : '';
  const written = Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}="${(value ?? '').replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`)
    .join(' ');
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Your account</title>
  <script${allowed}>${recorder}${clockOffsetMs ? `shiftClock(${clockOffsetMs});` : ''}${early ? run(early) : ''}</script>
  <script${allowed} type="module" src="/dist/gc-auth-messenger.js"></script>
  <h1>Your account</h1>
  <form><label>Note to the seller <input name="note"></label></form>
  ${body}
  <gc-auth-messenger ${written}></gc-auth-messenger>
</html>`;
}

/** Compiled functions name a helper of esbuild's that keeps their names. */
const run = (work: () => void): string => `((__name) => (${String(work)})())((named) => named);`;

/**
 * Notes what a page can see: every event that bubbles to the document, the tokens on the element itself, and what nobody
 * caught.
 */
const recorder = `
  window.seen = [];
  window.uncaught = [];
  // Of all tabs alike, whatever the page's clock is made to say.
  const see = (type, detail) => window.seen.push({ type, at: performance.timeOrigin + performance.now(), detail: JSON.parse(JSON.stringify(detail ?? null)) });
  window.addEventListener('error', ({ message }) => window.uncaught.push(message));
  window.addEventListener('unhandledrejection', ({ reason }) => window.uncaught.push(String(reason)));
  for (const type of ['gc-ready', 'gc-state-change', 'gc-token', 'gc-signed-in', 'gc-signed-out', 'gc-interaction-required', 'gc-error'])
    document.addEventListener(type, (event) => see(type, event.detail));
  document.addEventListener('DOMContentLoaded', () =>
    // Firefox says so of a page that was stopped before it had one, too.
    document.querySelector('gc-auth-messenger')?.addEventListener('gc-token', (event) =>
      see('token', event.detail)));
  ${clock}
`;
