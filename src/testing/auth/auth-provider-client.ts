import { CommandRejection } from '../bus/command-rejection.js';
import type { Plugin } from '../bus/plugin.js';
import type { Runtime } from '../runtime.js';
import { startTimer } from '../timing.js';
import type { AuthorizationGrant } from './grant.js';
import { readGrant } from './grant.js';

export type AuthProviderCommand = 'getAuthCode' | 'reAuthenticate' | 'signIn' | 'logoutOIDC';

/**
 * Calls the commands of the `AuthProvider` plugin that the page registers.
 *
 * https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/authProviderPlugin
 */
export class AuthProviderClient {
  readonly #runtime: Runtime;
  readonly #plugin: Plugin;

  constructor(runtime: Runtime, plugin: Plugin) {
    this.#runtime = runtime;
    this.#plugin = plugin;
  }

  /**
   * Publishes `authProviderError` when the plugin or the command is missing, and `authError` when it rejects.
   *
   * @returns what the command resolves with, unchecked; `undefined` when it resolves without data
   */
  async call(command: AuthProviderCommand, data: Record<string, unknown> = {}): Promise<unknown> {
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

  /** @throws unless the command resolves with a code and its redirect URI, or with an ID token */
  async getAuthCode(data: Record<string, unknown> = {}): Promise<AuthorizationGrant> {
    const grant = readGrant(await this.call('getAuthCode', data));
    if (grant) return grant;
    const reason = { message: 'AuthProvider.getAuthCode resolved without authCode and redirectUri' };
    this.#plugin.publish('authError', reason);
    throw new CommandRejection(reason);
  }

  #ready(): Promise<void> {
    const { bus, timing } = this.#runtime;
    if (bus.wasRepublished('AuthProvider.ready')) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const cancel = startTimer(this.#runtime, timing.authProviderMs, () =>
        reject(this.#missing('AuthProvider plugin is not ready')),
      );
      bus.subscribe('GenesysJS', 'AuthProvider.ready', () => {
        cancel();
        resolve();
      });
    });
  }

  #missing(message: string): CommandRejection {
    this.#plugin.publish('authProviderError', { message });
    return new CommandRejection({ message });
  }
}
