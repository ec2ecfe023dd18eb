import type { AuthFlows } from '../auth/auth-flows.js';
import { CommandRejection } from '../bus/command-rejection.js';
import { provideCommand, registerBuiltInPlugin } from '../bus/plugin.js';
import type { Plugin } from '../bus/plugin.js';
import type { Runtime } from '../runtime.js';
import { startTimer } from '../timing.js';
import { Conversation } from './conversation.js';
import { Session } from './session.js';
import type { SessionStore } from './session-store.js';
import { stepUp } from './step-up.js';

const never = new Promise<never>(() => undefined);

/**
 * The `MessagingService` plugin: its commands, on the session and the conversation.
 *
 * https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/messagingServicePlugin
 */
export class Messaging {
  readonly session: Session;
  readonly conversation: Conversation;
  readonly #runtime: Runtime;
  readonly #plugin: Plugin;
  readonly #auth: AuthFlows | undefined;
  #ready = false;
  #restoreDue = false;
  #signInOffered = false;

  constructor(runtime: Runtime, auth: AuthFlows | undefined, store: SessionStore) {
    this.#runtime = runtime;
    this.#auth = auth;
    this.#plugin = registerBuiltInPlugin(runtime.bus, 'MessagingService');
    this.session = new Session(runtime, this.#plugin, auth, store);
    this.conversation = new Conversation(runtime, this.#plugin, this.session);
    this.#provideCommands();
    auth?.tokens.changes.add((change) => {
      if (change === 'authenticated') this.#onAuthenticated();
    });
    this.session.changes.add(() => this.#offerSignIn());
  }

  /** Whether it is not known yet who writes: commands that send are rejected until then. */
  get authenticating(): boolean {
    if (this.#auth?.reAuthentication.outstanding) return true;
    if (this.session.phase === 'active' || this.session.phase === 'reconnecting') return false;
    return this.#auth?.authenticating === true || this.session.phase === 'awaiting-auth';
  }

  /** Runs when the window first opens, when there is a conversation to restore, and at page load in headless mode. */
  load(): void {
    if (this.#ready) return;
    this.#ready = true;
    this.#plugin.publish('sessionDurationConfigured');
    this.#plugin.ready();
    this.#plugin.publish('allowedFileTypes', { fileTypes: [] });
  }

  restoreStored(): void {
    if (!this.session.store.active) return;
    this.load();
    this.#restoreDue = true;
    startTimer(this.#runtime, this.#runtime.timing.restoreMs, () => {
      this.#restoreDue = false;
      if (!this.#configureOnly) void this.#start();
    });
  }

  /** Starts the new or stored conversation when the window opens; with `firstAuthCode: 'at-open'` also the sign-in. */
  open(): void {
    this.load();
    const { switches } = this.#runtime;
    if (switches.firstAuthCode === 'at-open' && this.#auth?.tokens.store.jwt === undefined) {
      this.#auth?.getTokens().catch(() => undefined);
    }
    if (!this.#restoreDue) void this.#start();
  }

  #start(): Promise<void> {
    if (this.session.phase === 'idle' && this.session.store.active) this.#plugin.republish('restoring');
    return this.session.start();
  }

  /** In headless mode the conversation starts after a sign-in without a command, unless the page set `configureOnly`. */
  #onAuthenticated(): void {
    const headless = this.#runtime.config.headlessMode?.enabled;
    if (headless && this.session.phase === 'idle' && !this.#configureOnly) void this.#start();
  }

  get #configureOnly(): boolean {
    const { bus, config } = this.#runtime;
    const settings = bus.read('AuthProvider.settings') as { headless?: { configureOnly?: boolean } } | undefined;
    return config.headlessMode?.enabled === true && settings?.headless?.configureOnly === true;
  }

  /** Publishes `signInAvailable` once per session of a guest. */
  #offerSignIn(): void {
    const guest = this.#auth !== undefined && this.session.phase === 'active' && !this.session.authenticated;
    if (guest && !this.#signInOffered) this.#runtime.bus.publish('Auth', 'signInAvailable');
    this.#signInOffered = guest || (this.#signInOffered && this.session.phase === 'reconnecting');
  }

  #provideCommands(): void {
    const { session, conversation } = this;
    const provide = (name: string, run: (data: Record<string, unknown>) => unknown): void =>
      provideCommand(this.#plugin, name, run);
    provide('startConversation', () => (session.phase === 'connecting' ? never : this.#start()));
    provide('joinConversation', () => this.#start());
    provide('sendMessage', ({ message }) => this.#sendMessage(message));
    provide('sendTyping', () => this.#sendTyping());
    provide('fetchHistory', () => conversation.fetchHistory());
    provide('clearConversation', () => {
      if (!conversation.clear()) throw new CommandRejection('No active conversation found to clear.');
    });
    provide('resetConversation', () => {
      session.end();
      return session.start(true);
    });
    provide('stepUpConversation', () => stepUp(this.#runtime, this.#plugin, this.#auth, session));
  }

  #sendMessage(message: unknown): void {
    if (this.authenticating) throw new CommandRejection('Messages cannot be sent while authenticating');
    if (typeof message !== 'string' || message.trim() === '')
      throw new CommandRejection('Message is missing or invalid.');
    void this.#start();
    this.conversation.send(message);
  }

  #sendTyping(): unknown {
    if (this.authenticating) throw new CommandRejection('Typing indicator cannot be sent while authenticating');
    return this.conversation.typing() ? undefined : never;
  }
}
