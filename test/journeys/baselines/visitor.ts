import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { clock } from '../clock.js';
import type { Locator } from '../driver/driver.js';
import { fillLogin } from '../login.js';
import type { Shop } from '../shop.js';
import { Stage } from '../stage.js';
import type { StageOptions } from '../stage.js';

/** The pages that live through the same journeys. */
export const patterns = ['ours', 'blueprint', 'scheduled'] as const;
export type Pattern = (typeof patterns)[number];

interface SiteWindow extends Window {
  genesysStandIn?: { jwt(): { exp?: number } | undefined };
  lastError?: string;
  signOut: () => void;
}

const pagesDir = fileURLToPath(new URL('./', import.meta.url));

/** How long a person waits before giving up, in milliseconds. */
const patienceMs = 14_000;

/** A person on one of the pages, who signs in wherever pluginCalled to and then tries to chat. */
export class Visitor {
  readonly stage: Stage;
  readonly pattern: Pattern;
  readonly path: string;
  shop!: Shop;
  /** Loads of the page that the person caused. */
  #loads = 0;
  readonly #byRedirect: boolean;
  #said = 0;

  private constructor(stage: Stage, pattern: Pattern, byRedirect: boolean) {
    this.#byRedirect = byRedirect;
    this.stage = stage;
    this.pattern = pattern;
    this.path = `/${pattern}.html`;
  }

  /** @param options attributes are of the element's page, headers and nonce of every page */
  static async arrive(name: string, pattern: Pattern, options: StageOptions): Promise<Visitor> {
    const redirectPaths = patterns.map((one) => `/${one}.html`);
    const stage = await Stage.open(`${name}-${pattern}`, { ...options, pagesDir, redirectPaths });
    const byRedirect = options.attributes?.['sign-in-modes']?.includes('redirect') === true;
    const visitor = new Visitor(stage, pattern, byRedirect);
    const { headers = {} } = options;
    const html = await pageOf(stage, visitor.path, options);
    stage.demo.app.page(visitor.path, html, typeof headers === 'function' ? headers(stage.demo) : headers);
    return visitor;
  }

  /** The page in a new tab. */
  async visit(search = ''): Promise<void> {
    this.shop = await this.stage.tab();
    this.#loads = 0;
    await this.load(search);
  }

  /** The page in the same tab. */
  async load(search = ''): Promise<void> {
    this.#loads += 1;
    await this.shop.visit(this.path + search).catch(() => undefined);
  }

  async reload(): Promise<void> {
    this.#loads += 1;
    await this.shop.page.reload().catch(() => undefined);
  }

  /** Signed in at the provider, and chatting: where most journeys begin. */
  async settleIn(): Promise<void> {
    await this.stage.signInAtProvider();
    await this.visit();
    await this.settle();
    this.#loads = await this.#loadsNow();
  }

  /** The person turns away from the sign-in. @returns whether they can go on with the page */
  async turnAway(): Promise<boolean> {
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

  /** What integrates Messenger is put into the page once more, as pages do that replace parts of themselves. */
  async replacePart(): Promise<void> {
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

  /** How often a name of Messenger's was taken already. */
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
      clock,
    );
    await this.shop.setClock(offset);
  }

  /** Until the JWT is past its `exp`, by the server's clock. */
  async outlive(seconds: number): Promise<void> {
    await delay(seconds * 1000 + 300);
  }

  /** Goes on as a person would. @returns what was seen on the way and in the end */
  async settle(): Promise<string[]> {
    const steps: string[] = [];
    for (const end = Date.now() + patienceMs; Date.now() < end && steps.length < 4; await delay(150)) {
      try {
        if (await this.#isAtLogin()) {
          steps.push('login page');
          await fillLogin(this.shop.page, 'alice');
        } else if ((await this.#promptButton.count()) > 0) {
          steps.push(await (this.#byRedirect ? this.#leaveByPrompt() : this.#signInByPrompt()));
        } else if ((await this.#hasJwt()) && (await this.shop.alert.count()) === 0) {
          await this.#chat();
          return [...steps, 'works'];
        }
      } catch {
        // The page went elsewhere meanwhile: look again.
      }
    }
    return [...steps, await this.#whereItEnded().catch(() => 'on its way elsewhere')];
  }

  /** What went wrong beside, as the servers and the address tell. */
  async faults(): Promise<string[]> {
    const { counters } = this.stage.genesys;
    const again = (await this.#loadsNow().catch(() => this.#loads)) - this.#loads;
    const faults: Array<[boolean, string]> = [
      [again > 0 && again <= 10, 'page loaded again'],
      [again > 10, `loop of page loads (${again})`],
      [counters.refreshes > 10, `loop of refreshes (${counters.refreshes})`],
      [counters.exchanges > 10, `loop of exchanges (${counters.exchanges})`],
      [counters.codesSeenTwice > 0, 'code used twice'],
      [/[?&]code=(?!forged)/.test(this.shop.page.url()), 'code left in the address'],
    ];
    return faults.filter(([holds]) => holds).map(([, words]) => words);
  }

  /** Whether the page holds a JWT that the server would take. */
  jwtIsFresh(): Promise<boolean> {
    return this.shop.page.evaluate(
      (now) => ((window as unknown as SiteWindow).genesysStandIn?.jwt()?.exp ?? 0) * 1000 > now,
      Date.now(),
    );
  }

  async #leaveByPrompt(): Promise<string> {
    await this.#promptButton.click();
    await this.shop.page.getByLabel('Account').waitFor();
    return 'prompt';
  }

  async #signInByPrompt(): Promise<string> {
    const [popup] = await Promise.all([this.shop.page.waitForEvent('popup'), this.#promptButton.click()]);
    const closed = popup.waitForEvent('close').then(() => false);
    const pluginCalled = popup
      .getByLabel('Account')
      .waitFor()
      .then(
        () => true,
        () => closed,
      );
    if (!(await Promise.race([pluginCalled, closed]))) return 'prompt, popup without login';
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
    return page.url().startsWith(this.stage.demo.provider.origin) && (await page.getByLabel('Account').count()) > 0;
  }

  #loadsNow(): Promise<number> {
    return this.shop.page.evaluate(() => Number(sessionStorage.getItem('loads')));
  }

  async #chat(): Promise<void> {
    const { messenger } = this.shop;
    if ((await messenger.getByRole('button', { name: 'Open Messenger' }).count()) > 0) await this.shop.openChat();
    await this.shop.say(`Hello ${++this.#said}`);
  }

  async #whereItEnded(): Promise<string> {
    const { page, alert } = this.shop;
    if (page.url().startsWith(this.stage.demo.provider.origin)) return 'left on the provider’s page';
    if ((await alert.count()) > 0) return 'stuck on “Re-authenticating…”';
    const code = await page.evaluate(() => (window as unknown as SiteWindow).lastError);
    return code ? `stops, ${code} said` : 'stuck, nothing said';
  }
}

async function pageOf({ demo, provider }: Stage, path: string, { attributes, nonce }: StageOptions): Promise<string> {
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
