import { startAuthPlugin } from './auth/auth-plugin.js';
import { readClaims } from './auth/jwt.js';
import { Bus } from './bus/bus.js';
import { GenesysFunction } from './bus/genesys-function.js';
import { provideCommand, registerBuiltInPlugin } from './bus/plugin.js';
import type { Plugin } from './bus/plugin.js';
import { isDomainAllowed, loadDeploymentConfig, loadDomainRules } from './deployment-config.js';
import type { DeploymentConfig } from './deployment-config.js';
import { Journal } from './journal.js';
import type { JournalEntry } from './journal.js';
import { startDatabasePlugin } from './messaging/database-plugin.js';
import { Messaging } from './messaging/messaging-plugin.js';
import { SessionStore } from './messaging/session-store.js';
import type { Runtime } from './runtime.js';
import { globalNameOf, snippetQueue } from './snippet.js';
import type { SnippetConfig } from './snippet.js';
import { accessibleStorage } from './storage.js';
import { browserDefaults } from './switches.js';
import type { BrowserSwitches } from './switches.js';
import { timingDefaults } from './timing.js';
import type { Timing } from './timing.js';
import { browserTransport } from './transport.js';
import type { Transport } from './transport.js';
import { Launcher } from './window/launcher-plugin.js';
import { MessengerWindow } from './window/messenger-plugin.js';
import { mountWindow } from './window/mount-window.js';

export interface StandInOptions {
  /** The options of the Messenger snippet. */
  snippet: SnippetConfig;
  /** Origin that serves `domains.json` and `config.json`. Default: the origin of this page. */
  scriptOrigin?: string;
  /** Override `standIn` of `config.json`. Default: none. */
  switches?: Partial<BrowserSwitches>;
  /** Name of the global function. Default: `window._genesysJs`, else `Genesys`. */
  globalName?: string;
  /** Answers HTTP requests and WebSocket frames. Default: the browser's `fetch` and `WebSocket`. */
  transport?: Partial<Transport>;
  /** Default: {@link timingDefaults}. */
  timing?: Partial<Timing>;
}

/** `window.genesysStandIn`: lets a test see and change what is hidden from a page with the real Messenger. */
export interface StandIn {
  /** The current values. Change them with {@link set} or in place. */
  readonly switches: BrowserSwitches;
  /** Overrides `config.json` and the options, even if that file is not loaded yet. */
  set(switches: Partial<BrowserSwitches>): void;
  /** What happened, oldest first, without secrets; the last 2,000 entries. */
  readonly log: readonly JournalEntry[];
  /** Subject and times (seconds since the epoch) of Messenger's JWT; `undefined` while there is none. */
  jwt(): { exp: number | undefined; iat: number | undefined; sub: string | undefined } | undefined;
  /** Makes the stand-in's server refuse every JWT issued so far. @throws Error when the server cannot do it */
  expireJwt(): Promise<void>;
  /** Drops the socket, as Genesys' limit of 2 hours does. For `offlineMs` milliseconds no other can be opened. */
  cutSocket(offlineMs?: number): void;
  /** Resolves when the queued calls have run and the plugins are started; rejects when they cannot start. */
  readonly ready: Promise<void>;
  /** Removes the window and stops all activity. The global function stays. */
  stop(): void;
}

/** Does in this page what `genesys.min.js` does, without a script tag. */
export function startStandIn(options: StandInOptions): StandIn {
  const { snippet, scriptOrigin = location.origin } = options;
  const globals = window as unknown as Record<string, unknown>;
  const globalName = options.globalName ?? globalNameOf(globals);
  const stopping = new AbortController();
  const storage = accessibleStorage('localStorage');
  const switches: BrowserSwitches = { ...browserDefaults, ...options.switches };
  let overrides: Partial<BrowserSwitches> = { ...options.switches };
  const journal = new Journal(snippet.debug === true);
  const bus = new Bus(journal, switches);
  const genesys = new GenesysFunction(bus, journal, switches);
  const queue = snippetQueue(globals[globalName]);
  // A page may keep a reference to the snippet's function. Calls through it are lost, as with the real script.
  globals[globalName] = genesys.call;
  const genesysJs = registerBuiltInPlugin(bus, 'GenesysJS');
  let running: Running | undefined;

  async function start(): Promise<void> {
    const transport: Transport = { ...browserTransport, ...options.transport };
    const address = { scriptOrigin, deploymentId: snippet.deploymentId };
    if (!storage) throw new Error('Storage is blocked');
    if (!isDomainAllowed(location.hostname, await loadDomainRules(transport, address))) {
      genesysJs.republish('domainNotAllowed');
      throw new Error(`Domain ${location.hostname} is not allowed`);
    }
    const config = await loadDeploymentConfig(transport, address);
    if (stopping.signal.aborted) throw new Error('Stopped');
    Object.assign(switches, config.standIn, overrides);
    publishConfiguration(genesysJs, config, snippet);
    if (switches.queueStuck) throw new Error('The queue is stuck');
    genesys.runQueue(queue);
    running = startPlugins({
      bus,
      journal,
      switches,
      config,
      deploymentId: snippet.deploymentId,
      apiOrigin: config.apiEndpoint ?? scriptOrigin,
      socketOrigin: config.messenger?.apps?.conversations?.messagingEndpoint ?? scriptOrigin.replace(/^http/, 'ws'),
      transport,
      storage,
      tabStorage: accessibleStorage('sessionStorage'),
      timing: { ...timingDefaults, ...options.timing },
      stopped: stopping.signal,
    });
  }

  const ready = start();
  ready.catch((error: unknown) => journal.warn(error instanceof Error ? error.message : 'failed'));
  return {
    switches,
    set(changes) {
      overrides = { ...overrides, ...changes };
      Object.assign(switches, changes);
    },
    log: journal.entries,
    jwt() {
      const claims = readClaims(storage?.getItem(`_${snippet.deploymentId}:gcatkn`) ?? undefined);
      return claims && { exp: claims.exp, iat: claims.iat, sub: claims.sub };
    },
    async expireJwt() {
      if (!running) throw new Error('The stand-in is not running');
      const id = encodeURIComponent(snippet.deploymentId);
      const url = `${running.runtime.apiOrigin}/control/deployments/${id}/actions/expire-jwts`;
      const response = await running.runtime.transport.fetch(url, { method: 'POST' });
      if (!response.ok) throw new Error(`The server answered ${response.status}`);
    },
    cutSocket: (offlineMs = 0) => running?.messaging?.session.connection.cut(offlineMs),
    ready,
    stop: () => stopping.abort(),
  };
}

interface Running {
  runtime: Runtime;
  messaging?: Messaging;
}

/** Genesys publishes the configuration before any product loads, and for inactive deployments too. */
function publishConfiguration(plugin: Plugin, deploymentConfig: DeploymentConfig, snippetConfig: SnippetConfig): void {
  plugin.data('deploymentConfig', deploymentConfig);
  provideCommand(plugin, 'configuration', () => structuredClone(deploymentConfig));
  plugin.republish('configurationReceived', { deploymentConfig, snippetConfig });
}

function startPlugins(runtime: Runtime): Running {
  if (runtime.config.status === 'Inactive') return { runtime };
  const headless = runtime.config.headlessMode?.enabled === true;
  const store = new SessionStore(runtime.storage, runtime.deploymentId);
  startDatabasePlugin(runtime);
  const auth = startAuthPlugin(runtime);
  const messaging = new Messaging(runtime, auth, store);
  if (headless) messaging.load();
  messaging.restoreStored();
  const messenger = new MessengerWindow(runtime, messaging, store);
  const launcher = new Launcher(runtime);
  if (!headless) mountWindow({ runtime, auth, messaging, messenger, launcher });
  messenger.start();
  return { runtime, messaging };
}
