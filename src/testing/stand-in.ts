import { startAuthPlugin } from './auth/auth-plugin.js';
import { readClaims } from './auth/jwt.js';
import { Bus } from './bus/bus.js';
import { Dispatcher } from './bus/dispatcher.js';
import type { GenesysFunction } from './bus/dispatcher.js';
import { provideCommand } from './bus/plugin.js';
import type { Plugin } from './bus/plugin.js';
import { isDomainAllowed, loadDeploymentConfig, loadDomainRules } from './deployment-config.js';
import type { DeploymentConfig } from './deployment-config.js';
import { accessibleStorage, browserTransport, timingDefaults } from './environment.js';
import type { Timing, Transport } from './environment.js';
import { Journal } from './journal.js';
import type { JournalEntry } from './journal.js';
import { Messaging } from './messaging/messaging-plugin.js';
import { SessionStore } from './messaging/session-store.js';
import { Launcher, MessengerWindow, startDatabasePlugin } from './messenger-plugins.js';
import { registerOwnPlugin } from './runtime.js';
import type { Runtime } from './runtime.js';
import { globalNameOf, snippetQueue } from './snippet.js';
import type { SnippetConfig } from './snippet.js';
import { browserDefaults } from './switches.js';
import type { BrowserSwitches } from './switches.js';
import { mountUi } from './ui/mount.js';

export interface StandInOptions {
  /** What the snippet would hold. */
  snippet: SnippetConfig;
  /** Serves `domains.json` and `config.json`. Default: this page's origin. */
  scriptOrigin?: string;
  /** Stronger than what `config.json` says under `standIn`. */
  switches?: Partial<BrowserSwitches>;
  /** Name of the global function. Default: `window._genesysJs`, else `Genesys`. */
  globalName?: string;
  /** Default: the browser's `fetch` and `WebSocket`. */
  transport?: Partial<Transport>;
  timing?: Partial<Timing>;
}

/** `window.genesysStandIn`: what a test or a demo may see and do that a page with Genesys cannot. */
export interface StandIn {
  /** As they are now; change them with {@link set}, or in place. */
  readonly switches: BrowserSwitches;
  set(switches: Partial<BrowserSwitches>): void;
  /** What happened, oldest first, without codes and tokens; the last 2,000 entries. */
  readonly log: readonly JournalEntry[];
  /** Times (seconds since the epoch) and subject of Messenger's JWT; `undefined` without one. */
  jwt(): { exp: number | undefined; iat: number | undefined; sub: string | undefined } | undefined;
  /** Asks the stand-in's server to refuse every JWT issued so far. @throws Error when it does not. */
  expireJwt(): Promise<void>;
  /** Drops the socket, as the 2 h limit does; with `offlineMs` none can be opened for so long. */
  cutSocket(offlineMs?: number): void;
  /** Settled when queued calls have run and the plugins are there; rejects when that cannot come. */
  readonly ready: Promise<void>;
  /** Takes everything away again but the global function. */
  stop(): void;
}

/** Runs in this page what `genesys.min.js` would run, without a script tag. */
export function startStandIn(options: StandInOptions): StandIn {
  const { snippet, scriptOrigin = location.origin } = options;
  const globals = window as unknown as Record<string, unknown>;
  const globalName = options.globalName ?? globalNameOf(globals);
  const stopping = new AbortController();
  const storage = accessibleStorage('localStorage');
  const switches: BrowserSwitches = { ...browserDefaults, ...options.switches };
  let chosen: Partial<BrowserSwitches> = { ...options.switches };
  const journal = new Journal(snippet.debug === true);
  const bus = new Bus(journal, switches);
  const dispatcher = new Dispatcher(bus, journal, switches);
  const waiting = snippetQueue(globals[globalName]);
  // The snippet's function stays in the hands of whoever saved it, and nobody reads its queue again.
  globals[globalName] = dispatcher.genesys satisfies GenesysFunction;
  const genesysJs = registerOwnPlugin(bus, 'GenesysJS');
  let running: Running | undefined;

  async function boot(): Promise<void> {
    const transport: Transport = { ...browserTransport, ...options.transport };
    const address = { scriptOrigin, deploymentId: snippet.deploymentId };
    if (!storage) throw new Error('Storage is blocked');
    if (!isDomainAllowed(location.hostname, await loadDomainRules(transport, address))) {
      genesysJs.republish('domainNotAllowed');
      throw new Error(`Domain ${location.hostname} is not allowed`);
    }
    const config = await loadDeploymentConfig(transport, address);
    if (stopping.signal.aborted) throw new Error('Stopped');
    Object.assign(switches, config.standIn, chosen);
    publishConfiguration(genesysJs, config, snippet);
    if (switches.queueStuck) throw new Error('The queue is stuck');
    dispatcher.drain(waiting);
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

  const ready = boot();
  ready.catch((error: unknown) => journal.warn(error instanceof Error ? error.message : 'failed'));
  return {
    switches,
    set(changes) {
      chosen = { ...chosen, ...changes };
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

/** Happens before any product loads, for inactive deployments too. */
function publishConfiguration(plugin: Plugin, deploymentConfig: DeploymentConfig, snippetConfig: SnippetConfig): void {
  plugin.data('deploymentConfig', deploymentConfig);
  provideCommand(plugin, 'configuration', () => structuredClone(deploymentConfig));
  plugin.republish('configurationReceived', { deploymentConfig, snippetConfig });
}

function startPlugins(runtime: Runtime): Running {
  if (runtime.config.status === 'Inactive') return { runtime };
  const store = new SessionStore(runtime.storage, runtime.deploymentId);
  startDatabasePlugin(runtime);
  const auth = startAuthPlugin(runtime);
  const messaging = new Messaging(runtime, auth, store);
  if (runtime.config.headlessMode?.enabled) messaging.load();
  messaging.restoreStored();
  const messenger = new MessengerWindow(runtime, messaging, store);
  const launcher = new Launcher(runtime);
  if (!runtime.config.headlessMode?.enabled) mountUi({ runtime, auth, messaging, messenger, launcher });
  messenger.start();
  return { runtime, messaging };
}
