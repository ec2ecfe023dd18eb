import type { Auth } from '../auth/auth.js';
import { isExpired, readClaims } from '../auth/jwt.js';
import type { AuthChange } from '../auth/token-keeper.js';
import type { Plugin } from '../bus/plugin.js';
import { Listeners } from '../listeners.js';
import type { Runtime } from '../runtime.js';
import { after } from '../runtime.js';
import { ConfigureAttempt } from './configure-attempt.js';
import { Connection } from './connection.js';
import type { ClientFrame, ServerFrame, SessionBody } from './frames.js';
import { describeError, retryAfterMs } from './refusal.js';
import type { SessionStore } from './session-store.js';

/** `ended`: closed by the server, or refused for good; only a new start opens it again. */
export type SessionPhase = 'idle' | 'connecting' | 'awaiting-auth' | 'active' | 'reconnecting' | 'ended';

/** What the conversation on top of the session has to know. */
export interface SessionUser {
  /** Configured; `again` after a reconnect or a new sign-in. */
  active(body: SessionBody, again: boolean): void;
  received(frame: ServerFrame): void;
  socketLost(): void;
  /** Nothing of the conversation may be shown any more; with `unsent`, nothing that waits be sent either. */
  forget(unsent: boolean): void;
}

/** Opens the socket, configures it as guest or as the signed-in person, and does so again when either is lost. */
export class Session {
  readonly changes = new Listeners();
  phase: SessionPhase = 'idle';
  /** As whom the server knows this session. */
  authenticated = false;
  readonly connection: Connection;
  readonly store: SessionStore;
  readonly #runtime: Runtime;
  readonly #plugin: Plugin;
  readonly #auth: Auth | undefined;
  #user: SessionUser | undefined;
  #startNew = false;
  #sub: string | undefined;
  #wasActive = false;
  #lost = false;
  readonly #attempt = new ConfigureAttempt();
  #waitingForOpen: (() => void)[] = [];

  constructor(runtime: Runtime, plugin: Plugin, auth: Auth | undefined, store: SessionStore) {
    this.#runtime = runtime;
    this.#plugin = plugin;
    this.#auth = auth;
    this.store = store;
    this.connection = new Connection(runtime, {
      opened: () => this.#onOpened(),
      received: (frame) => this.#onFrame(frame),
      lost: () => this.#onLost(),
      retrying: (offline) => this.#plugin.publish(offline ? 'offline' : 'reconnecting'),
    });
    auth?.tokens.changes.add((change) => this.#onAuthChange(change));
  }

  /** The signed-in person of the running session; `undefined` for a guest. */
  get sub(): string | undefined {
    return this.#sub;
  }

  get guestsAllowed(): boolean {
    const { auth } = this.#runtime.config;
    return !auth?.enabled || auth.allowSessionUpgrade === true;
  }

  use(user: SessionUser): void {
    this.#user = user;
  }

  /** Settles when the socket is open, before the session is configured. */
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

  /** Ends the session here; the next one has another token. */
  end(): void {
    this.#attempt.abandon();
    this.#sub = undefined;
    this.#wasActive = false;
    this.#lost = false;
    this.authenticated = false;
    this.connection.close();
    this.store.forget();
    this.#user?.forget(true);
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
    await tokens?.settled();
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
    else if (frame.class === 'LogoutEvent') this.#auth?.endedByServer();
    else if (frame.class === 'SessionExpiredEvent') this.#onEnded('sessionExpired');
    else if (frame.class === 'SessionClearedEvent') this.#onEnded('sessionCleared', 'conversationCleared');
    // One connection too many, or the conversation went on elsewhere: Messenger tells the page nothing.
    else if (frame.class === 'ConnectionClosedEvent') this.#close();
    else this.#user?.received(frame);
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
    this.#user?.active(body, again);
    // Somebody signed in while the guest's frame was on its way.
    if (jwt === undefined && this.#auth?.tokens.store.jwt !== undefined) void this.#configure();
  }

  #onRefused(frame: ServerFrame): void {
    const kind = this.#attempt.refused(frame);
    this.#plugin.publish('error', describeError(frame));
    if (kind === 'wait') after(this.#runtime, retryAfterMs(frame), () => void this.#configure());
    else if (kind === 'new-session') this.#startOver();
    else if (kind === 'authenticate' && this.#auth) this.#authenticateAgain(this.#auth);
    else this.#close();
  }

  #authenticateAgain(auth: Auth): void {
    this.#enter('awaiting-auth');
    const { jwt } = auth.tokens.store;
    // Another JWT arrived while this one was on its way to its refusal.
    if (jwt !== undefined && jwt !== this.#attempt.jwt) return void this.#configure();
    if (!this.#runtime.switches.autoRefresh || this.#attempt.refreshed) return auth.reAuthenticateUnasked();
    this.#attempt.refreshed = true;
    auth.refresh().catch(() => undefined);
  }

  /** The server does not know the session, or not for a guest: once more with another token. */
  #startOver(): void {
    this.store.forget();
    this.#user?.forget(false);
    this.#startNew = true;
    this.#wasActive = false;
    void this.#configure();
  }

  #onAuthChange(change: AuthChange): void {
    if (change === 'logged-out') this.#onLoggedOut();
    if (change === 'authenticated') this.#takePerson();
    // A new sign-in configures a running session again; a refreshed JWT is only for one that waits for it.
    const waiting = this.phase === 'awaiting-auth' && (change === 'authenticated' || change === 'refreshed');
    if (waiting || (change === 'authenticated' && this.phase === 'active')) {
      if (this.connection.isOpen) void this.#configure();
      else this.#connect();
    }
    this.changes.notify();
  }

  /** A sign-in discards the session's token, except where it lifts a guest's conversation. */
  #takePerson(): void {
    const sub = this.#auth?.tokens.store.claims?.sub;
    if (this.#sub === undefined ? this.guestsAllowed : this.#sub === sub) return;
    const { active } = this.store;
    const changed = this.#sub !== undefined;
    this.store.forget();
    this.store.active = active && !changed;
    if (changed) this.#user?.forget(true);
    this.#wasActive = this.#wasActive && !changed;
  }

  #onLoggedOut(): void {
    const started = this.phase !== 'idle';
    this.end();
    if (started && !this.guestsAllowed) this.#enter('awaiting-auth');
  }

  #onLost(): boolean {
    this.#attempt.abandon();
    this.#user?.socketLost();
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
