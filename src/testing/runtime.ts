import type { Bus } from './bus/bus.js';
import type { DeploymentConfig } from './deployment-config.js';
import type { Journal } from './journal.js';
import type { BrowserSwitches } from './switches.js';
import type { Timing } from './timing.js';
import type { Transport } from './transport.js';

/** The services that every plugin of the stand-in shares; exists once the configuration is loaded. */
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
  /** Session storage; `undefined` where the browser blocks it. */
  readonly tabStorage: Storage | undefined;
  readonly timing: Timing;
  /** Aborted when the stand-in stops. */
  readonly stopped: AbortSignal;
}
