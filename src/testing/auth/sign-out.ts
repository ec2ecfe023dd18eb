import type { Runtime } from '../runtime.js';
import type { AuthProviderClient } from './auth-provider-client.js';
import type { TokenManager } from './token-manager.js';

/** Sign-out by the command `Auth.logout`, by the server, and in another tab of this origin. */
export class SignOut {
  /** Whether the current sign-in used an ID token instead of a code. */
  implicitFlow = false;
  readonly #runtime: Runtime;
  readonly #tokens: TokenManager;
  readonly #provider: AuthProviderClient;
  readonly #otherTabs: OtherTabs;
  #loggingOut: Promise<void> | undefined;

  constructor(runtime: Runtime, tokens: TokenManager, provider: AuthProviderClient) {
    this.#runtime = runtime;
    this.#tokens = tokens;
    this.#provider = provider;
    this.#otherTabs = new OtherTabs(runtime.deploymentId, () => this.#onSignedOut());
    runtime.stopped.addEventListener('abort', () => this.#otherTabs.close());
  }

  /** `Auth.logout`: revokes the JWT, then signs out in all tabs. Concurrent calls share one request. */
  logout(): Promise<void> {
    this.#loggingOut ??= this.#tokens
      .revoke()
      .then(() => this.#signOutOfProvider())
      .then(() => this.#otherTabs.notify())
      .finally(() => (this.#loggingOut = undefined));
    return this.#loggingOut;
  }

  /** The server ended the session: after a logout in this page or on another device. */
  endedByServer(): void {
    this.#onSignedOut();
    this.#otherTabs.notify();
  }

  #onSignedOut(): void {
    if (this.#tokens.authenticated) this.#tokens.signedOut();
  }

  /**
   * With the implicit flow, Messenger asks the page to sign out of the OpenID provider. When exactly is not documented;
   * after the revocation is assumed.
   */
  async #signOutOfProvider(): Promise<void> {
    const { implicitFlow } = this;
    this.implicitFlow = false;
    if (!implicitFlow || !this.#runtime.bus.hasCommand('AuthProvider.logoutOIDC')) return;
    await this.#provider.call('logoutOIDC').catch(() => undefined);
  }
}

/** Notifies the other tabs of this origin of a sign-out. Carries no other data. */
class OtherTabs {
  readonly #channel: BroadcastChannel | undefined;

  constructor(deploymentId: string, onSignOut: () => void) {
    // The storage event of the token keys would not do: a refused refresh removes them too, and is not a sign-out.
    try {
      this.#channel = new BroadcastChannel(`_${deploymentId}:auth`);
    } catch {
      // A browser without channels: the other tabs find out at their next request.
    }
    this.#channel?.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (event.data === 'logged-out') onSignOut();
    });
  }

  notify(): void {
    this.#channel?.postMessage('logged-out');
  }

  close(): void {
    this.#channel?.close();
  }
}
