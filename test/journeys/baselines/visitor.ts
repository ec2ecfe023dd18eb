import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { clock } from '../clock.js';
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

/** How long a person waits before giving up, in milliseconds. */
const patienceMs = 14_000;

/** A person on one of the pages, who signs in wherever asked to and then tries to chat. */
export class Visitor {
  readonly stage: Stage;
  readonly path: string;
  shop!: Shop;
  /** Loads of the page that the person caused. */
  #loads = 0;
  #said = 0;

  private constructor(stage: Stage, pattern: Pattern) {
    this.stage = stage;
    this.path = `/${pattern}.html`;
  }

  static async arrive(name: string, pattern: Pattern, options: StageOptions): Promise<Visitor> {
    const pagesDir = fileURLToPath(new URL('./', import.meta.url));
    const redirectPaths = patterns.map((one) => `/${one}.html`);
    return new Visitor(await Stage.open(`${name}-${pattern}`, { ...options, pagesDir, redirectPaths }), pattern);
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
        } else if ((await this.shop.prompt.getByRole('button', { name: 'Sign in' }).count()) > 0) {
          steps.push('prompt, popup');
          await this.shop.signInByPrompt();
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
      [/[?&]code=/.test(this.shop.page.url()), 'code left in the address'],
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
