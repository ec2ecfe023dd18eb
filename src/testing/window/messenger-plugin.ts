import { CommandRejection } from '../bus/command-rejection.js';
import type { Plugin } from '../bus/plugin.js';
import { provideCommand, registerBuiltInPlugin } from '../bus/plugin.js';
import { Listeners } from '../listeners.js';
import type { Messaging } from '../messaging/messaging-plugin.js';
import type { SessionStore } from '../messaging/session-store.js';
import type { Runtime } from '../runtime.js';

/** The `Messenger` plugin: opens, closes and clears the window, for the page and for the person. */
export class MessengerWindow {
  readonly changes = new Listeners();
  isOpen = false;
  /** After `Messenger.clear`, nothing works until the page is reloaded. */
  cleared = false;
  readonly #runtime: Runtime;
  readonly #plugin: Plugin;
  readonly #messaging: Messaging;
  readonly #store: SessionStore;

  constructor(runtime: Runtime, messaging: Messaging, store: SessionStore) {
    this.#runtime = runtime;
    this.#messaging = messaging;
    this.#store = store;
    this.#plugin = registerBuiltInPlugin(runtime.bus, 'Messenger');
    provideCommand(this.#plugin, 'open', () => this.open());
    provideCommand(this.#plugin, 'openConversation', () => this.open());
    provideCommand(this.#plugin, 'close', () => this.close());
    provideCommand(this.#plugin, 'toggle', () => (this.isOpen ? this.close() : this.open()));
    provideCommand(this.#plugin, 'clear', () => this.clear());
  }

  /** @throws {CommandRejection} in headless mode, after `clear`, and while it is open */
  open(): void {
    if (this.#runtime.config.headlessMode?.enabled) {
      throw new CommandRejection('Messenger cannot be opened in headless mode.');
    }
    if (this.cleared) throw new CommandRejection('Messenger was cleared.');
    if (this.isOpen) throw new CommandRejection('Messenger is already opened.');
    this.#set(true);
    this.#messaging.open();
    this.#plugin.publish('opened');
  }

  /** @throws {CommandRejection} while it is closed */
  close(): void {
    if (!this.isOpen) throw new CommandRejection('Messenger is already closed.');
    this.#set(false);
    this.#plugin.publish('closed');
  }

  /** Removes all that Messenger stored for this deployment. */
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

  /** Opens the window again if it was open before a reload. */
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
