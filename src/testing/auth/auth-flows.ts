import { reasonOf } from '../bus/command-rejection.js';
import type { Plugin } from '../bus/plugin.js';
import type { Runtime } from '../runtime.js';
import { AuthProviderClient } from './auth-provider-client.js';
import type { AuthorizationGrant } from './grant.js';
import { readGrant } from './grant.js';
import { ReAuthentication } from './re-authentication.js';
import { SignOut } from './sign-out.js';
import { isRefusal, TokenManager } from './token-manager.js';

const never = new Promise<never>(() => undefined);

/** Sign-in, refresh, re-authentication and step-up: which commands the page's AuthProvider gets, and what follows. */
export class AuthFlows {
  readonly tokens: TokenManager;
  readonly provider: AuthProviderClient;
  readonly reAuthentication: ReAuthentication;
  readonly signOut: SignOut;
  readonly #runtime: Runtime;
  readonly #plugin: Plugin;
  #gettingTokens: Promise<void> | undefined;
  #refreshing: Promise<void> | undefined;
  #reAuthenticating: Promise<void> | undefined;
  #signingIn: Promise<SignInResult> | undefined;

  constructor(runtime: Runtime, plugin: Plugin) {
    this.#runtime = runtime;
    this.#plugin = plugin;
    this.tokens = new TokenManager(runtime, plugin);
    this.provider = new AuthProviderClient(runtime, plugin);
    this.reAuthentication = new ReAuthentication(runtime.switches, runtime.journal);
    // The first listener: when the others run, the re-authentication must be over.
    this.tokens.changes.add((change) => {
      if (change !== 'progress') this.#onTokensChanged();
    });
    this.signOut = new SignOut(runtime, this.tokens, this.provider);
  }

  /** Messenger waits for the AuthProvider, or for the exchange of its code. */
  get authenticating(): boolean {
    return this.reAuthentication.outstanding || this.#gettingTokens !== undefined;
  }

  /** `Auth.getTokens`: gets a code from the AuthProvider and exchanges it. Concurrent calls share one code. */
  getTokens(): Promise<void> {
    if (this.reAuthentication.stuck) return never;
    if (this.#gettingTokens) return this.#gettingTokens;
    const run = this.#getTokens().finally(() => {
      if (this.#gettingTokens === run) this.#gettingTokens = undefined;
      this.tokens.changes.notify('progress');
    });
    this.#gettingTokens = run;
    this.tokens.changes.notify('progress');
    return run;
  }

  /** `Auth.refreshToken`. Without a refresh token, or when it is refused, re-authentication starts. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.tokens
      .refresh()
      .catch((failure: unknown) => {
        if (isRefusal(failure)) this.startReAuthentication();
        throw failure;
      })
      .finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  /**
   * `Auth.reAuthenticate`: resolves with the next `authenticated` event, whatever its cause; rejects when the
   * AuthProvider rejects, or its code cannot be exchanged.
   */
  async reAuthenticate(): Promise<void> {
    const over = this.reAuthentication.whenOver();
    this.reAuthentication.begin();
    this.tokens.changes.notify('progress');
    const run = (this.#reAuthenticating ??= this.#reAuthenticate());
    const settled = run.finally(() => {
      if (this.#reAuthenticating === run) this.#reAuthenticating = undefined;
    });
    await Promise.race([over, settled.then(() => over)]);
  }

  /** {@link reAuthenticate} without a caller to report a failure to: the failure is published as an event. */
  startReAuthentication(): void {
    this.reAuthenticate().catch(() => undefined);
  }

  /** Step-up. If `AuthProvider.signIn` resolves without a code, `getAuthCode` is called. */
  signIn(): Promise<SignInResult> {
    this.#signingIn ??= this.#signIn().finally(() => (this.#signingIn = undefined));
    return this.#signingIn;
  }

  /** Later calls start again instead of sharing an earlier result: the server may refuse the new tokens, too. */
  #onTokensChanged(): void {
    this.#gettingTokens = undefined;
    this.#reAuthenticating = undefined;
    this.reAuthentication.end();
  }

  async #getTokens(): Promise<void> {
    await this.#exchange(await this.provider.getAuthCode());
  }

  async #reAuthenticate(): Promise<void> {
    const answer = await this.provider.call('reAuthenticate');
    if (!this.reAuthentication.outstanding || !this.reAuthentication.honoursResolve()) return;
    const grant = readGrant(answer);
    await (grant ? this.#exchange(grant) : this.getTokens());
  }

  async #exchange(grant: AuthorizationGrant): Promise<void> {
    this.signOut.implicitFlow = grant.idToken !== undefined;
    try {
      await this.tokens.exchange(grant);
    } catch (failure) {
      if (!this.#runtime.switches.forceUpdate) throw this.#failed(failure);
      const fresh = await this.provider.getAuthCode({ forceUpdate: true });
      await this.tokens.exchange(fresh).catch((again: unknown) => Promise.reject(this.#failed(again) as Error));
    }
  }

  #failed(failure: unknown): unknown {
    this.#plugin.publish('authError', 'Unable to fetch authentication token');
    return failure;
  }

  async #signIn(): Promise<SignInResult> {
    this.#plugin.publish('signingIn');
    try {
      const grant = readGrant(await this.provider.call('signIn')) ?? (await this.provider.getAuthCode());
      await this.tokens.exchange(grant);
      this.#plugin.publish('signedIn', { authCode: grant.authCode });
      return { authCode: grant.authCode, jwt: this.tokens.store.jwt };
    } catch (failure) {
      this.#plugin.publish('signInFailed', reasonOf(failure));
      throw failure;
    }
  }
}

/** What `MessagingService.stepUpConversation` resolves with. */
export interface SignInResult {
  authCode: string | undefined;
  jwt: string | undefined;
}
