import type { BusEvent } from '../../src/testing/bus/events-and-commands.js';
import type { Plugin } from '../../src/testing/bus/plugin.js';
import type { StandIn, StandInOptions } from '../../src/testing/index.js';
import { startStandIn } from '../../src/testing/index.js';
import { FakeGenesysServer } from './fake-genesys-server.js';
import { until } from './until.js';

type Genesys = ((...call: unknown[]) => void) & { q?: unknown[]; c?: unknown };
type Settle = {
  data: Record<string, unknown> | undefined;
  resolve(value?: unknown): void;
  reject(value?: unknown): void;
};

export interface PageOptions extends Partial<Omit<StandInOptions, 'snippet'>> {
  server?: FakeGenesysServer;
  deploymentId?: string;
  debug?: boolean;
  /** Data `settings` of the page's AuthProvider. */
  settings?: unknown;
  /** Handlers of AuthProvider's commands; `false`: the page registers no AuthProvider. */
  provider?:
    false | Partial<Record<'getAuthCode' | 'reAuthenticate' | 'signIn' | 'logoutOIDC', (call: Settle) => void>>;
}

let pages = 0;
let codes = 0;
const running: StandInPage[] = [];

/** A page with snippet, AuthProvider and stand-in. Several in one window play several tabs of one browser. */
export class StandInPage {
  readonly server: FakeGenesysServer;
  readonly deploymentId: string;
  readonly globalName: string;
  readonly standIn: StandIn;
  readonly events: BusEvent[] = [];
  /** The commands of AuthProvider that were called, in order. */
  readonly pluginCalls: string[] = [];
  plugin: Plugin | undefined;

  constructor(options: PageOptions = {}) {
    pages += 1;
    this.server = options.server ?? new FakeGenesysServer();
    this.deploymentId = options.deploymentId ?? crypto.randomUUID();
    this.globalName = options.globalName ?? `Genesys${pages}`;
    this.#writeSnippet();
    this.#recordEvents();
    if (options.provider !== false) this.#registerProvider(options.provider ?? {}, options.settings);
    const { switches, timing, scriptOrigin = 'https://apps.test' } = options;
    this.standIn = startStandIn({
      snippet: { deploymentId: this.deploymentId, environment: 'prod', debug: options.debug === true },
      scriptOrigin,
      globalName: this.globalName,
      transport: this.server.transport,
      timing: { restoreMs: 0, reconnectMs: 0, authProviderMs: 1_000, reAuthenticateButtonMs: 10, ...timing },
      ...(switches && { switches }),
    });
    running.push(this);
  }

  get genesys(): Genesys {
    return (window as unknown as Record<string, Genesys>)[this.globalName] as Genesys;
  }

  get host(): HTMLElement {
    return [...document.querySelectorAll<HTMLElement>('#genesys-messenger')].at(-1) as HTMLElement;
  }

  /** In the shadow root of launcher and window. */
  find<T extends HTMLElement = HTMLElement>(selector: string): T {
    return this.host.shadowRoot?.querySelector<T>(selector) as T;
  }

  command(name: string, data?: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => this.genesys('command', name, data, resolve, reject));
  }

  names(): string[] {
    return this.events.map(({ event }) => event);
  }

  /** Waits until the event is published for the nth time. */
  async event(name: string, nth = 1): Promise<BusEvent> {
    const nthEvent = (): BusEvent | undefined => this.events.filter(({ event }) => event === name)[nth - 1];
    await until(nthEvent, `${name} is published ${nth} times`);
    return nthEvent() as BusEvent;
  }

  /** Waits until the person is signed in, and opens the conversation. */
  async startChat(): Promise<void> {
    await this.event('Auth.authenticated');
    await this.command('Messenger.open');
    await this.event('MessagingService.started');
  }

  /** What the journal recorded for a command, in order. */
  outcomes(command: string): string[] {
    return this.standIn.log.filter((entry) => entry.command === command).map(({ outcome }) => outcome);
  }

  storeTokens(jwt: string, refreshToken?: string): this {
    localStorage.setItem(`_${this.deploymentId}:gcatkn`, jwt);
    if (refreshToken) localStorage.setItem(`_${this.deploymentId}:gcartkn`, refreshToken);
    return this;
  }

  stored(key: string): string | null {
    return localStorage.getItem(`_${this.deploymentId}:${key}`);
  }

  /** The same deployment in the same browser: another tab, or this page after a reload. */
  another(options: PageOptions = {}): StandInPage {
    return new StandInPage({ server: this.server, deploymentId: this.deploymentId, ...options });
  }

  close(): void {
    this.standIn.stop();
  }

  static closeAll(): void {
    for (const page of running.splice(0)) page.close();
    localStorage.clear();
    sessionStorage.clear();
  }

  #writeSnippet(): void {
    const snippet: Genesys = (...call) => void (snippet.q ??= []).push(call);
    (window as unknown as Record<string, unknown>)[this.globalName] = snippet;
  }

  #recordEvents(): void {
    const names = {
      GenesysJS: 'configurationReceived domainNotAllowed',
      Auth: 'ready authenticating authenticated loggedOut authError error tokenError authProviderError logoutError signInAvailable signingIn signedIn signInFailed',
      MessagingService:
        'ready sessionDurationConfigured restoring started restored offline reconnecting reconnected error messagesReceived sessionCleared sessionExpired conversationCleared conversationDisconnected historyComplete steppedUpConversation stepUpConversationError typingReceived',
      Messenger: 'ready opened closed cleared',
      Launcher: 'ready visible hidden',
      Database: 'ready updated',
    };
    for (const [plugin, events] of Object.entries(names)) {
      for (const name of events.split(' ')) {
        this.genesys('subscribe', `${plugin}.${name}`, (event: BusEvent) => this.events.push(event));
      }
    }
  }

  #registerProvider(handlers: Exclude<PageOptions['provider'], false | undefined>, settings: unknown): void {
    const resolveWithCode = ({ resolve }: Settle): void => resolve(newGrant());
    this.genesys('registerPlugin', 'AuthProvider', (plugin: Plugin) => {
      this.plugin = plugin;
      for (const name of ['getAuthCode', 'reAuthenticate', 'signIn', 'logoutOIDC'] as const) {
        plugin.registerCommand(name, (call) => {
          this.pluginCalls.push((call.data as Settle['data'])?.['forceUpdate'] ? `${name} forceUpdate` : name);
          (handlers[name] ?? resolveWithCode)(call as unknown as Settle);
        });
      }
      if (settings !== undefined) plugin.data('settings', settings);
      plugin.ready();
    });
  }
}

export function newGrant(): { authCode: string; redirectUri: string } {
  codes += 1;
  return { authCode: `code-${codes}`, redirectUri: 'https://page.test/callback.html' };
}
