import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Locator } from '../driver/driver.js';
import { fillLogin } from '../fill-login.js';
import { pageClock } from '../page-clock.js';
import type { ShopPage } from '../shop-page.js';
import { TestSite } from '../test-site.js';
import type { TestSiteOptions } from '../test-site.js';

/** The integrations that are compared: the element, and two that sites use today. */
export const patterns = ['ours', 'blueprint', 'scheduled'] as const;
export type Pattern = (typeof patterns)[number];

interface SiteWindow extends Window {
  genesysStandIn?: { jwt(): { exp?: number } | undefined };
  lastError?: string;
  signOut: () => void;
}

const pagesDir = fileURLToPath(new URL('./', import.meta.url));

/** How long a person tries to chat, in milliseconds. */
const maxMs = 14_000;

/** A person on a page with one of the patterns, who signs in where the page requires it, and then tries to chat. */
export class PatternUser {
  readonly site: TestSite;
  readonly pattern: Pattern;
  readonly path: string;
  shop!: ShopPage;
  /** Page loads that the person caused. */
  #loads = 0;
  readonly #byRedirect: boolean;
  #messages = 0;

  private constructor(site: TestSite, pattern: Pattern, byRedirect: boolean) {
    this.#byRedirect = byRedirect;
    this.site = site;
    this.pattern = pattern;
    this.path = `/${pattern}.html`;
  }

  /** @param options attributes apply to the element's page, headers and nonce to every page */
  static async open(name: string, pattern: Pattern, options: TestSiteOptions): Promise<PatternUser> {
    const redirectPaths = patterns.map((one) => `/${one}.html`);
    const site = await TestSite.open(`${name}-${pattern}`, { ...options, pagesDir, redirectPaths });
    const { attributes = {} } = options;
    const written = typeof attributes === 'function' ? attributes(site.demo) : attributes;
    const byRedirect = written['sign-in-modes']?.includes('redirect') === true;
    const user = new PatternUser(site, pattern, byRedirect);
    const { headers = {} } = options;
    const html = await pageOf(site, user.path, options);
    site.demo.app.page(user.path, html, typeof headers === 'function' ? headers(site.demo) : headers);
    return user;
  }

  /** Opens the page in a new tab. */
  async openPage(search = ''): Promise<void> {
    this.shop = await this.site.newTab();
    this.#loads = 0;
    await this.load(search);
  }

  /** Loads the page in the same tab. */
  async load(search = ''): Promise<void> {
    this.#loads += 1;
    await this.shop.visit(this.path + search).catch(() => undefined);
  }

  async reload(): Promise<void> {
    this.#loads += 1;
    await this.shop.page.reload().catch(() => undefined);
  }

  /** Signs in at the provider and starts to chat: the begin of most journeys. */
  async startChatting(): Promise<void> {
    await this.site.signInAtProvider();
    await this.openPage();
    await this.tryToChat();
    this.#loads = await this.#loadsNow();
  }

  /** Cancels the sign-in. @returns whether the person can use the page after it */
  async cancelSignIn(): Promise<boolean> {
    const { page } = this.shop;
    if (this.pattern === 'ours') {
      const button = this.#promptButton;
      const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
      await popup.getByLabel('Account').waitFor();
      await popup.close();
      await button.waitFor();
    } else {
      await page.getByLabel('Account').waitFor();
      await page.goBack({ waitUntil: 'commit' });
    }
    await delay(2_000);
    return new URL(page.url()).pathname === this.path;
  }

  /** Adds the integration to the page again, as pages do that replace parts of themselves. */
  async addAgain(): Promise<void> {
    if (this.pattern === 'ours') {
      await this.shop.element.evaluate((element) => element.replaceWith(element.cloneNode()));
    } else {
      await this.shop.page.evaluate(() => {
        const again = Object.assign(document.createElement('script'), { type: 'module', src: '/blueprint.js?again' });
        document.head.append(again);
      });
    }
    await delay(2_000);
  }

  /** How often a plugin was registered with a name that was taken. */
  async namesTaken(): Promise<number> {
    return (await this.shop.journal()).filter(({ outcome }) => outcome === 'name-taken').length;
  }

  signOut(): Promise<void> {
    return this.shop.page.evaluate(() => void (window as unknown as SiteWindow).signOut());
  }

  /** Sets the page's clock, until it loads again. @param offset milliseconds ahead of the servers' */
  async setClock(offset: number): Promise<void> {
    await this.shop.page.evaluate(
      (script) => void document.head.append(Object.assign(document.createElement('script'), { text: script })),
      pageClock,
    );
    await this.shop.setClock(offset);
  }

  /** Waits until a JWT with this lifetime has expired, with the server's clock. */
  async waitForExpiry(seconds: number): Promise<void> {
    await delay(seconds * 1000 + 300);
  }

  /** Signs in where necessary, and chats. @returns the steps and the result */
  async tryToChat(): Promise<string[]> {
    const steps: string[] = [];
    for (const end = Date.now() + maxMs; Date.now() < end && steps.length < 4; await delay(150)) {
      try {
        if (await this.#isAtLogin()) {
          steps.push('login page');
          await fillLogin(this.shop.page, 'alice');
        } else if ((await this.#promptButton.count()) > 0) {
          steps.push(await (this.#byRedirect ? this.#goToProviderByPrompt() : this.#signInByPrompt()));
        } else if ((await this.#hasJwt()) && (await this.shop.reAuthenticatingAlert.count()) === 0) {
          await this.#chat();
          return [...steps, 'works'];
        }
      } catch {
        // There was a navigation: try again.
      }
    }
    return [...steps, await this.#endState().catch(() => 'on its way elsewhere')];
  }

  /** Problems beside the result: loops, codes used twice, codes in the address. */
  async faults(): Promise<string[]> {
    const { counters } = this.site.genesys;
    const extraLoads = (await this.#loadsNow().catch(() => this.#loads)) - this.#loads;
    const faults: Array<[boolean, string]> = [
      [extraLoads > 0 && extraLoads <= 10, 'page loaded again'],
      [extraLoads > 10, `loop of page loads (${extraLoads})`],
      [counters.refreshes > 10, `loop of refreshes (${counters.refreshes})`],
      [counters.exchanges > 10, `loop of exchanges (${counters.exchanges})`],
      [counters.codesSeenTwice > 0, 'code used twice'],
      [/[?&]code=(?!forged)/.test(this.shop.page.url()), 'code left in the address'],
    ];
    return faults.filter(([applies]) => applies).map(([, words]) => words);
  }

  /** Whether the page has a JWT that has not expired. */
  jwtIsFresh(): Promise<boolean> {
    return this.shop.page.evaluate(
      (now) => ((window as unknown as SiteWindow).genesysStandIn?.jwt()?.exp ?? 0) * 1000 > now,
      Date.now(),
    );
  }

  async #goToProviderByPrompt(): Promise<string> {
    await this.#promptButton.click();
    await this.shop.page.getByLabel('Account').waitFor();
    return 'prompt';
  }

  async #signInByPrompt(): Promise<string> {
    const [popup] = await Promise.all([this.shop.page.waitForEvent('popup'), this.#promptButton.click()]);
    const closed = popup.waitForEvent('close').then(() => false);
    const asksForLogin = popup
      .getByLabel('Account')
      .waitFor()
      .then(
        () => true,
        () => closed,
      );
    if (!(await Promise.race([asksForLogin, closed]))) return 'prompt, popup without login';
    await Promise.all([closed, fillLogin(popup, 'alice')]);
    return 'prompt, popup';
  }

  get #promptButton(): Locator {
    return this.shop.prompt.getByRole('button', { name: 'Sign in' });
  }

  #hasJwt(): Promise<boolean> {
    return this.shop.page.evaluate(() => Boolean((window as unknown as SiteWindow).genesysStandIn?.jwt()));
  }

  async #isAtLogin(): Promise<boolean> {
    const { page } = this.shop;
    return page.url().startsWith(this.site.demo.provider.origin) && (await page.getByLabel('Account').count()) > 0;
  }

  #loadsNow(): Promise<number> {
    return this.shop.page.evaluate(() => Number(sessionStorage.getItem('loads')));
  }

  async #chat(): Promise<void> {
    const { messenger } = this.shop;
    if ((await messenger.getByRole('button', { name: 'Open Messenger' }).count()) > 0) await this.shop.openChat();
    await this.shop.say(`Hello ${++this.#messages}`);
  }

  async #endState(): Promise<string> {
    const { page, reAuthenticatingAlert } = this.shop;
    if (page.url().startsWith(this.site.demo.provider.origin)) return 'left on the provider’s page';
    if ((await reAuthenticatingAlert.count()) > 0) return 'stuck on “Re-authenticating…”';
    const code = await page.evaluate(() => (window as unknown as SiteWindow).lastError);
    return code ? `stops, ${code} said` : 'stuck, nothing said';
  }
}

async function pageOf(
  { demo, provider }: TestSite,
  path: string,
  { attributes, nonce }: TestSiteOptions,
): Promise<string> {
  const values: Readonly<Record<string, string>> = {
    appOrigin: demo.app.origin,
    providerOrigin: provider.origin,
    clientId: provider.clientId,
    scriptUrl: demo.genesys.scriptUrl,
    deploymentId: demo.genesys.deploymentId,
  };
  const more = Object.entries({ ...attributes, ...(nonce && { nonce }) }).map(([name, value]) => ` ${name}="${value}"`);
  const html = await readFile(pagesDir + path, 'utf8');
  return html
    .replace(/{{(\w+)}}/g, (all, name: string) => values[name] ?? all)
    .replaceAll('<script', nonce ? `<script nonce="${nonce}"` : '<script')
    .replace('<gc-auth-messenger', `<gc-auth-messenger${more.join('')}`);
}
