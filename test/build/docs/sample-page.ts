import { readFileSync } from 'node:fs';
import type { BrowserContext, Page, Route } from 'playwright-core';
import { openChromium } from '../../journeys/driver/playwright.js';

/** HTML samples in Chromium: on the page's own address, with the bundles that `npm run build` made, and no network. */

const pageUrl = 'https://www.example.com/';

const bundle = '<script type="module" src="https://cdn.example/gc-auth-messenger.js"></script>';

/** One page for all samples: a new one each would take longer than the samples. */
export class SamplePage {
  readonly #context: BrowserContext;
  readonly #page: Page;
  #html = '';
  #csp: string | undefined;
  #faults: string[] = [];

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.#page = page;
  }

  static async open(): Promise<SamplePage> {
    const browser = await openChromium({ thirdPartyCookies: 'allow', popups: 'allow' });
    // Journeys see less of it, since they run in engines that are not driven by Playwright, too.
    const context = browser.context as unknown as BrowserContext;
    const sample = new SamplePage(context, context.pages()[0] ?? (await context.newPage()));
    await sample.#watch();
    return sample;
  }

  close(): Promise<void> {
    return this.#context.close();
  }

  /** What goes wrong when this is loaded, besides what an absent network does. */
  async faultsOf(html: string, csp?: string): Promise<string[]> {
    const loads = /cdn\.example\/(\d+\.\d+\.\d+\/)?gc-auth-messenger/.test(html);
    this.#html = withHashes(loads ? html : `${bundle}\n${html}`);
    this.#csp = csp;
    this.#faults = [];
    await this.#page.goto(pageUrl);
    await this.#page.evaluate(() => customElements.whenDefined('gc-auth-messenger').then(() => undefined));
    return [...this.#faults, ...(await settled(this.#page))];
  }

  async #watch(): Promise<void> {
    const page = this.#page;
    page.on('pageerror', ({ message }) => this.#faults.push(`throws ${message}`));
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() !== 'error' || text.startsWith('Failed to load resource')) return;
      this.#faults.push(`prints ${text}`);
    });
    await page.route('**/*', (route) => answer(route, this.#html, this.#csp));
    await page.addInitScript(listen);
  }
}

const answer = (route: Route, html: string, csp?: string): Promise<void> => {
  const url = new URL(route.request().url());
  const headers = { ...(csp !== undefined && { 'content-security-policy': csp }) };
  if (url.href === pageUrl) return route.fulfill({ contentType: 'text/html', body: html, headers });
  if (url.hostname === 'cdn.example')
    return route.fulfill({
      contentType: 'text/javascript',
      body: built(url.pathname.replace(/^\/\d+\.\d+\.\d+/, '')),
      headers: { 'access-control-allow-origin': '*' },
    });
  // Messenger loads and stays silent: what it would do is not the sample's.
  if (url.pathname.endsWith('/genesys.min.js')) return route.fulfill({ contentType: 'text/javascript', body: '' });
  return route.abort();
};

/** A sample shows an address first, and then the hash of that file. */
function withHashes(html: string): string {
  const hashes = JSON.parse(built('/integrity.json')) as Record<string, string>;
  return html.replace(/(cdn\.example\/[\d.]+\/([\w./-]+)(?:(?!cdn\.example)[^])*?)sha384-…/g, (_, before, file) => {
    const hash = hashes[file as string];
    if (hash === undefined) throw new Error(`integrity.json has no ${file}`);
    return `${before}${hash}`;
  });
}

function built(path: string): string {
  try {
    return readFileSync(`dist${path}`, 'utf8');
  } catch (cause) {
    throw new Error(`dist${path} is not there: npm run build`, { cause });
  }
}

interface Listening extends Window {
  heard: string[];
}

/** In the page, before everything else. */
function listen(): void {
  const heard: string[] = ((window as unknown as Listening).heard = []);
  document.addEventListener('gc-error', (event) => {
    const { code, message } = (event as CustomEvent<{ code: string; message: string }>).detail;
    if (code === 'config-invalid' || code === 'script-blocked') heard.push(`reports ${code}: ${message}`);
  });
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    heard.push(`violates ${effectiveDirective}: ${blockedURI}`);
  });
}

/** The element reads its attributes in a microtask, and asks for the Messenger script right after. */
const settled = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const elements = [...document.querySelectorAll('gc-auth-messenger')] as Array<Element & { state: string }>;
    const states = elements.filter(({ state }) => state !== 'loading').map(({ state }) => `is ${state}`);
    return [...(window as unknown as Listening).heard, ...states];
  });
