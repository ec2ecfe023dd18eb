/**
 * What journeys need of a browser: the part of Playwright's interface that they use, so that Playwright is one driver
 * among others. https://playwright.dev/docs/api/class-page
 */

export interface Queries {
  /** By CSS selector. Every query looks through open shadow roots. */
  locator(selector: string): Locator;
  getByRole(role: Role, options?: { name?: string; exact?: boolean }): Locator;
  getByLabel(text: string): Locator;
  getByText(text: string, options?: { exact?: boolean }): Locator;
}

export type Role = 'alert' | 'button' | 'heading' | 'textbox';

/** Elements that will be looked for anew in every call. */
export interface Locator extends Queries {
  filter(options: { hasText: string }): Locator;
  first(): Locator;
  /** Waits until the element is visible, and clicks as a person does: the page may open a popup. */
  click(): Promise<void>;
  fill(text: string): Promise<void>;
  inputValue(): Promise<string>;
  /** Until one is visible. @param options.timeout in milliseconds */
  waitFor(options?: { timeout?: number }): Promise<void>;
  count(): Promise<number>;
  evaluate<E extends Element, A, R>(work: (element: E, argument: A) => R | Promise<R>, argument?: A): Promise<R>;
}

/** One tab or popup. What goes into the page and comes back is JSON. */
export interface Page extends Queries {
  goto(url: string): Promise<unknown>;
  reload(): Promise<unknown>;
  /**
   * One step back in the history, out of the back/forward cache where the browser kept the page. Such a page does not
   * load again: wait for `commit`, and then for what it shows.
   */
  goBack(options: { waitUntil: 'commit' }): Promise<unknown>;
  close(): Promise<void>;
  url(): string;
  content(): Promise<string>;
  evaluate<A, R>(work: (argument: A) => R | Promise<R>, argument?: A): Promise<R>;
  waitForFunction<A>(work: (argument: A) => unknown, argument?: A, options?: { timeout?: number }): Promise<unknown>;
  waitForURL(url: string): Promise<void>;
  waitForEvent(event: 'popup'): Promise<Page>;
  waitForEvent(event: 'close'): Promise<unknown>;
  /** Into a frame of another origin. Absent where the driver cannot. */
  frameLocator?(selector: string): Queries;
  screenshot(options: { path: string }): Promise<unknown>;
}

/** Tabs that share storage and cookies. */
export interface Context {
  newPage(): Promise<Page>;
  waitForEvent(event: 'page'): Promise<Page>;
}

/** What a page printed and what went wrong in it, from its first line on. */
export interface Watch {
  readonly printed: string[];
  readonly errors: string[];
}

/** A browser without a past. */
export interface Browser {
  readonly context: Context;
  /** Begin before the page goes anywhere. A driver that cannot see the console leaves the lists empty. */
  watch(page: Page): Watch;
  /**
   * Stops all script of a tab, as the browser does with tabs long unseen. Until it is thawed nothing can be pluginCalled of it.
   *
   * @returns what thaws it
   */
  freeze(page: Page): Promise<() => Promise<void>>;
  /** What is left when everything was thrown away that nobody holds. */
  held(page: Page): Promise<Held>;
  close(): Promise<void>;
}

/** What a page holds on to. */
export interface Held {
  /** Script's memory, in bytes. */
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
  /** The page's own, and those of its frames. */
  readonly documents: number;
}

export interface BrowserOptions {
  thirdPartyCookies: ThirdPartyCookies;
  /** `block`: the engine's own popup blocker is on. Default: `allow`. */
  popups?: 'allow' | 'block';
}

/** What not every engine can be driven to. */
export type Ability = 'freeze' | 'heap' | 'back-forward-cache' | 'popup-blocker';

export type ThirdPartyCookies = 'allow' | 'block';
