import type { Plugin } from '../bus/plugin.js';
import { reasonOf } from '../bus/refusal.js';
import type { Runtime } from '../runtime.js';
import type { AuthorizationGrant } from './grant.js';
import { readGrant } from './grant.js';
import { ProviderClient } from './provider-client.js';
import { ReAuthentication } from './re-authentication.js';
import { SignOutChannel } from './sign-out-channel.js';
import { isRefusal, TokenKeeper } from './token-keeper.js';

const never = new Promise<never>(() => undefined);

/** Every way in and out: which question goes to the provider, and what follows from its answer. */
export class Auth {
  readonly tokens: TokenKeeper;
  readonly provider: ProviderClient;
  readonly reAuthentication: ReAuthentication;
  readonly #runtime: Runtime;
  readonly #plugin: Plugin;
  readonly #channel: SignOutChannel;
  /** The running sign-in came from an ID token. */
  #implicit = false;
  #gettingTokens: Promise<void> | undefined;
  #refreshing: Promise<void> | undefined;
  #reAuthenticating: Promise<void> | undefined;
  #signingIn: Promise<SignInResult> | undefined;
  #loggingOut: Promise<void> | undefined;

  constructor(runtime: Runtime, plugin: Plugin) {
    this.#runtime = runtime;
    this.#plugin = plugin;
    this.tokens = new TokenKeeper(runtime, plugin);
    this.provider = new ProviderClient(runtime, plugin);
    this.reAuthentication = new ReAuthentication(runtime.switches, runtime.journal);
    // First of all listeners: whoever hears of the tokens must find the re-authentication over.
    this.tokens.changes.add((change) => {
      if (change !== 'progress') this.#onChanged();
    });
    this.#channel = new SignOutChannel(runtime.deploymentId, () => this.#signedOutElsewhere());
    runtime.stopped.addEventListener('abort', () => this.#channel.close());
  }

  /** Messenger waits for the provider, or for what its code brings. */
  get authenticating(): boolean {
    return this.reAuthentication.outstanding || this.#gettingTokens !== undefined;
  }

  /** A code from the provider, exchanged. Calls at the same time share one code. */
  getTokens(): Promise<void> {
    if (this.reAuthentication.stuck) return never;
    if (this.#gettingTokens) return this.#gettingTokens;
    const round = this.#getTokens().finally(() => {
      if (this.#gettingTokens === round) this.#gettingTokens = undefined;
      this.tokens.changes.notify('progress');
    });
    this.#gettingTokens = round;
    this.tokens.changes.notify('progress');
    return round;
  }

  /** A new JWT for the refresh token; where there is none, or it is refused, the person must authenticate again. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.tokens
      .refresh()
      .catch((failure: unknown) => {
        if (isRefusal(failure)) this.reAuthenticateUnasked();
        throw failure;
      })
      .finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  /** Settles with the next `authenticated`, whichever way it comes; rejects when the provider's answer is no good. */
  async reAuthenticate(): Promise<void> {
    const over = this.reAuthentication.whenOver();
    this.reAuthentication.begin();
    this.tokens.changes.notify('progress');
    const round = (this.#reAuthenticating ??= this.#reAuthenticate());
    const settled = round.finally(() => {
      if (this.#reAuthenticating === round) this.#reAuthenticating = undefined;
    });
    await Promise.race([over, settled.then(() => over)]);
  }

  /** As {@link reAuthenticate}, where no command waits for it; what fails was published. */
  reAuthenticateUnasked(): void {
    this.reAuthenticate().catch(() => undefined);
  }

  /** Step-up. A provider that resolves without data is asked by `getAuthCode`. */
  signIn(): Promise<SignInResult> {
    this.#signingIn ??= this.#signIn().finally(() => (this.#signingIn = undefined));
    return this.#signingIn;
  }

  logout(): Promise<void> {
    this.#loggingOut ??= this.tokens
      .revoke()
      .then(() => this.#endImplicit())
      .then(() => this.#channel.announce())
      .finally(() => (this.#loggingOut = undefined));
    return this.#loggingOut;
  }

  /** The server ended the session: after a logout here, or on another device. */
  endedByServer(): void {
    this.#signedOutElsewhere();
    this.#channel.announce();
  }

  #signedOutElsewhere(): void {
    if (this.tokens.authenticated) this.tokens.signedOut();
  }

  /** What is asked for from now on is another round: the tokens that just came may be refused at once. */
  #onChanged(): void {
    this.#gettingTokens = undefined;
    this.#reAuthenticating = undefined;
    this.reAuthentication.end();
  }

  async #getTokens(): Promise<void> {
    await this.#exchange(await this.provider.getAuthCode());
  }

  async #reAuthenticate(): Promise<void> {
    const answer = await this.provider.ask('reAuthenticate');
    if (!this.reAuthentication.outstanding || !this.reAuthentication.takesUpResolve()) return;
    const grant = readGrant(answer);
    await (grant ? this.#exchange(grant) : this.getTokens());
  }

  /** After an implicit sign-in the provider's own sign-out is the page's; when it is asked is assumed. */
  async #endImplicit(): Promise<void> {
    const ask = this.#implicit && this.#runtime.bus.hasCommand('AuthProvider.logoutOIDC');
    this.#implicit = false;
    if (ask) await this.provider.ask('logoutOIDC').catch(() => undefined);
  }

  async #exchange(grant: AuthorizationGrant): Promise<void> {
    this.#implicit = grant.idToken !== undefined;
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
      const grant = readGrant(await this.provider.ask('signIn')) ?? (await this.provider.getAuthCode());
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
