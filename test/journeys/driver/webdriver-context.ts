import { WebDriverError } from '../../../scripts/engines/webdriver.mjs';
import type { WebDriver } from '../../../scripts/engines/webdriver.mjs';
import type { Context, Page } from './driver.js';
import { poll } from './poll.js';
import { WebDriverPage } from './webdriver-page.js';

/** The windows of a W3C WebDriver session. It has one current window, so commands run one after the other. */
export class WebDriverContext implements Context {
  readonly #driver: WebDriver;
  /** Stays open: the command that opens a window needs one. https://www.w3.org/TR/webdriver2/#new-window */
  readonly #home: string;
  readonly #known: Set<string>;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(driver: WebDriver, home: string) {
    this.#driver = driver;
    this.#home = home;
    this.#known = new Set([home]);
  }

  static async over(driver: WebDriver): Promise<WebDriverContext> {
    return new WebDriverContext(driver, (await driver.command('GET', '/window')) as string);
  }

  async newPage(): Promise<Page> {
    // A window, not a tab: a tab in the background is hidden, and its timers are throttled.
    const { handle } = await this.command<{ handle: string }>(this.#home, 'POST', '/window/new', { type: 'window' });
    this.#known.add(handle);
    return new WebDriverPage(this, handle);
  }

  /** Waits for a window that the page opens. */
  waitForEvent(_event: 'page'): Promise<Page> {
    return poll('new window', async () => {
      const handle = (await this.handles()).find((one) => !this.#known.has(one));
      if (!handle) return undefined;
      this.#known.add(handle);
      return new WebDriverPage(this, handle);
    });
  }

  handles(): Promise<string[]> {
    return this.#queued(() => this.#driver.command('GET', '/window/handles') as Promise<string[]>);
  }

  /** Runs a command in a window. */
  command<T>(handle: string, ...command: Parameters<WebDriver['command']>): Promise<T> {
    return this.#queued(async () => {
      await this.#driver.command('POST', '/window', { handle });
      return (await this.#driver.command(...command)) as T;
    });
  }

  #queued<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** Ignores the error for a window that the page has closed. */
export function unlessGone(error: unknown): void {
  if (!(error instanceof WebDriverError && error.code === 'no such window')) throw error;
}
