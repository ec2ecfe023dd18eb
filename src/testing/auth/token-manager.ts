import { CommandRejection, reasonOf } from '../bus/command-rejection.js';
import type { Plugin } from '../bus/plugin.js';
import { Listeners } from '../listeners.js';
import type { Runtime } from '../runtime.js';
import type { AuthorizationGrant } from './grant.js';
import { TokenApi } from './token-api.js';
import type { AuthFailure, RevokeAnswer } from './token-api.js';
import { TokenStore } from './token-store.js';

/** Notifies the other plugins of the stand-in, before the bus notifies the page. */
export type AuthChange = 'authenticated' | 'refreshed' | 'logged-out' | 'progress';

/** Exchanges, refreshes, stores and revokes the deployment's tokens, and publishes the events about them. */
export class TokenManager {
  readonly changes = new Listeners<AuthChange>();
  readonly store: TokenStore;
  readonly #runtime: Runtime;
  readonly #plugin: Plugin;
  readonly #api: TokenApi;
  readonly #usedCodes = new Set<string>();
  /** Incremented by every sign-out, so that a response to an earlier request is dropped. */
  #epoch = 0;
  #pendingRequests = 0;
  #idleListeners: (() => void)[] = [];

  constructor(runtime: Runtime, plugin: Plugin) {
    this.#runtime = runtime;
    this.#plugin = plugin;
    this.store = new TokenStore(runtime.storage, runtime.deploymentId);
    this.#api = new TokenApi(runtime.apiOrigin, runtime.deploymentId, runtime.transport, runtime.journal);
  }

  get authenticated(): boolean {
    return this.#plugin.data('Auth.authenticated') === true;
  }

  /** Resolves when no request to a token endpoint is pending. */
  async whenIdle(): Promise<void> {
    while (this.#pendingRequests > 0) await new Promise<void>((resolve) => this.#idleListeners.push(resolve));
  }

  /** Uses the tokens of an earlier page, expired or not: Messenger does not check `exp`. @returns whether there are any */
  useStored(): boolean {
    const stored = this.store.tokens !== undefined;
    this.#plugin.data('Auth.authenticated', stored);
    return stored;
  }

  announce(change: AuthChange): void {
    this.#plugin.data('Auth.authenticated', true);
    this.changes.notify(change);
    this.#publish('authenticated', this.store.tokens);
  }

  /** @throws {CommandRejection} with an AuthFailure, after the event `error` */
  async exchange(grant: AuthorizationGrant): Promise<void> {
    const { authCode, redirectUri } = grant;
    const code = authCode ?? grant.idToken ?? '';
    if (this.#usedCodes.has(code)) {
      this.#runtime.journal.record({ plugin: 'Auth', command: 'exchange', outcome: 'code-used-twice' });
    }
    this.#usedCodes.add(code);
    this.#plugin.publish('authenticating', { authCode, redirectUri });
    try {
      await this.#unlessSignedOut(this.#api.exchange(grant), (tokens) => this.store.replace(tokens));
    } catch (failure) {
      this.#plugin.publish('error', reasonOf(failure));
      throw failure;
    }
    this.announce('authenticated');
  }

  /**
   * Removes the tokens when the refresh is refused, but not after a network error.
   *
   * @throws {CommandRejection} with an AuthFailure, after the event `tokenError`
   */
  async refresh(): Promise<void> {
    const { refreshToken } = this.store;
    try {
      if (refreshToken === undefined) throw rejection('Refresh token is not available', 'unauthorized');
      await this.#unlessSignedOut(this.#api.refresh(refreshToken), (jwt) => this.store.replaceJwt(jwt));
    } catch (failure) {
      if (isRefusal(failure)) this.#removeTokens();
      this.#plugin.publish('tokenError', reasonOf(failure));
      throw failure;
    }
    this.announce('refreshed');
  }

  /**
   * Keeps the tokens when the revocation fails.
   *
   * @throws {CommandRejection} with an AuthFailure, after the event `logoutError`
   */
  async revoke(): Promise<void> {
    const epoch = this.#epoch;
    try {
      const { jwt } = this.store;
      if (jwt === undefined) throw rejection('Not authenticated', 'unauthorized');
      this.signedOut(await this.#unlessSignedOut(this.#api.revoke(jwt), () => undefined));
    } catch (failure) {
      // The server's LogoutEvent, on a socket of this or another tab, arrived before the response.
      if (epoch !== this.#epoch) return;
      this.#plugin.publish('logoutError', reasonOf(failure));
      throw failure;
    }
  }

  signedOut(answer: RevokeAnswer = { status: 200, statusText: 'OK', data: '' }): void {
    this.#epoch += 1;
    this.#removeTokens();
    this.changes.notify('logged-out');
    this.#publish('loggedOut', answer);
  }

  #removeTokens(): void {
    this.store.clear();
    this.#plugin.data('Auth.authenticated', false);
  }

  #publish(event: string, data: unknown): void {
    if (this.#runtime.switches.republishAuth) this.#plugin.republish(event, data);
    else this.#plugin.publish(event, data);
  }

  /** Calls `use` with the response, unless there was a sign-out in the meantime. */
  async #unlessSignedOut<T>(request: Promise<T>, use: (response: T) => void): Promise<T> {
    const epoch = this.#epoch;
    this.#pendingRequests += 1;
    try {
      const response = await request;
      if (epoch !== this.#epoch) throw rejection('Signed out during the request', 'ERR_CANCELED');
      use(response);
      return response;
    } finally {
      this.#pendingRequests -= 1;
      // In a later task: by then the callers of this request have stored or removed tokens.
      if (this.#pendingRequests === 0) for (const resolve of this.#idleListeners.splice(0)) setTimeout(resolve);
    }
  }
}

function rejection(message: string, code: string): CommandRejection {
  return new CommandRejection({ message, code } satisfies AuthFailure);
}

/** Whether the server refused the request. `false` without a response, or when a sign-out overtook it. */
export function isRefusal(failure: unknown): boolean {
  const { code } = reasonOf(failure) as AuthFailure;
  return code !== 'ERR_NETWORK' && code !== 'ERR_CANCELED';
}
