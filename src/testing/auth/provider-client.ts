import type { Plugin } from '../bus/plugin.js';
import { Refusal } from '../bus/refusal.js';
import type { Runtime } from '../runtime.js';
import { after } from '../runtime.js';
import type { AuthorizationGrant } from './grant.js';
import { readGrant } from './grant.js';

export type ProviderCommand = 'getAuthCode' | 'reAuthenticate' | 'signIn' | 'logoutOIDC';

/** Messenger's side of the `AuthProvider` plugin that the page registers. */
export class ProviderClient {
  readonly #runtime: Runtime;
  readonly #plugin: Plugin;

  constructor(runtime: Runtime, plugin: Plugin) {
    this.#runtime = runtime;
    this.#plugin = plugin;
  }

  /**
   * The provider's answer, unread: `undefined` where it resolved without data.
   * Publishes `authProviderError` when the plugin or its command is missing, `authError` when it refuses.
   */
  async ask(command: ProviderCommand, data: Record<string, unknown> = {}): Promise<unknown> {
    await this.#ready();
    if (!this.#runtime.bus.hasCommand(`AuthProvider.${command}`)) {
      throw this.#missing(`AuthProvider.${command} command must be defined`);
    }
    try {
      return await this.#plugin.command(`AuthProvider.${command}`, data);
    } catch (reason) {
      this.#plugin.publish('authError', reason);
      throw reason;
    }
  }

  /** @throws unless the provider resolves with a code and its redirect URI, or with an ID token. */
  async getAuthCode(data: Record<string, unknown> = {}): Promise<AuthorizationGrant> {
    const grant = readGrant(await this.ask('getAuthCode', data));
    if (grant) return grant;
    const reason = { message: 'AuthProvider.getAuthCode resolved without authCode and redirectUri' };
    this.#plugin.publish('authError', reason);
    throw new Refusal(reason);
  }

  #ready(): Promise<void> {
    const { bus, timing } = this.#runtime;
    if (bus.wasRepublished('AuthProvider.ready')) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const cancel = after(this.#runtime, timing.authProviderMs, () =>
        reject(this.#missing('AuthProvider plugin is not ready')),
      );
      bus.subscribe('GenesysJS', 'AuthProvider.ready', () => {
        cancel();
        resolve();
      });
    });
  }

  #missing(message: string): Refusal {
    this.#plugin.publish('authProviderError', { message });
    return new Refusal({ message });
  }
}
