import type { Bus } from './bus.js';
import type { CommandHandler, Subscriber } from './envelope.js';
import { reasonOf } from './refusal.js';

/** What `Genesys('registerPlugin', name, callback)` hands to its callback. */
export interface Plugin {
  /** Settles as the command's owner settles it, which may be never. */
  command(name: string, options?: unknown): Promise<unknown>;
  /** `name` without the plugin's own prefix. */
  registerCommand(name: string, handler: CommandHandler): void;
  /** The event's name, or `false` when name or callback are unusable. */
  subscribe(event: string, callback: Subscriber): string | false;
  /** Removes all callbacks that this plugin has on the event. */
  unsubscribe(event: string): boolean;
  /** To current subscribers only. */
  publish(event: string, data?: unknown): void;
  /** To current subscribers, and to every later one at once. */
  republish(event: string, data?: unknown): void;
  /** Republishes `ready`; the last step of a plugin's set-up. */
  ready(): void;
  /** Reads a key of the shared data model (`Auth.authenticated`), or writes one; a short name is the plugin's own. */
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

/** A command of Messenger's own plugins: what the function returns or throws settles the call. */
export function provideCommand(plugin: Plugin, name: string, act: (data: Record<string, unknown>) => unknown): void {
  plugin.registerCommand(name, (call) => {
    const data = typeof call.data === 'object' && call.data !== null ? (call.data as Record<string, unknown>) : {};
    new Promise((resolve) => resolve(act(data))).then(call.resolve, (error) => call.reject(reasonOf(error)));
  });
}
