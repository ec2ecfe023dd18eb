import type { Auth } from '../auth/auth.js';
import { provideCommand } from '../bus/plugin.js';
import type { Plugin } from '../bus/plugin.js';
import { Refusal } from '../bus/refusal.js';
import type { Runtime } from '../runtime.js';
import { after, registerOwnPlugin } from '../runtime.js';
import { Conversation } from './conversation.js';
import { Session } from './session.js';
import type { SessionStore } from './session-store.js';
import { stepUp } from './step-up.js';

const never = new Promise<never>(() => undefined);

/** The `MessagingService` plugin: conversation, session and the commands on both. */
export class Messaging {
  readonly session: Session;
  readonly conversation: Conversation;
  readonly #runtime: Runtime;
  readonly #plugin: Plugin;
  readonly #auth: Auth | undefined;
  #ready = false;
  #restoreDue = false;
  #signInOffered = false;

  constructor(runtime: Runtime, auth: Auth | undefined, store: SessionStore) {
    this.#runtime = runtime;
    this.#auth = auth;
    this.#plugin = registerOwnPlugin(runtime.bus, 'MessagingService');
    this.session = new Session(runtime, this.#plugin, auth, store);
    this.conversation = new Conversation(runtime, this.#plugin, this.session);
    this.#provideCommands();
    auth?.tokens.changes.add((change) => {
      if (change === 'authenticated') this.#onAuthenticated();
    });
    this.session.changes.add(() => this.#offerSignIn());
  }

  /** Messages are refused until it is known whose they are. */
  get authenticating(): boolean {
    if (this.#auth?.reAuthentication.outstanding) return true;
    if (this.session.phase === 'active' || this.session.phase === 'reconnecting') return false;
    return this.#auth?.authenticating === true || this.session.phase === 'awaiting-auth';
  }

  /** Native Messenger loads the service when it opens, or when there is a conversation to restore; headless at once. */
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
    after(this.#runtime, this.#runtime.timing.restoreMs, () => {
      this.#restoreDue = false;
      if (!this.#configuresOnly) void this.#start();
    });
  }

  /** Opens the conversation, new or stored; the first code is asked for here by the switch `firstAuthCode`. */
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

  /** In headless mode the conversation of who signed in starts unasked, unless the page set `configureOnly`. */
  #onAuthenticated(): void {
    const headless = this.#runtime.config.headlessMode?.enabled;
    if (headless && this.session.phase === 'idle' && !this.#configuresOnly) void this.#start();
  }

  get #configuresOnly(): boolean {
    const { bus, config } = this.#runtime;
    const settings = bus.read('AuthProvider.settings') as { headless?: { configureOnly?: boolean } } | undefined;
    return config.headlessMode?.enabled === true && settings?.headless?.configureOnly === true;
  }

  /** Once per guest's session. */
  #offerSignIn(): void {
    const guest = this.#auth !== undefined && this.session.phase === 'active' && !this.session.authenticated;
    if (guest && !this.#signInOffered) this.#runtime.bus.publish('Auth', 'signInAvailable');
    this.#signInOffered = guest || (this.#signInOffered && this.session.phase === 'reconnecting');
  }

  #provideCommands(): void {
    const { session, conversation } = this;
    const provide = (name: string, act: (data: Record<string, unknown>) => unknown): void =>
      provideCommand(this.#plugin, name, act);
    provide('startConversation', () => (session.phase === 'connecting' ? never : this.#start()));
    provide('joinConversation', () => this.#start());
    provide('sendMessage', ({ message }) => this.#sendMessage(message));
    provide('sendTyping', () => this.#sendTyping());
    provide('fetchHistory', () => conversation.fetchHistory());
    provide('clearConversation', () => {
      if (!conversation.clear()) throw new Refusal('No active conversation found to clear.');
    });
    provide('resetConversation', () => {
      session.end();
      return session.start(true);
    });
    provide('stepUpConversation', () => stepUp(this.#runtime, this.#plugin, this.#auth, session));
  }

  #sendMessage(message: unknown): void {
    if (this.authenticating) throw new Refusal('Messages cannot be sent while authenticating');
    if (typeof message !== 'string' || message.trim() === '') throw new Refusal('Message is missing or invalid.');
    void this.#start();
    this.conversation.send(message);
  }

  #sendTyping(): unknown {
    if (this.authenticating) throw new Refusal('Typing indicator cannot be sent while authenticating');
    return this.conversation.typing() ? undefined : never;
  }
}
