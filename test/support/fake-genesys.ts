/*
 * A window with only the members that src/genesys uses, and a small version of the vendor's bus. Callbacks of the bus wait
 * for `flush()`; the real bus calls them in the next task. Nothing is fetched.
 */

interface Registered {
  data?: unknown;
  resolve(value?: unknown): void;
  reject(reason?: unknown): void;
}

type Call = readonly unknown[];
type Callback = (value: unknown) => void;

/** How a plugin call was settled; more than one entry is a defect. */
export type Settled = Array<{ resolved: unknown } | { rejected: unknown }>;

export interface FakeWindowOptions {
  hostname?: string;
  onLine?: boolean;
  fetch?: typeof fetch;
  trustedTypes?: unknown;
}

export function fakeWindow({ hostname = 'shop.example', onLine = true, ...rest }: FakeWindowOptions = {}): Window {
  const document = window.document.implementation.createHTMLDocument();
  const notFetched = (): Promise<never> => Promise.reject(new Error('not expected'));
  return { document, location: { hostname }, navigator: { onLine }, fetch: notFetched, ...rest } as unknown as Window;
}

export const globals = (win: Window): Record<string, unknown> => win as unknown as Record<string, unknown>;

export const scriptOf = (win: Window): HTMLScriptElement | null => win.document.querySelector('script');

/** The bus that replaces the snippet's queue. */
export class FakeGenesys {
  readonly data = new Map<string, unknown>();
  /** Commands that the page sent; the test settles them. */
  readonly commands: Array<{ name: string; data: unknown; resolve: Callback; reject: Callback }> = [];
  readonly subscriptions: string[] = [];
  readonly published: Array<{ event: string; data: unknown }> = [];
  readonly registered = new Map<string, (call: Registered) => void>();
  /** One entry for each `ready` of AuthProvider: the commands that were registered then. */
  readonly readyWith: string[][] = [];
  /** The settings of AuthProvider when it was ready. */
  settings: unknown;
  #queued: Array<() => void> = [];
  readonly #stored = new Map<string, unknown>();
  readonly #callbacks = new Map<string, Callback[]>();
  readonly #win: Window;
  readonly #providerName: 'free' | 'taken' | 'taken-and-reported';

  constructor(win: Window, providerName: 'free' | 'taken' | 'taken-and-reported' = 'free') {
    this.#win = win;
    this.#providerName = providerName;
  }

  /** Runs the script: it replaces the queue and, once it has the configuration, runs the calls in it. */
  load({ drain = true } = {}): this {
    const name = (globals(this.#win)['_genesysJs'] as string | undefined) ?? 'Genesys';
    const queue = globals(this.#win)[name] as { q?: ArrayLike<unknown>[]; c?: unknown } | undefined;
    const calls = queue?.q ?? [];
    globals(this.#win)[name] = (...call: Call) => this.#run(call);
    scriptOf(this.#win)?.dispatchEvent(new Event('load'));
    if (drain) for (const call of calls) this.#run(Array.from(call));
    return this.flush();
  }

  /** Runs every queued callback, and those that they queue. */
  flush(): this {
    for (let due = this.#queued; due.length; due = this.#queued) {
      this.#queued = [];
      for (const run of due) run();
    }
    return this;
  }

  publish(event: string, data: unknown = {}): this {
    const [publisher, eventName] = event.split('.');
    for (const callback of this.#callbacks.get(event) ?? []) {
      this.#queued.push(() => callback({ time: 0, publisher, event, eventName, data }));
    }
    return this.flush();
  }

  /** Publishes, and replays to later subscribers, without `eventName`. */
  republish(event: string, data: unknown = {}): this {
    this.#stored.set(event, data);
    return this.publish(event, data);
  }

  configure(deploymentConfig: unknown = { status: 'Active', auth: { enabled: true } }, snippetConfig?: unknown): this {
    return this.republish('GenesysJS.configurationReceived', { deploymentConfig, snippetConfig });
  }

  /** Calls a command of AuthProvider as Messenger does. */
  call(name: string, data?: unknown): Settled {
    const settled: Settled = [];
    this.registered.get(name)?.({
      data,
      resolve: (resolved) => settled.push({ resolved }),
      reject: (rejected) => settled.push({ rejected }),
    });
    return settled;
  }

  #run([action, name, ...rest]: Call): void {
    if (action === 'subscribe') this.#subscribe(String(name), rest[0] as Callback);
    if (action === 'registerPlugin') this.#register(rest[0] as Callback);
    if (action === 'command') {
      const [data, resolve, reject] = rest as [unknown, Callback, Callback];
      this.commands.push({ name: String(name), data, resolve, reject });
    }
  }

  #subscribe(event: string, callback: Callback): void {
    this.subscriptions.push(event);
    this.#callbacks.set(event, [...(this.#callbacks.get(event) ?? []), callback]);
    if (this.#stored.has(event)) this.#queued.push(() => callback({ time: 0, event, data: this.#stored.get(event) }));
  }

  #register(callback: Callback): void {
    if (this.#providerName === 'taken') return;
    this.#queued.push(() => callback(this.#providerName === 'free' ? this.#plugin() : undefined));
  }

  #plugin(): unknown {
    return {
      registerCommand: (name: string, run: (call: Registered) => void) => this.registered.set(name, run),
      publish: (event: string, data: unknown) => this.published.push({ event, data }),
      ready: () => {
        this.settings = this.data.get('settings');
        this.readyWith.push([...this.registered.keys()]);
      },
      data: (key: string, value?: unknown) => {
        if (value !== undefined) this.data.set(key, value);
        return this.data.get(key);
      },
    };
  }
}
