import type { Grant } from '../core/grant.js';
import type { PluginCall, PluginCallResult } from '../core/messenger.js';

/** What the bus passes to a plugin command; older versions of it pass no data. */
interface PendingCommand {
  readonly data?: { readonly forceUpdate?: unknown } | null;
  resolve(value?: Grant): void;
  reject(reason: Error): void;
}

/** The plugin object of the bus, as far as it is used. */
interface Plugin {
  registerCommand(name: string, run: (pending: PendingCommand) => void): unknown;
  publish(event: string, data: unknown): unknown;
  ready(): unknown;
  data(key: string, value?: unknown): unknown;
}

const commands: readonly PluginCall['command'][] = ['getAuthCode', 'reAuthenticate', 'signIn'];

const isPlugin = (value: unknown): value is Plugin =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Plugin>).registerCommand === 'function';

/**
 * The `AuthProvider` plugin. Messenger's commands become plugin calls, which stay open until they are answered. Each
 * settles once.
 *
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/authProviderPlugin
 */
export class AuthProvider {
  constructor(onCall: (call: PluginCall) => void) {
    this.#onCall = onCall;
  }

  /** Calls without an answer, oldest first. */
  readonly open = new Map<PluginCall['id'], { readonly call: PluginCall; readonly pending: PendingCommand }>();
  #plugin: Plugin | undefined;
  #lastId = 0;
  readonly #onCall: (call: PluginCall) => void;

  get registered(): boolean {
    return this.#plugin !== undefined;
  }

  /** Registers all commands. Returns `false` when there is no plugin object, because the name is taken. */
  register(plugin: unknown): boolean {
    if (!isPlugin(plugin)) return false;
    for (const command of commands) plugin.registerCommand(command, (pending) => this.#call(command, pending));
    // Called after a sign-out with the implicit flow. The session signs out at the provider itself: nothing to do here.
    plugin.registerCommand('logoutOIDC', (pending) => pending.resolve());
    this.#plugin = plugin;
    return true;
  }

  /** Messenger starts to call after the first; a second is for a Messenger that missed it. */
  ready(): void {
    this.#use((plugin) => plugin.ready());
  }

  publish(event: string, data: unknown): void {
    this.#use((plugin) => plugin.publish(event, data));
  }

  /** Reads a key of the data model that all plugins share; undefined before the plugin is registered. */
  read(key: string): unknown {
    return this.#use((plugin) => plugin.data(key));
  }

  /** Messenger then signs in but starts no conversation until the page calls `MessagingService.joinConversation`. */
  configureOnly(): void {
    this.#use((plugin) => plugin.data('settings', { headless: { configureOnly: true } }));
  }

  answer(id: PluginCall['id'], answer: PluginCallResult): void {
    const open = this.open.get(id);
    this.open.delete(id);
    this.#use(() =>
      'grant' in answer ? open?.pending.resolve(answer.grant) : open?.pending.reject(new Error(answer.error.message)),
    );
  }

  #call(command: PluginCall['command'], pending: PendingCommand): void {
    const call = { id: ++this.#lastId, command, forceUpdate: pending.data?.forceUpdate === true };
    this.open.set(call.id, { call, pending });
    this.#onCall(call);
  }

  /** An exception of the vendor's code must not end the session. */
  #use(act: (plugin: Plugin) => unknown): unknown {
    try {
      return this.#plugin && act(this.#plugin);
    } catch {
      return undefined;
    }
  }
}
