import type { Journal } from '../journal.js';
import type { BrowserSwitches } from '../switches.js';
import type { Bus } from './bus.js';
import type { Subscriber } from './envelope.js';
import { createPlugin } from './plugin.js';
import type { Plugin } from './plugin.js';

/** The function that pages call; nothing is returned, whatever the action. */
export type GenesysFunction = (...call: unknown[]) => void;

/** Name under which calls of the page itself appear on the bus. */
const pageCaller = 'Global';

/**
 * The new `window.Genesys`: keeps calls until the deployment's configuration is there, then runs
 * first those of the snippet's queue, then its own, in order. Without a drain they wait for ever.
 */
export class Dispatcher {
  readonly genesys: GenesysFunction;
  readonly #bus: Bus;
  readonly #journal: Journal;
  readonly #switches: BrowserSwitches;
  #waiting: unknown[][] | undefined = [];

  constructor(bus: Bus, journal: Journal, switches: BrowserSwitches) {
    this.#bus = bus;
    this.#journal = journal;
    this.#switches = switches;
    this.genesys = (...call) => {
      if (this.#waiting) this.#waiting.push(call);
      else this.#run(call);
    };
  }

  drain(snippetQueue: Iterable<ArrayLike<unknown>>): void {
    const calls = [...[...snippetQueue].map((call) => Array.from(call)), ...(this.#waiting ?? [])];
    this.#waiting = undefined;
    for (const call of calls) {
      try {
        this.#run(call);
      } catch (error) {
        // One faulty call of a page must not keep the calls behind it from running.
        reportError(error);
      }
    }
  }

  #run([action, name, ...rest]: unknown[]): void {
    if (action === 'command') this.#command(String(name), rest);
    else if (action === 'subscribe') this.#bus.subscribe(pageCaller, String(name), rest[0] as Subscriber);
    else if (action === 'registerPlugin') this.#registerPlugin(String(name), rest[0]);
    else this.#journal.record({ plugin: 'GenesysJS', command: String(action), outcome: 'unknown-action' });
  }

  #command(name: string, rest: unknown[]): void {
    const callbacks = typeof rest[0] === 'function' ? rest : rest.slice(1);
    const options = typeof rest[0] === 'function' ? undefined : rest[0];
    const later = (callback: unknown) => (value: unknown) => {
      if (typeof callback === 'function') this.#bus.callbacks.add(() => (callback as (value: unknown) => void)(value));
    };
    this.#bus.command(pageCaller, name, options).then(later(callbacks[0]), later(callbacks[1]));
  }

  #registerPlugin(name: string, callback: unknown): void {
    const register = callback as ((plugin: Plugin | undefined) => void) | undefined;
    if (this.#bus.claim(name)) this.#bus.callbacks.add(() => register?.(createPlugin(this.#bus, name)));
    else if (this.#switches.takenName === 'callback') this.#bus.callbacks.add(() => register?.(undefined));
  }
}
