import type { AuthFlows } from '../auth/auth-flows.js';
import { isExpired, readClaims } from '../auth/jwt.js';
import type { AuthChange } from '../auth/token-manager.js';
import type { Plugin } from '../bus/plugin.js';
import { Listeners } from '../listeners.js';
import type { Runtime } from '../runtime.js';
import { startTimer } from '../timing.js';
import { ConfigureAttempt } from './configure-attempt.js';
import { describeError, retryAfterMs } from './error-frames.js';
import type { ClientFrame, ServerFrame, SessionBody } from './frames.js';
import type { SessionStore } from './session-store.js';
import { SocketConnection } from './socket-connection.js';

/** `ended`: closed by the server, or refused with a fatal error; `start` opens it again. */
export type SessionPhase = 'idle' | 'connecting' | 'awaiting-auth' | 'active' | 'reconnecting' | 'ended';

/** How the session notifies the conversation. */
export interface SessionHandlers {
  /** The session is configured. @param again after a reconnect or another sign-in */
  active(body: SessionBody, again: boolean): void;
  received(frame: ServerFrame): void;
  socketLost(): void;
  /** Removes the conversation from view. @param unsent also drops messages that are not sent yet */
  forget(unsent: boolean): void;
}

/**
 * Opens the socket and configures it, for a guest or the signed-in person. Repeats this after a lost socket and after a
 * sign-in.
 *
 * https://developer.genesys.cloud/commdigital/digital/webmessaging/websocketapi
 */
export class Session {
  readonly changes = new Listeners();
  phase: SessionPhase = 'idle';
  /** Whether the server knows this session as that of a signed-in person. */
  authenticated = false;
  readonly connection: SocketConnection;
  readonly store: SessionStore;
  readonly #runtime: Runtime;
  readonly #plugin: Plugin;
  readonly #auth: AuthFlows | undefined;
  #conversation: SessionHandlers | undefined;
  #startNew = false;
  #sub: string | undefined;
  #wasActive = false;
  #lost = false;
  readonly #attempt = new ConfigureAttempt();
  #waitingForOpen: (() => void)[] = [];

  constructor(runtime: Runtime, plugin: Plugin, auth: AuthFlows | undefined, store: SessionStore) {
    this.#runtime = runtime;
    this.#plugin = plugin;
    this.#auth = auth;
    this.store = store;
    this.connection = new SocketConnection(runtime, {
      opened: () => this.#onOpened(),
      received: (frame) => this.#onFrame(frame),
      lost: () => this.#onLost(),
      retrying: (offline) => this.#plugin.publish(offline ? 'offline' : 'reconnecting'),
    });
    auth?.tokens.changes.add((change) => this.#onAuthChange(change));
  }

  /** `sub` of the person in the current session; `undefined` for a guest. */
  get sub(): string | undefined {
    return this.#sub;
  }

  get guestsAllowed(): boolean {
    const { auth } = this.#runtime.config;
    return !auth?.enabled || auth.allowSessionUpgrade === true;
  }

  setConversation(conversation: SessionHandlers): void {
    this.#conversation = conversation;
  }

  /** Resolves when the socket is open, before the session is configured. */
  start(startNew = false): Promise<void> {
    if (this.connection.isOpen) return Promise.resolve();
    if (this.phase === 'idle' || this.phase === 'ended') {
      this.#startNew = startNew;
      this.#attempt.reset();
      this.#wasActive = false;
      this.#connect();
    }
    return new Promise((resolve) => this.#waitingForOpen.push(resolve));
  }

  send(frame: ClientFrame): boolean {
    return this.connection.send({ tracingId: crypto.randomUUID(), ...frame, token: this.store.token });
  }

  /** Ends the session in this page. The next one has a new token. */
  end(): void {
    this.#attempt.abandon();
    this.#sub = undefined;
    this.#wasActive = false;
    this.#lost = false;
    this.authenticated = false;
    this.connection.close();
    this.store.forget();
    this.#conversation?.forget(true);
    this.#enter('idle');
  }

  #connect(): void {
    const ready = this.guestsAllowed || this.#auth?.tokens.store.jwt !== undefined;
    this.#enter(ready ? 'connecting' : 'awaiting-auth');
    if (ready) this.connection.open();
  }

  #onOpened(): void {
    for (const resolve of this.#waitingForOpen.splice(0)) resolve();
    void this.#configure();
  }

  async #configure(): Promise<void> {
    const ticket = this.#attempt.begin();
    const tokens = this.#auth?.tokens;
    await tokens?.whenIdle();
    if (this.#runtime.switches.autoRefresh && isExpired(tokens?.store.claims, Date.now())) {
      await this.#auth?.refresh().catch(() => undefined);
    }
    if (!this.#attempt.isCurrent(ticket) || !this.connection.isOpen) return;
    const jwt = tokens?.store.jwt;
    if (jwt === undefined && !this.guestsAllowed) return this.#enter('awaiting-auth');
    this.send({
      action: jwt === undefined ? 'configureSession' : 'configureAuthenticatedSession',
      tracingId: this.#attempt.send(jwt),
      deploymentId: this.#runtime.deploymentId,
      startNew: this.#startNew,
      ...(jwt === undefined ? {} : { data: { code: jwt } }),
    });
  }

  #onFrame(frame: ServerFrame): void {
    if (frame.class === 'SessionResponse') this.#onSession(frame.body as SessionBody);
    else if (this.#attempt.isRefusedBy(frame)) this.#onRefused(frame);
    else if (frame.class === 'LogoutEvent') this.#auth?.signOut.endedByServer();
    else if (frame.class === 'SessionExpiredEvent') this.#onEnded('sessionExpired');
    else if (frame.class === 'SessionClearedEvent') this.#onEnded('sessionCleared', 'conversationCleared');
    // Too many connections, or the person signed in elsewhere. Messenger publishes no event.
    else if (frame.class === 'ConnectionClosedEvent') this.#close();
    else this.#conversation?.received(frame);
  }

  #onSession(body: SessionBody): void {
    const again = this.#wasActive;
    const { jwt } = this.#attempt;
    const upgraded = again && !this.authenticated && jwt !== undefined;
    this.#attempt.accepted();
    this.#startNew = false;
    this.#wasActive = true;
    this.#sub = readClaims(jwt)?.sub;
    this.store.active = true;
    this.authenticated = jwt !== undefined;
    this.phase = 'active';
    const { newSession = false, readOnly = false, durationSeconds, expirationDate } = body;
    if (!again || upgraded) {
      const { authenticated } = this;
      this.#plugin.republish('started', { newSession, authenticated, readOnly, durationSeconds, expirationDate });
    }
    if (this.#lost) this.#plugin.publish('reconnected');
    this.#lost = false;
    this.changes.notify();
    this.#conversation?.active(body, again);
    // The person signed in while the guest's configure frame was pending.
    if (jwt === undefined && this.#auth?.tokens.store.jwt !== undefined) void this.#configure();
  }

  #onRefused(frame: ServerFrame): void {
    const kind = this.#attempt.refused(frame);
    this.#plugin.publish('error', describeError(frame));
    if (kind === 'wait') startTimer(this.#runtime, retryAfterMs(frame), () => void this.#configure());
    else if (kind === 'new-session') this.#startOver();
    else if (kind === 'authenticate' && this.#auth) this.#authenticateAgain(this.#auth);
    else this.#close();
  }

  #authenticateAgain(auth: AuthFlows): void {
    this.#enter('awaiting-auth');
    const { jwt } = auth.tokens.store;
    // There is a newer JWT than the one that was refused.
    if (jwt !== undefined && jwt !== this.#attempt.jwt) return void this.#configure();
    if (!this.#runtime.switches.autoRefresh || this.#attempt.refreshed) return auth.startReAuthentication();
    this.#attempt.refreshed = true;
    auth.refresh().catch(() => undefined);
  }

  /** The server does not know the session, or does not allow it for a guest: tries again with a new token. */
  #startOver(): void {
    this.store.forget();
    this.#conversation?.forget(false);
    this.#startNew = true;
    this.#wasActive = false;
    void this.#configure();
  }

  #onAuthChange(change: AuthChange): void {
    if (change === 'logged-out') this.#onLoggedOut();
    if (change === 'authenticated') this.#onSignedIn();
    // A sign-in configures an active session again. A refreshed JWT is used only if the session waits for one.
    const waiting = this.phase === 'awaiting-auth' && (change === 'authenticated' || change === 'refreshed');
    if (waiting || (change === 'authenticated' && this.phase === 'active')) {
      if (this.connection.isOpen) void this.#configure();
      else this.#connect();
    }
    this.changes.notify();
  }

  /** A sign-in needs a new session token, except for a step-up and for the same person. */
  #onSignedIn(): void {
    const sub = this.#auth?.tokens.store.claims?.sub;
    if (this.#sub === undefined ? this.guestsAllowed : this.#sub === sub) return;
    const { active } = this.store;
    const changed = this.#sub !== undefined;
    this.store.forget();
    this.store.active = active && !changed;
    if (changed) this.#conversation?.forget(true);
    this.#wasActive = this.#wasActive && !changed;
  }

  #onLoggedOut(): void {
    const started = this.phase !== 'idle';
    this.end();
    if (started && !this.guestsAllowed) this.#enter('awaiting-auth');
  }

  #onLost(): boolean {
    this.#attempt.abandon();
    this.#conversation?.socketLost();
    this.#lost = this.#wasActive;
    if (this.phase === 'awaiting-auth') return false;
    this.#enter(this.#wasActive ? 'reconnecting' : 'connecting');
    return true;
  }

  #onEnded(...events: string[]): void {
    this.end();
    for (const event of events) this.#plugin.publish(event);
  }

  #close(): void {
    this.#attempt.abandon();
    this.connection.close();
    this.#enter('ended');
  }

  #enter(phase: SessionPhase): void {
    this.phase = phase;
    this.changes.notify();
  }
}
