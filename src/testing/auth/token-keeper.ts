import type { Plugin } from '../bus/plugin.js';
import { reasonOf, Refusal } from '../bus/refusal.js';
import { Listeners } from '../listeners.js';
import type { Runtime } from '../runtime.js';
import type { AuthorizationGrant } from './grant.js';
import { TokenApi } from './token-api.js';
import type { AuthFailure, RevokeAnswer } from './token-api.js';
import { TokenStore } from './token-store.js';

/** What the other plugins of the stand-in hear, before the page hears it over the bus. */
export type AuthChange = 'authenticated' | 'refreshed' | 'logged-out' | 'progress';

/** The tokens of this deployment: brought by the API, stored, announced on the bus, and removed. */
export class TokenKeeper {
  readonly changes = new Listeners<AuthChange>();
  readonly store: TokenStore;
  readonly #runtime: Runtime;
  readonly #plugin: Plugin;
  readonly #api: TokenApi;
  readonly #seenCodes = new Set<string>();
  /** Rises with each sign-out, so that an answer from before it is dropped. */
  #epoch = 0;
  #requests = 0;
  #idle: (() => void)[] = [];

  constructor(runtime: Runtime, plugin: Plugin) {
    this.#runtime = runtime;
    this.#plugin = plugin;
    this.store = new TokenStore(runtime.storage, runtime.deploymentId);
    this.#api = new TokenApi(runtime.apiOrigin, runtime.deploymentId, runtime.transport, runtime.journal);
  }

  get authenticated(): boolean {
    return this.#plugin.data('Auth.authenticated') === true;
  }

  /** Waits for answers of the token endpoints that are under way, not for people. */
  async settled(): Promise<void> {
    while (this.#requests > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Tokens of an earlier page count as they are: nobody looks at `exp`. */
  adoptStored(): boolean {
    const stored = this.store.tokens !== undefined;
    this.#plugin.data('Auth.authenticated', stored);
    return stored;
  }

  announce(change: AuthChange): void {
    this.#plugin.data('Auth.authenticated', true);
    this.changes.notify(change);
    this.#emit('authenticated', this.store.tokens);
  }

  /** @throws Refusal with an AuthFailure, after the event `error`. */
  async exchange(grant: AuthorizationGrant): Promise<void> {
    const { authCode, redirectUri } = grant;
    const secret = authCode ?? grant.idToken ?? '';
    if (this.#seenCodes.has(secret)) {
      this.#runtime.journal.record({ plugin: 'Auth', command: 'exchange', outcome: 'code-used-twice' });
    }
    this.#seenCodes.add(secret);
    this.#plugin.publish('authenticating', { authCode, redirectUri });
    try {
      await this.#current(this.#api.exchange(grant), (tokens) => this.store.replace(tokens));
    } catch (failure) {
      this.#plugin.publish('error', reasonOf(failure));
      throw failure;
    }
    this.announce('authenticated');
  }

  /** @throws Refusal with an AuthFailure, after the event `tokenError`; the tokens are gone then, except after a network fault. */
  async refresh(): Promise<void> {
    const { refreshToken } = this.store;
    try {
      if (refreshToken === undefined) throw refused('Refresh token is not available', 'unauthorized');
      await this.#current(this.#api.refresh(refreshToken), (jwt) => this.store.replaceJwt(jwt));
    } catch (failure) {
      if (isRefusal(failure)) this.#forget();
      this.#plugin.publish('tokenError', reasonOf(failure));
      throw failure;
    }
    this.announce('refreshed');
  }

  /** @throws Refusal with an AuthFailure, after the event `logoutError`; the tokens stay then. */
  async revoke(): Promise<void> {
    const epoch = this.#epoch;
    try {
      const { jwt } = this.store;
      if (jwt === undefined) throw refused('Not authenticated', 'unauthorized');
      this.signedOut(await this.#current(this.#api.revoke(jwt), () => undefined));
    } catch (failure) {
      // The server's word about it came over a socket, here or in another tab, before its answer.
      if (epoch !== this.#epoch) return;
      this.#plugin.publish('logoutError', reasonOf(failure));
      throw failure;
    }
  }

  signedOut(answer: RevokeAnswer = { status: 200, statusText: 'OK', data: '' }): void {
    this.#epoch += 1;
    this.#forget();
    this.changes.notify('logged-out');
    this.#emit('loggedOut', answer);
  }

  #forget(): void {
    this.store.clear();
    this.#plugin.data('Auth.authenticated', false);
  }

  #emit(event: string, data: unknown): void {
    if (this.#runtime.switches.republishAuth) this.#plugin.republish(event, data);
    else this.#plugin.publish(event, data);
  }

  /** Keeps what the request brings, unless a sign-out came in between. */
  async #current<T>(request: Promise<T>, keep: (answer: T) => void): Promise<T> {
    const epoch = this.#epoch;
    this.#requests += 1;
    try {
      const answer = await request;
      if (epoch !== this.#epoch) throw refused('Signed out meanwhile', 'ERR_CANCELED');
      keep(answer);
      return answer;
    } finally {
      this.#requests -= 1;
      // Later, so that who waits finds what the answer led to: tokens stored, or removed.
      if (this.#requests === 0) for (const resolve of this.#idle.splice(0)) setTimeout(resolve);
    }
  }
}

function refused(message: string, code: string): Refusal {
  return new Refusal({ message, code } satisfies AuthFailure);
}

/** No answer, or one that came too late, is no refusal. */
export function isRefusal(failure: unknown): boolean {
  const { code } = reasonOf(failure) as AuthFailure;
  return code !== 'ERR_NETWORK' && code !== 'ERR_CANCELED';
}
