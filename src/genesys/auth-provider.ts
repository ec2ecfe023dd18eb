import type { Grant } from '../core/grant.js';
import type { PluginCall, PluginCallResult } from '../core/messenger.js';

/** What the bus hands to a command of ours; older versions of it call without data. */
interface CommandCall {
  readonly data?: { readonly forceUpdate?: unknown } | null;
  resolve(value?: Grant): void;
  reject(reason: Error): void;
}

/** The plugin object, as far as it is used. */
interface Plugin {
  registerCommand(name: string, run: (call: CommandCall) => void): unknown;
  publish(event: string, data: unknown): unknown;
  ready(): unknown;
  data(key: string, value?: unknown): unknown;
}

const commands: readonly PluginCall['command'][] = ['getAuthCode', 'reAuthenticate', 'signIn'];

const isPlugin = (value: unknown): value is Plugin =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Plugin>).registerCommand === 'function';

/**
 * The `AuthProvider` plugin. Messenger's commands become calls, which stay open until they are answered, once.
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/authProviderPlugin
 */
export class AuthProvider {
  /** What Messenger asked for and was not given yet, oldest first. */
  readonly open = new Map<PluginCall['id'], { readonly call: PluginCall; readonly pending: CommandCall }>();
  #plugin: Plugin | undefined;
  #lastId = 0;
  readonly #onCall: (call: PluginCall) => void;

  constructor(onCall: (call: PluginCall) => void) {
    this.#onCall = onCall;
  }

  get registered(): boolean {
    return this.#plugin !== undefined;
  }

  /** All commands flat and up front; `false` when there is no plugin, because another has the name. */
  register(plugin: unknown): boolean {
    if (!isPlugin(plugin)) return false;
    for (const command of commands) plugin.registerCommand(command, (pending) => this.#call(command, pending));
    // Called after an implicit-flow sign-out. The provider's own sign-out is the session's, so nothing is left to do.
    plugin.registerCommand('logoutOIDC', (pending) => pending.resolve());
    this.#plugin = plugin;
    return true;
  }

  /** Messenger starts asking after the first; a second is for a Messenger that missed it. */
  ready(): void {
    this.#use((plugin) => plugin.ready());
  }

  publish(event: string, data: unknown): void {
    this.#use((plugin) => plugin.publish(event, data));
  }

  /** A key of the data model that all plugins share; undefined before the plugin is registered. */
  read(key: string): unknown {
    return this.#use((plugin) => plugin.data(key));
  }

  /** Messenger signs in and goes no further, until the page calls `MessagingService.joinConversation`. */
  configureOnly(): void {
    this.#use((plugin) => plugin.data('settings', { headless: { configureOnly: true } }));
  }

  /** Settling a command twice is a defect of its plugin, so a later answer to the same ask is dropped. */
  answer(id: PluginCall['id'], answer: PluginCallResult): void {
    const open = this.open.get(id);
    this.open.delete(id);
    this.#use(() =>
      'grant' in answer ? open?.pending.resolve(answer.grant) : open?.pending.reject(new Error(answer.error.message)),
    );
  }

  #call(command: PluginCall['command'], pending: CommandCall): void {
    const call = { id: ++this.#lastId, command, forceUpdate: pending.data?.forceUpdate === true };
    this.open.set(call.id, { call, pending });
    this.#onCall(call);
  }

  /** What the vendor throws must not end the session that asked. */
  #use(act: (plugin: Plugin) => unknown): unknown {
    try {
      return this.#plugin && act(this.#plugin);
    } catch {
      return undefined;
    }
  }
}
