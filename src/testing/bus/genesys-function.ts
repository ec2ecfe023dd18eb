import type { Journal } from '../journal.js';
import type { BrowserSwitches } from '../switches.js';
import type { Bus } from './bus.js';
import type { Subscriber } from './events-and-commands.js';
import { createPlugin } from './plugin.js';
import type { Plugin } from './plugin.js';

/** The publisher and caller name of the page itself on the bus. */
const pageName = 'Global';

/**
 * The function that replaces `window.Genesys`. It queues calls until the deployment's configuration is loaded. If that
 * never happens, the calls never run.
 */
export class GenesysFunction {
  /** The global function. Returns nothing, whatever the action. */
  readonly call: (...call: unknown[]) => void;
  readonly #bus: Bus;
  readonly #journal: Journal;
  readonly #switches: BrowserSwitches;
  #queue: unknown[][] | undefined = [];

  constructor(bus: Bus, journal: Journal, switches: BrowserSwitches) {
    this.#bus = bus;
    this.#journal = journal;
    this.#switches = switches;
    this.call = (...call) => {
      if (this.#queue) this.#queue.push(call);
      else this.#run(call);
    };
  }

  /** Runs the calls of the snippet's queue, then its own; later calls run at once. */
  runQueue(snippetQueue: Iterable<ArrayLike<unknown>>): void {
    const calls = [...[...snippetQueue].map((call) => Array.from(call)), ...(this.#queue ?? [])];
    this.#queue = undefined;
    for (const call of calls) {
      try {
        this.#run(call);
      } catch (error) {
        // A call that throws must not prevent the calls after it.
        reportError(error);
      }
    }
  }

  #run([action, name, ...rest]: unknown[]): void {
    if (action === 'command') this.#command(String(name), rest);
    else if (action === 'subscribe') this.#bus.subscribe(pageName, String(name), rest[0] as Subscriber);
    else if (action === 'registerPlugin') this.#registerPlugin(String(name), rest[0]);
    else this.#journal.record({ plugin: 'GenesysJS', command: String(action), outcome: 'unknown-action' });
  }

  /** @param rest options, which may be omitted, then a callback for success and one for failure */
  #command(name: string, rest: unknown[]): void {
    const callbacks = typeof rest[0] === 'function' ? rest : rest.slice(1);
    const options = typeof rest[0] === 'function' ? undefined : rest[0];
    const queued = (callback: unknown) => (value: unknown) => {
      if (typeof callback === 'function') this.#bus.callbacks.add(() => (callback as (value: unknown) => void)(value));
    };
    this.#bus.command(pageName, name, options).then(queued(callbacks[0]), queued(callbacks[1]));
  }

  #registerPlugin(name: string, callback: unknown): void {
    const register = callback as ((plugin: Plugin | undefined) => void) | undefined;
    if (this.#bus.claim(name)) this.#bus.callbacks.add(() => register?.(createPlugin(this.#bus, name)));
    else if (this.#switches.takenName === 'callback') this.#bus.callbacks.add(() => register?.(undefined));
  }
}
