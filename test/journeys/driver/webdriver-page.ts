import { writeFile } from 'node:fs/promises';
import type { Locator, Page, Role } from './driver.js';
import { find } from './find.js';
import { poll } from './poll.js';
import { unlessGone } from './webdriver-context.js';
import type { WebDriverContext } from './webdriver-context.js';
import { WebDriverLocator } from './webdriver-locator.js';

/** Result of a script in the page: its value, or the index of a promise that the page stores. */
interface ScriptResult<R> {
  value?: R;
  pending?: number;
  error?: string;
}

/** Definitions for scripts in the page. esbuild adds calls of `__name` to compiled functions. */
const prelude = `const __name = (work) => work; const find = ${String(find)};
  const promises = (globalThis.__promises ??= []);`;

/** One window of a WebDriver session. */
export class WebDriverPage implements Page {
  readonly #context: WebDriverContext;
  readonly #handle: string;
  #url = 'about:blank';

  constructor(context: WebDriverContext, handle: string) {
    this.#context = context;
    this.#handle = handle;
  }

  command<T = unknown>(...command: Parameters<WebDriverContext['command']> extends [string, ...infer C] ? C : never) {
    return this.#context.command<T>(this.#handle, ...command);
  }

  async goto(url: string): Promise<void> {
    await this.command('POST', '/url', { url });
    await this.#updateUrl();
  }

  async reload(): Promise<void> {
    await this.command('POST', '/refresh');
    await this.#updateUrl();
  }

  async goBack(): Promise<void> {
    await this.command('POST', '/back');
    await this.#updateUrl();
  }

  async close(): Promise<void> {
    await this.command('DELETE', '/window').catch(unlessGone);
  }

  /** The address after the latest call. */
  url(): string {
    return this.#url;
  }

  content(): Promise<string> {
    return this.command('GET', '/source');
  }

  /** Polls promises: a command that waits for one would block all other commands. */
  async evaluate<A, R>(work: (argument: A) => R | Promise<R>, argument?: A): Promise<R> {
    return this.run<R>(`return (${String(work)})(given)`, argument);
  }

  /** Runs the body of a function in which `given` is the argument and `find` finds elements. */
  async run<R>(body: string, argument?: unknown): Promise<R> {
    const script = `${prelude}
      const value = ((given) => { ${body} })(arguments[0]);
      if (typeof value?.then !== 'function') return { value };
      const result = {};
      value.then((value) => Object.assign(result, { done: true, value }), (error) => Object.assign(result, { done: true, error: String(error) }));
      return { pending: promises.push(result) - 1 };`;
    const { value, pending } = await this.#execute<R>(script, argument);
    await this.#updateUrl();
    if (pending === undefined) return value as R;
    const settled = await poll('end of a promise in the page', () =>
      this.#execute<R>(
        `return globalThis.__promises[arguments[0]].done ? globalThis.__promises[arguments[0]] : {}`,
        pending,
      ).then((result) => ('done' in result ? result : undefined)),
    );
    if (settled.error) throw new Error(settled.error);
    return settled.value as R;
  }

  async waitForFunction<A>(
    work: (argument: A) => unknown,
    argument?: A,
    options: { timeout?: number } = {},
  ): Promise<void> {
    const script = `return Boolean((${String(work)})(given))`;
    await poll(`truthy result of ${String(work)}`, () => this.run<boolean>(script, argument), options.timeout);
  }

  async waitForURL(url: string): Promise<void> {
    await poll(`navigation to ${url}`, async () => (await this.#updateUrl()) === url);
  }

  waitForEvent(event: 'popup'): Promise<Page>;
  waitForEvent(event: 'close'): Promise<unknown>;
  waitForEvent(event: 'popup' | 'close'): Promise<unknown> {
    if (event === 'popup') return this.#context.waitForEvent('page');
    return poll('close of the window', async () => !(await this.#context.handles()).includes(this.#handle));
  }

  async screenshot({ path }: { path: string }): Promise<void> {
    await writeFile(path, Buffer.from(await this.command<string>('GET', '/screenshot'), 'base64'));
  }

  locator(selector: string): Locator {
    return new WebDriverLocator(this, []).locator(selector);
  }

  getByRole(role: Role, options?: { name?: string; exact?: boolean }): Locator {
    return new WebDriverLocator(this, []).getByRole(role, options);
  }

  getByLabel(text: string): Locator {
    return new WebDriverLocator(this, []).getByLabel(text);
  }

  getByText(text: string, options?: { exact?: boolean }): Locator {
    return new WebDriverLocator(this, []).getByText(text, options);
  }

  #execute<R>(script: string, argument: unknown): Promise<ScriptResult<R>> {
    return this.command('POST', '/execute/sync', { script, args: [argument ?? null] });
  }

  async #updateUrl(): Promise<string> {
    return (this.#url = await this.command<string>('GET', '/url'));
  }
}
