import type { Journal } from '../journal.js';
import type { BrowserSwitches } from '../switches.js';
import { CallbackQueue } from './callback-queue.js';
import type { CommandHandler, Subscriber } from './events-and-commands.js';

interface Subscription {
  owner: string;
  callback: Subscriber;
}

/** A republished event. */
interface Stored {
  publisher: string;
  data: unknown;
}

/** CXBus: the events, commands and data model that all plugins of a window share. */
export class Bus {
  readonly callbacks = new CallbackQueue();
  readonly #plugins = new Set<string>();
  readonly #subscriptions = new Map<string, Subscription[]>();
  readonly #stored = new Map<string, Stored>();
  readonly #commands = new Map<string, CommandHandler>();
  readonly #model = new Map<string, unknown>();
  readonly #journal: Journal;
  readonly #switches: BrowserSwitches;

  constructor(journal: Journal, switches: BrowserSwitches) {
    this.#journal = journal;
    this.#switches = switches;
  }

  /** Reserves a plugin name. @returns `false` when it is taken */
  claim(name: string): boolean {
    if (this.#plugins.has(name)) {
      this.#journal.record({ plugin: name, outcome: 'name-taken' });
      this.#journal.warn(`Can't register plugin ${name} -- Name is already taken`);
      return false;
    }
    this.#plugins.add(name);
    return true;
  }

  /** The plugin that publishes the event need not exist yet. A republished event is replayed, however old it is. */
  subscribe(owner: string, event: string, callback: Subscriber): void {
    const list = this.#subscriptions.get(event) ?? [];
    list.push({ owner, callback });
    this.#subscriptions.set(event, list);
    this.#journal.debug(`${owner} subscribed to ${event}`);
    const stored = this.#stored.get(event);
    if (stored) this.callbacks.add(() => callback({ time: Date.now(), event, ...stored }));
  }

  /** Removes all callbacks of one plugin for the event. @returns whether there were any */
  unsubscribe(owner: string, event: string): boolean {
    const before = this.#subscriptions.get(event) ?? [];
    const after = before.filter((subscription) => subscription.owner !== owner);
    this.#subscriptions.set(event, after);
    return after.length < before.length;
  }

  publish(publisher: string, eventName: string, data: unknown = {}): void {
    this.#deliver(publisher, eventName, data, 'published');
  }

  /** Publishes the event, and stores it for later subscribers. */
  republish(publisher: string, eventName: string, data: unknown = {}): void {
    this.#stored.set(`${publisher}.${eventName}`, { publisher, data });
    this.#deliver(publisher, eventName, data, 'republished');
  }

  wasRepublished(event: string): boolean {
    return this.#stored.has(event);
  }

  hasCommand(name: string): boolean {
    return this.#commands.has(name);
  }

  registerCommand(name: string, handler: CommandHandler): void {
    this.#commands.set(name, handler);
  }

  /** Settles when the handler settles the call, which may be never. The journal records a handler that settles twice. */
  command(caller: string, name: string, data?: unknown): Promise<unknown> {
    const [plugin = name, command = ''] = name.split('.');
    const record = (outcome: string): void => this.#journal.record({ plugin, command, outcome });
    const handler = this.#commands.get(name);
    return new Promise((resolve, reject) => {
      if (this.#switches.hangingCommands.includes(name)) return record('never-settles');
      if (!handler) {
        record('unknown-command');
        return reject(new Error(`Command ${name} is not registered`));
      }
      record('called');
      let settled = false;
      const settle =
        (outcome: string, settlePromise: (value: unknown) => void) =>
        (value?: unknown): void => {
          record(settled ? 'double-settle' : outcome);
          if (!settled) settlePromise(value);
          settled = true;
        };
      handler({
        data,
        commandName: name,
        caller,
        time: Date.now(),
        resolve: settle('resolved', resolve),
        reject: settle('rejected', reject),
      });
    });
  }

  read(key: string): unknown {
    return this.#model.get(key);
  }

  write(key: string, value: unknown): void {
    this.#model.set(key, value);
  }

  #deliver(publisher: string, eventName: string, data: unknown, outcome: string): void {
    const event = `${publisher}.${eventName}`;
    this.#journal.record({ plugin: publisher, event: eventName, outcome });
    this.#journal.debug(`${event} ${outcome}`, data);
    for (const { callback } of this.#subscriptions.get(event) ?? []) {
      this.callbacks.add(() => callback({ time: Date.now(), publisher, event, eventName, data }));
    }
  }
}
