import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { chromiumArgs, freshProfile, provideChromium } from '../../../scripts/engines/chromium.mjs';
import type { Devtools } from '../devtools.js';

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly error?: { readonly message: string };
  readonly result?: unknown;
}

interface Session extends Devtools {
  /** Parameters of the next event of this name. */
  once(event: string): Promise<unknown>;
}

/** A tab in a browser context of its own. */
export interface Tab extends Session {
  /** Settles when the page has fired `load`. */
  goto(url: string): Promise<void>;
  close(): Promise<void>;
}

export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly url: string;
}

export interface Chromium extends Session {
  readonly version: string;
  openTab(cookies: readonly Cookie[]): Promise<Tab>;
  close(): Promise<void>;
}

/**
 * Chromium over the DevTools protocol alone. Playwright puts a script world of its own into every page and every frame,
 * which takes longer than much of what is measured here.
 *
 * https://chromedevtools.github.io/devtools-protocol/
 */
export async function launchChromium(): Promise<Chromium> {
  const args = [...chromiumArgs, '--headless', '--remote-debugging-pipe', `--user-data-dir=${freshProfile('allow')}`];
  const browser = spawn(provideChromium(), args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => browser.once('exit', () => resolve()));
  const [, , , input, output] = browser.stdio as unknown as [null, null, null, Writable, Readable];
  const answers = new Map<number, (message: Message) => void>();
  const events = new Map<string, (params: unknown) => void>();
  let lastId = 0;
  let begun = '';

  output.setEncoding('utf8').on('data', (chunk: string) => {
    const messages = (begun + chunk).split('\0');
    begun = messages.pop() ?? '';
    for (const message of messages) receive(JSON.parse(message) as Message);
  });

  function receive(message: Message): void {
    const { id = 0, sessionId, method, params } = message;
    const event = `${sessionId} ${method}`;
    answers.get(id)?.(message);
    answers.delete(id);
    events.get(event)?.(params);
    events.delete(event);
  }

  // Otherwise who waits for an answer waits for ever.
  void ended.then(() => {
    for (const answer of answers.values()) answer({ error: { message: 'Chromium has ended.' } });
  });

  const call = (method: string, params: unknown, sessionId: string | undefined): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      answers.set(id, ({ error, result }) => (error ? reject(new Error(error.message)) : resolve(result)));
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });

  const session = (sessionId?: string): Session => ({
    send: (method, params) => call(method, params, sessionId) as ReturnType<Devtools['send']> as Promise<never>,
    once: (event) => new Promise((resolve) => events.set(`${sessionId} ${event}`, resolve)),
  });

  const whole = session();
  const { product } = await whole.send('Browser.getVersion');
  return {
    ...whole,
    version: product.replace(/^.*\//, ''),
    async openTab(cookies) {
      const { browserContextId } = await whole.send('Target.createBrowserContext');
      await whole.send('Storage.setCookies', { cookies: [...cookies], browserContextId });
      const { targetId } = await whole.send('Target.createTarget', { url: 'about:blank', browserContextId });
      const { sessionId } = await whole.send('Target.attachToTarget', { targetId, flatten: true });
      const tab = session(sessionId);
      await tab.send('Page.enable');
      return {
        ...tab,
        async goto(url) {
          const loaded = tab.once('Page.loadEventFired');
          await tab.send('Page.navigate', { url });
          await loaded;
        },
        async close() {
          await whole.send('Target.disposeBrowserContext', { browserContextId });
        },
      };
    },
    async close() {
      await whole.send('Browser.close');
      await ended;
    },
  };
}
