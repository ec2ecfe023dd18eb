import type { Bus } from './bus/bus.js';
import { createPlugin } from './bus/plugin.js';
import type { Plugin } from './bus/plugin.js';
import type { DeploymentConfig } from './deployment-config.js';
import type { Timing, Transport } from './environment.js';
import type { Journal } from './journal.js';
import type { BrowserSwitches } from './switches.js';

/** What every plugin of the stand-in stands on, once the configuration is there. */
export interface Runtime {
  readonly bus: Bus;
  readonly journal: Journal;
  readonly switches: BrowserSwitches;
  readonly config: DeploymentConfig;
  readonly deploymentId: string;
  readonly apiOrigin: string;
  readonly socketOrigin: string;
  readonly transport: Transport;
  readonly storage: Storage;
  /** Of this tab only; `undefined` where the browser blocks it. */
  readonly tabStorage: Storage | undefined;
  readonly timing: Timing;
  /** Aborted when the stand-in is stopped. */
  readonly stopped: AbortSignal;
}

/** One of Messenger's own plugins; a page that took the name before gets an error as with Genesys. */
export function registerOwnPlugin(bus: Bus, name: string): Plugin {
  bus.claim(name);
  return createPlugin(bus, name);
}

/** A timer that dies with the stand-in. */
export function after(runtime: Pick<Runtime, 'stopped'>, milliseconds: number, act: () => void): () => void {
  if (runtime.stopped.aborted) return () => undefined;
  const timer = setTimeout(() => {
    runtime.stopped.removeEventListener('abort', cancel);
    act();
  }, milliseconds);
  const cancel = (): void => {
    runtime.stopped.removeEventListener('abort', cancel);
    clearTimeout(timer);
  };
  runtime.stopped.addEventListener('abort', cancel);
  return cancel;
}
