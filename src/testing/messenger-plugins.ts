import { provideCommand } from './bus/plugin.js';
import type { Plugin } from './bus/plugin.js';
import { Refusal } from './bus/refusal.js';
import { Listeners } from './listeners.js';
import type { Messaging } from './messaging/messaging-plugin.js';
import type { SessionStore } from './messaging/session-store.js';
import type { Runtime } from './runtime.js';
import { registerOwnPlugin } from './runtime.js';

/** The `Messenger` plugin: the window, opened and closed by page and person alike. */
export class MessengerWindow {
  readonly changes = new Listeners();
  isOpen = false;
  /** After `Messenger.clear` nothing works until the page is loaded again. */
  cleared = false;
  readonly #runtime: Runtime;
  readonly #plugin: Plugin;
  readonly #messaging: Messaging;
  readonly #store: SessionStore;

  constructor(runtime: Runtime, messaging: Messaging, store: SessionStore) {
    this.#runtime = runtime;
    this.#messaging = messaging;
    this.#store = store;
    this.#plugin = registerOwnPlugin(runtime.bus, 'Messenger');
    provideCommand(this.#plugin, 'open', () => this.open());
    provideCommand(this.#plugin, 'openConversation', () => this.open());
    provideCommand(this.#plugin, 'close', () => this.close());
    provideCommand(this.#plugin, 'toggle', () => (this.isOpen ? this.close() : this.open()));
    provideCommand(this.#plugin, 'clear', () => this.clear());
  }

  /** @throws Refusal in headless mode, after `clear`, and when it is open. */
  open(): void {
    if (this.#runtime.config.headlessMode?.enabled) throw new Refusal('Messenger cannot be opened in headless mode.');
    if (this.cleared) throw new Refusal('Messenger was cleared.');
    if (this.isOpen) throw new Refusal('Messenger is already opened.');
    this.#set(true);
    this.#messaging.open();
    this.#plugin.publish('opened');
  }

  /** @throws Refusal when it is closed. */
  close(): void {
    if (!this.isOpen) throw new Refusal('Messenger is already closed.');
    this.#set(false);
    this.#plugin.publish('closed');
  }

  /** Removes everything that Messenger stored for this deployment. */
  clear(): void {
    const prefix = `_${this.#runtime.deploymentId}:`;
    this.cleared = true;
    this.#messaging.session.end();
    for (const storage of [this.#runtime.storage, this.#runtime.tabStorage]) {
      for (const key of Object.keys(storage ?? {})) if (key.startsWith(prefix)) storage?.removeItem(key);
    }
    this.isOpen = false;
    this.changes.notify();
    this.#plugin.publish('cleared');
  }

  /** A window that was open before a reload opens again. */
  start(): void {
    this.#plugin.ready();
    if (this.#store.windowOpen && !this.#runtime.config.headlessMode?.enabled) this.open();
  }

  #set(open: boolean): void {
    this.isOpen = open;
    this.#store.windowOpen = open;
    this.changes.notify();
  }
}

/** The `Launcher` plugin: whether the round button is there. */
export class Launcher {
  readonly changes = new Listeners();
  visible = true;

  constructor(runtime: Runtime) {
    const plugin = registerOwnPlugin(runtime.bus, 'Launcher');
    const set = (visible: boolean): void => {
      this.visible = visible;
      this.changes.notify();
      plugin.publish(visible ? 'visible' : 'hidden');
    };
    provideCommand(plugin, 'show', () => set(true));
    provideCommand(plugin, 'hide', () => set(false));
    plugin.ready();
  }
}

/** The `Database` plugin: what rides on the next message, by section (`messaging.customAttributes`). */
export function startDatabasePlugin(runtime: Runtime): void {
  const plugin = registerOwnPlugin(runtime.bus, 'Database');
  const read = (): Record<string, unknown> => (plugin.data('Database.messaging') ?? {}) as Record<string, unknown>;
  const write = (data: unknown): void => {
    const messaging = (data as { messaging?: unknown }).messaging;
    if (typeof messaging !== 'object' || messaging === null) throw new Refusal('Missing "messaging".');
    plugin.data('Database.messaging', messaging);
    plugin.publish('updated', { messaging });
  };
  provideCommand(plugin, 'set', write);
  provideCommand(plugin, 'update', ({ messaging }) => {
    const { customAttributes } = read();
    const added = (messaging ?? {}) as { customAttributes?: object };
    write({ messaging: { ...added, customAttributes: { ...(customAttributes ?? {}), ...added.customAttributes } } });
  });
  provideCommand(plugin, 'get', () => ({ messaging: read() }));
  provideCommand(plugin, 'remove', () => plugin.data('Database.messaging', {}));
  plugin.ready();
}
