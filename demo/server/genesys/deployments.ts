import {
  browserDefaults,
  serverDefaults,
  type BrowserSwitches,
  type ServerSwitches,
} from '../../../src/testing/switches.js';
import { Conversations } from './conversations.js';
import { HistoryTokens } from './history-tokens.js';
import { Journal } from './journal.js';
import { Logins } from './logins.js';
import type { IntegrationIssuer } from './provider-link.js';

/** A connection, as the deployment uses it. */
export interface DeploymentConnection {
  readonly sub: string | undefined;
  /** Closes the socket without a close frame. */
  cut(): void;
  /** Sends a LogoutEvent. The socket must be configured again before it can send messages. */
  signOut(): void;
  /** Applies the switch `socketSeconds`. */
  limitLifetime(): void;
}

export interface DeploymentSettings {
  server: ServerSwitches;
  browser: BrowserSwitches;
  /** The provider that the deployment's integration accepts. */
  integration: { issuer: IntegrationIssuer };
  /** `false`: the rate limits are off. */
  rateLimits: boolean;
}

/** A Messenger deployment with all its state. */
export class Deployment {
  readonly id: string;
  readonly connections = new Set<DeploymentConnection>();
  settings: DeploymentSettings;
  journal = new Journal();
  logins: Logins;
  conversations = new Conversations();
  readonly historyTokens = new HistoryTokens();
  readonly seenCodes = new Set<string>();
  readonly #initial: DeploymentSettings;

  constructor(id: string, initial: DeploymentSettings) {
    this.id = id;
    this.#initial = initial;
    this.settings = structuredClone(initial);
    this.logins = this.#newLogins();
  }

  change(patch: Partial<DeploymentSettings>): void {
    this.settings = { ...this.settings, ...patch };
    for (const connection of this.connections) connection.limitLifetime();
  }

  /** Ends the logins of a person, or of everybody, and sends LogoutEvent to their connections. */
  signOut(sub?: string): void {
    this.logins.end(sub);
    for (const connection of this.connections) {
      if (connection.sub !== undefined && (sub === undefined || connection.sub === sub)) connection.signOut();
    }
  }

  cutConnections(): void {
    for (const connection of [...this.connections]) connection.cut();
  }

  /** Restores the initial state. */
  reset(): void {
    this.cutConnections();
    this.settings = structuredClone(this.#initial);
    this.journal = new Journal();
    this.logins = this.#newLogins();
    this.conversations = new Conversations();
    this.seenCodes.clear();
  }

  #newLogins(): Logins {
    return new Logins(this.id, () => this.settings.server);
  }
}

export class Deployments {
  readonly #byId = new Map<string, Deployment>();
  readonly #initial: DeploymentSettings;

  constructor(server: Partial<ServerSwitches> = {}, browser: Partial<BrowserSwitches> = {}) {
    this.#initial = {
      server: { ...serverDefaults, ...server },
      browser: { ...browserDefaults, ...browser },
      integration: { issuer: 'any' },
      rateLimits: true,
    };
  }

  find(id: unknown): Deployment | undefined {
    return typeof id === 'string' ? this.#byId.get(id.toLowerCase()) : undefined;
  }

  findOrCreate(id: string): Deployment {
    const known = this.find(id);
    if (known) return known;
    const created = new Deployment(id.toLowerCase(), this.#initial);
    this.#byId.set(created.id, created);
    return created;
  }

  all(): Deployment[] {
    return [...this.#byId.values()];
  }
}
