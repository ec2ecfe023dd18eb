import { writeFile } from 'node:fs/promises';
import type { Locator, Page, Role } from './driver.js';
import { find } from './find.js';
import { poll } from './poll.js';
import { unlessGone } from './webdriver-context.js';
import type { WebDriverContext } from './webdriver-context.js';
import { WebDriverLocator } from './webdriver-locator.js';

/** What a script in the page left: its value, or the number under which the page keeps a promise. */
interface Left<R> {
  value?: R;
  pending?: number;
  error?: string;
}

/** What scripts find in the page: compiled functions name a helper of esbuild's that keeps their names. */
const prelude = `const __name = (work) => work; const find = ${String(find)};
  const kept = (globalThis.__kept ??= []);`;

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
    await this.#look();
  }

  async reload(): Promise<void> {
    await this.command('POST', '/refresh');
    await this.#look();
  }

  async goBack(): Promise<void> {
    await this.command('POST', '/back');
    await this.#look();
  }

  async close(): Promise<void> {
    await this.command('DELETE', '/window').catch(unlessGone);
  }

  /** As it was after the last call that waited for something. */
  url(): string {
    return this.#url;
  }

  content(): Promise<string> {
    return this.command('GET', '/source');
  }

  /** Promises are pluginCalled for again and again: one command that waits would keep all others waiting. */
  async evaluate<A, R>(work: (argument: A) => R | Promise<R>, argument?: A): Promise<R> {
    return this.run<R>(`return (${String(work)})(given)`, argument);
  }

  /** Runs the body of a function in which `given` is the argument and `find` finds elements. */
  async run<R>(body: string, argument?: unknown): Promise<R> {
    const script = `${prelude}
      const result = ((given) => { ${body} })(arguments[0]);
      if (typeof result?.then !== 'function') return { value: result };
      const left = {};
      result.then((value) => Object.assign(left, { done: true, value }), (error) => Object.assign(left, { done: true, error: String(error) }));
      return { pending: kept.push(left) - 1 };`;
    const { value, pending } = await this.#execute<R>(script, argument);
    await this.#look();
    if (pending === undefined) return value as R;
    const settled = await poll('end of a promise in the page', () =>
      this.#execute<R>(
        `return globalThis.__kept[arguments[0]].done ? globalThis.__kept[arguments[0]] : {}`,
        pending,
      ).then((left) => ('done' in left ? left : undefined)),
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
    await poll(`true answer of ${String(work)}`, () => this.run<boolean>(script, argument), options.timeout);
  }

  async waitForURL(url: string): Promise<void> {
    await poll(`visit of ${url}`, async () => (await this.#look()) === url);
  }

  waitForEvent(event: 'popup'): Promise<Page>;
  waitForEvent(event: 'close'): Promise<unknown>;
  waitForEvent(event: 'popup' | 'close'): Promise<unknown> {
    if (event === 'popup') return this.#context.waitForEvent('page');
    return poll('end of the window', async () => !(await this.#context.handles()).includes(this.#handle));
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

  #execute<R>(script: string, argument: unknown): Promise<Left<R>> {
    return this.command('POST', '/execute/sync', { script, args: [argument ?? null] });
  }

  async #look(): Promise<string> {
    return (this.#url = await this.command<string>('GET', '/url'));
  }
}
