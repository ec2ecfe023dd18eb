/**
 * The part of Playwright's interface that the journeys use, so that other drivers can implement it, too.
 *
 * https://playwright.dev/docs/api/class-page
 */

export interface Queries {
  /** By CSS selector. All queries search open shadow roots, too. */
  locator(selector: string): Locator;
  getByRole(role: Role, options?: { name?: string; exact?: boolean }): Locator;
  getByLabel(text: string): Locator;
  getByText(text: string, options?: { exact?: boolean }): Locator;
}

export type Role = 'alert' | 'button' | 'heading' | 'textbox';

/** A query for elements, which every call runs again. */
export interface Locator extends Queries {
  filter(options: { hasText: string }): Locator;
  first(): Locator;
  /** Waits until the element is visible, and clicks it. The click is a user activation: the page may open a popup. */
  click(): Promise<void>;
  fill(text: string): Promise<void>;
  inputValue(): Promise<string>;
  /** Waits until an element is visible. @param options.timeout in milliseconds */
  waitFor(options?: { timeout?: number }): Promise<void>;
  count(): Promise<number>;
  evaluate<E extends Element, A, R>(work: (element: E, argument: A) => R | Promise<R>, argument?: A): Promise<R>;
}

/** One tab or popup. Arguments and results of functions in the page are JSON. */
export interface Page extends Queries {
  goto(url: string): Promise<unknown>;
  reload(): Promise<unknown>;
  /**
   * Goes back in the history. A page that the browser restores from the back/forward cache does not load again, so wait
   * for `commit` only.
   */
  goBack(options: { waitUntil: 'commit' }): Promise<unknown>;
  close(): Promise<void>;
  url(): string;
  content(): Promise<string>;
  evaluate<A, R>(work: (argument: A) => R | Promise<R>, argument?: A): Promise<R>;
  waitForFunction<A>(work: (argument: A) => unknown, argument?: A, options?: { timeout?: number }): Promise<unknown>;
  waitForURL(url: string): Promise<void>;
  /**
   * A popup that stays until a person or the test acts. A driver that polls does not see one that closes by itself: see
   * `recordPopups`.
   */
  waitForEvent(event: 'popup'): Promise<Page>;
  waitForEvent(event: 'close'): Promise<unknown>;
  /** Queries in a frame of another origin; absent where the driver cannot do that. */
  frameLocator?(selector: string): Queries;
  screenshot(options: { path: string }): Promise<unknown>;
}

/** Tabs that share storage and cookies. */
export interface Context {
  newPage(): Promise<Page>;
  waitForEvent(event: 'page'): Promise<Page>;
}

/** Console output and uncaught errors of a page. */
export interface Watch {
  readonly printed: string[];
  readonly errors: string[];
}

/** A browser without tabs, cookies and stored data. */
export interface Browser {
  readonly context: Context;
  /** Call it before the first navigation. The lists stay empty where the driver has no access to the console. */
  watch(page: Page): Watch;
  /**
   * Stops all script of a tab, as browsers do with background tabs. Until it is resumed, no call to the page returns.
   *
   * @returns resumes the script
   */
  freeze(page: Page): Promise<() => Promise<void>>;
  /** As if a person had allowed sites to use their cookies in frames of other sites. Until the browser is closed. */
  grantStorageAccess(): Promise<void>;
  /** From now on, a person accepts every account dialog of FedCM in this tab. Returns how many there were. */
  acceptFedCm(page: Page): Promise<() => number>;
  /** Measures the page after a garbage collection. */
  measureMemory(page: Page): Promise<MemoryUse>;
  close(): Promise<void>;
}

export interface MemoryUse {
  /** Size of the script heap, in bytes. */
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
  /** Of the page and its frames. */
  readonly documents: number;
}

export interface BrowserOptions {
  thirdPartyCookies: ThirdPartyCookies;
  /** `block`: the engine's own popup blocker is on. Default: `allow`. */
  popups?: 'allow' | 'block';
}

/** What not every driver can do. */
export type Ability = 'freeze' | 'heap' | 'back-forward-cache' | 'popup-blocker' | 'storage-access' | 'fedcm';

export type ThirdPartyCookies = 'allow' | 'block';
