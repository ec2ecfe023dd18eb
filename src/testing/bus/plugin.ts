import type { Bus } from './bus.js';
import { reasonOf } from './command-rejection.js';
import type { CommandHandler, Subscriber } from './events-and-commands.js';

/** The object that `Genesys('registerPlugin', name, callback)` passes to its callback. */
export interface Plugin {
  /** Settles when the command's handler settles it, which may be never. */
  command(name: string, options?: unknown): Promise<unknown>;
  /** @param name without the plugin's own prefix */
  registerCommand(name: string, handler: CommandHandler): void;
  /** @returns the event's name, or `false` for an invalid name or callback */
  subscribe(event: string, callback: Subscriber): string | false;
  /** Removes all of this plugin's callbacks for the event. @returns whether there were any */
  unsubscribe(event: string): boolean;
  /** Notifies current subscribers. */
  publish(event: string, data?: unknown): void;
  /** Notifies current subscribers, and every later one when it subscribes. */
  republish(event: string, data?: unknown): void;
  /** Republishes `ready`: the last step of a plugin's setup. */
  ready(): void;
  /**
   * Reads a key of the data model that all plugins share, or writes it when a value is passed. A key without a plugin
   * name (`settings`) belongs to this plugin.
   */
  data(key: string, value?: unknown): unknown;
}

export function createPlugin(bus: Bus, name: string): Plugin {
  const qualified = (key: string): string => (key.includes('.') ? key : `${name}.${key}`);
  return {
    command: (command, options) => bus.command(name, command, options),
    registerCommand: (command, handler) => bus.registerCommand(`${name}.${command}`, handler),
    subscribe(event, callback) {
      if (typeof event !== 'string' || typeof callback !== 'function') return false;
      bus.subscribe(name, event, callback);
      return event;
    },
    unsubscribe: (event) => bus.unsubscribe(name, event),
    publish: (event, data) => bus.publish(name, event, data),
    republish: (event, data) => bus.republish(name, event, data),
    ready: () => bus.republish(name, 'ready'),
    data(key, value) {
      if (value !== undefined) bus.write(qualified(key), value);
      return bus.read(qualified(key));
    },
  };
}

/** Creates one of Messenger's own plugins. Logs a warning, as Genesys does, if the page has taken the name. */
export function registerBuiltInPlugin(bus: Bus, name: string): Plugin {
  bus.claim(name);
  return createPlugin(bus, name);
}

/** Registers a command whose handler resolves with the return value of `run` and rejects with what it throws. */
export function provideCommand(plugin: Plugin, name: string, run: (data: Record<string, unknown>) => unknown): void {
  plugin.registerCommand(name, (call) => {
    const data = typeof call.data === 'object' && call.data !== null ? (call.data as Record<string, unknown>) : {};
    new Promise((resolve) => resolve(run(data))).then(call.resolve, (error) => call.reject(reasonOf(error)));
  });
}
