import { ContextProvider } from '@lit/context';
import { html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { compose, inNextTask, launcherLook, whenToRefuse, whenToStart } from '../compose.js';
import type { Config, GenesysConfig } from '../core/config.js';
import type { Diagnosis } from '../core/diagnosis.js';
import { GcAuthError } from '../core/errors.js';
import type { Attempt } from '../core/errors.js';
import type { State } from '../core/model.js';
import type { Snapshot } from '../core/snapshot.js';
import type { TokenInfo } from '../core/token.js';
import { version } from '../core/version.js';
import { closeMessenger, openMessenger, sendCommand } from '../session/commands.js';
import type { Session, SessionEvent } from '../session/session.js';
import { PublicStreams } from '../session/streams.js';
import type { MessengerEvent, Observable, StateChange } from '../session/streams.js';
import { ConfiguredElement } from './configured-element.js';
import { messengerContext } from './context.js';
import type { MessengerContext } from './context.js';
import { diagnose } from './diagnose.js';
import { ErrorConsole } from './error-console.js';
import { gcEvent } from './events.js';
import type { GcEventDetails } from './events.js';
import { SessionController } from './session-controller.js';
import type { SessionHost, StartCondition } from './session-controller.js';
import { Shown } from './shown.js';
import { hostStyles } from './styles.js';
import { measureAttempt } from './user-timing.js';

/**
 * Genesys Cloud Messenger, signed in through OpenID Connect, and kept signed in.
 *
 * @tagname gc-auth-messenger
 * @attribute {string} lang - Language of the element's own texts, BCP 47. Default: the closest `lang` of the page.
 * @attribute {string} nonce - CSP nonce for what the element injects. Default: none.
 *
 * @fires {CustomEvent<undefined>} gc-ready - Messenger is loaded and AuthProvider registered. Bubbles, composed.
 * @fires {CustomEvent<StateChange>} gc-state-change - The state changed. Bubbles, composed.
 * @fires {CustomEvent<TokenInfo>} gc-token - A Genesys JWT was issued, renewed or restored. Carries the JWT, so it does not bubble.
 * @fires {CustomEvent<undefined>} gc-signed-in - Genesys confirmed the sign-in. Bubbles, composed.
 * @fires {CustomEvent<{reason: SignedOutReason}>} gc-signed-out - The person is signed out; says why. Bubbles, composed.
 * @fires {CustomEvent<InteractionRequired>} gc-interaction-required - A person must act. Prevent it to show your own interface. Bubbles, composed, cancelable.
 * @fires {CustomEvent<GcAuthError>} gc-error - Something failed; says what and what to do. Printed on the console unless prevented. Bubbles, composed, cancelable.
 * @fires {CustomEvent<MessengerEvent>} gc-messenger-event - Messenger published an event; secrets removed. Bubbles, composed.
 * @fires {CustomEvent<Attempt>} gc-attempt - An attempt to get a code has ended, with a code or without. Bubbles, composed.
 *
 * @slot - Anything; stays visible. Elements inside can consume the session through `@lit/context`.
 * @slot message - Text of the prompt, while that is in the shadow root.
 * @slot button - Label of the prompt's button, while that is in the shadow root.
 *
 * @csspart prompt - The prompt as a whole.
 * @csspart message - Its text.
 * @csspart button - Its button.
 * @csspart dismiss - Its button to dismiss.
 * @csspart launcher - The launcher drawn with `loading="interaction"`.
 *
 * @cssprop [--gc-accent-color=light-dark(#1f4fd8, #8fb0ff)] - Colour of button and launcher.
 * @cssprop [--gc-surface-color=light-dark(#fff, #1e222b)] - Background of the prompt.
 * @cssprop [--gc-text-color=light-dark(#1b1f29, #f2f4f8)] - Text of the prompt.
 * @cssprop [--gc-radius=14px] - Corner radius of the prompt.
 * @cssprop [--gc-inset=20px] - Distance from the edges of the window; by default for the prompt, that of the deployment.
 *
 * @cssstate loading - Messenger is being loaded.
 * @cssstate signed-out - Nobody is signed in.
 * @cssstate signing-in - A code is being fetched or exchanged.
 * @cssstate signed-in - Genesys confirmed the sign-in.
 * @cssstate renewing - The JWT is being refreshed.
 * @cssstate reauthenticating - A new code is being fetched for a conversation.
 * @cssstate interaction-required - A person must act.
 * @cssstate failed - The element stopped with an error.
 */
export class GcAuthMessenger extends ConfiguredElement implements SessionHost {
  static override styles = hostStyles;

  /** Version of the package, such as `1.2.3`. Of two copies on a page, the first defines the tag. */
  static readonly version: string = version;

  /** The state now. */
  get state(): State {
    return this.#state;
  }

  /** The latest error, until the state leaves `failed` or the person is signed in; otherwise undefined. */
  get error(): GcAuthError | undefined {
    return this.#error;
  }

  readonly #streams = new PublicStreams(() => this.#validToken());

  /** Every change of state; replays the latest. */
  readonly state$: Observable<StateChange> = this.#streams.state$;

  /** Every Genesys JWT; replays the latest while it is valid. */
  readonly token$: Observable<TokenInfo> = this.#streams.token$;

  /** Every error; replays none. */
  readonly error$: Observable<GcAuthError> = this.#streams.error$;

  /** Every Messenger event without its secrets; replays none. */
  readonly messenger$: Observable<MessengerEvent> = this.#streams.messenger$;

  /** Every attempt to get a code, successful or not; replays none. */
  readonly attempt$: Observable<Attempt> = this.#streams.attempt$;

  #state: State = 'loading';
  #error: GcAuthError | undefined;
  readonly #console = new ErrorConsole();
  #snapshot: Snapshot | undefined;
  #ready = false;
  /** Absent in old browsers, and in DOMs for unit tests, such as happy-dom. Pages there use the event. */
  readonly #states = (this as { attachInternals?(): ElementInternals }).attachInternals?.().states;
  readonly #controller = new SessionController(this);
  readonly #shown = new Shown(this, this.#controller, ({ message }) => {
    this.#report(new GcAuthError('prompt-hidden', { message }));
  });
  readonly #context = new ContextProvider(this, { context: messengerContext, initialValue: this.#shared() });

  /**
   * Makes the session; tests set their own.
   * @internal
   */
  createSession: (config: Config) => Session = (config) =>
    // A function that is written inline is another one at each render, so the latest one is called.
    compose(config, window, config.codeProvider ? (request) => this.codeProvider!(request) : undefined);

  /** Lit as it is published cannot render in an XHTML page. The page hears of it once, and there is no session. */
  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (thrown) {
      if (this.hasUpdated) throw thrown;
      if (this.#controller.obstacle) return;
      const error = new GcAuthError('config-invalid', {
        message: 'The element cannot be rendered in this page.',
        hint: 'Load gc-auth-messenger.iife.js.',
        cause: thrown,
      });
      this.#controller.obstacle = error;
      this.cannotStart(error);
    }
  }

  /** The first render and the session are separate tasks: together they are a long task on a slow device. */
  protected override firstUpdated(): void {
    void inNextTask(window).then(() => this.#controller.session || this.#controller.configure());
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.size === 0 || !this.#controller.configured) return;
    // Not in the update itself: what follows changes the state, which would schedule another update in this one.
    queueMicrotask(() => this.#controller.configured && this.#controller.configure());
  }

  protected override render(): TemplateResult {
    const launcher = this.loading === 'interaction' && !this.#ready && this.#state === 'loading';
    return html`<slot></slot>${this.#shown.render(this.#snapshot, launcher)}`;
  }

  /** Signs in. Call it in a click: the popup opens synchronously. Rejects with `popup-blocked`, `popup-closed`, … */
  async signIn(): Promise<void> {
    await this.#call('sign-in');
  }

  /**
   * Signs out of Genesys, and with `provider` also at the provider, whose page then replaces this one.
   * Rejects with `logout-failed`.
   */
  async signOut(options?: { provider?: boolean }): Promise<void> {
    await this.#call('sign-out', options?.provider === true);
  }

  /** A fresh Genesys JWT; concurrent callers share one refresh. Rejects with `login-required`, `refresh-failed`, `offline`. */
  async refresh(): Promise<TokenInfo> {
    return tokenOf(await this.#call('refresh'));
  }

  /** A new authorization code and with it a new Genesys session. Rejects with `login-required`, `exchange-failed`, … */
  async reauthenticate(): Promise<TokenInfo> {
    return tokenOf(await this.#call('reauthenticate'));
  }

  /**
   * Makes an anonymous conversation an authenticated one; it is kept. Rejects with `login-required` when a person must
   * act first (the prompt goes on from there), `command-failed` when the deployment or Messenger does not allow it.
   */
  async stepUp(): Promise<TokenInfo> {
    return tokenOf(await this.#call('step-up'));
  }

  /** Opens the Messenger window; fetches Messenger first if it is not there yet. Rejects with `command-timeout`. */
  async open(): Promise<void> {
    const session = this.#session();
    this.#shown.opening = true;
    this.requestUpdate();
    this.#controller.fetchNow();
    await openMessenger(session);
  }

  /** Closes the Messenger window. Rejects with `command-timeout`. */
  async close(): Promise<void> {
    await closeMessenger(this.#session());
  }

  /** Any Messenger command by its full name, with a deadline of 10 s; fetches Messenger first if it is not there yet. Rejects with `command-timeout`, `command-failed`. */
  async command(name: string, data?: unknown): Promise<unknown> {
    const session = this.#session();
    this.#controller.fetchNow();
    return sendCommand(session, name, data);
  }

  /** Looks at everything that must be set up right, here, at the provider and at Genesys. Never rejects for what it finds. */
  diagnose(): Promise<Diagnosis> {
    return diagnose(this, window);
  }

  /** @internal */
  launcherLook(config: GenesysConfig): ReturnType<typeof launcherLook> {
    return launcherLook(config, window);
  }

  /** @internal */
  whenToStart(when: StartCondition, start: () => void): () => void {
    return whenToStart(when, window, start);
  }

  /** @internal */
  whenToRefuse({ code }: GcAuthError, refuse: () => void): () => void {
    return whenToRefuse(code, window, refuse);
  }

  /** @internal */
  sessionChanged(snapshot: Snapshot): void {
    const before = this.#snapshot;
    this.#snapshot = snapshot;
    this.#enter(snapshot.state, snapshot.reason);
    if (snapshot.state === 'failed') this.#shown.promptHidden = false;
    if (snapshot.required && snapshot.required !== before?.required) this.#require(snapshot.required);
  }

  /** @internal */
  sessionEvent(event: SessionEvent): void {
    switch (event.type) {
      case 'ready':
        this.#ready = true;
        return void this.#fire('gc-ready', undefined);
      case 'token':
        this.#streams.tokens.next(event.token);
        return void this.#fire('gc-token', event.token);
      case 'error':
        return this.#report(event.error);
      case 'attempt':
        return this.#attempted(event.attempt);
      case 'signed-in':
        return void this.#fire('gc-signed-in', undefined);
      case 'signed-out':
        return void this.#fire('gc-signed-out', { reason: event.reason });
      case 'messenger': {
        const detail = Object.freeze({ name: event.name, data: event.data });
        this.#streams.events.next(detail);
        return void this.#fire('gc-messenger-event', detail);
      }
    }
  }

  /** @internal */
  cannotStart(error: GcAuthError): void {
    this.#snapshot = undefined;
    this.#enter('failed', error.code);
    this.#report(error);
  }

  /** Calls a method of the session, which settles only when Messenger has been fetched. */
  #call(...call: Parameters<Session['call']>): ReturnType<Session['call']> {
    const session = this.#session();
    this.#controller.fetchNow();
    return session.call(...call);
  }

  #session(): Session {
    // A method may be called before the first render.
    if (!this.#controller.configured) this.#controller.configure();
    const { session, obstacle } = this.#controller;
    if (session) return session;
    throw (
      obstacle ??
      new GcAuthError('command-failed', {
        message: 'The element is not in a page yet.',
        hint: 'Add the element to a page first.',
      })
    );
  }

  #enter(state: State, reason: string): void {
    if (state !== this.#state && (state === 'signed-in' || this.#state === 'failed')) this.#error = undefined;
    this.#state = state;
    const change = this.#streams.enter(state, reason);
    if (change) {
      this.#states?.clear();
      this.#states?.add(state);
      this.#fire('gc-state-change', change);
    }
    this.#context.setValue(this.#shared());
    this.requestUpdate();
  }

  #require(error: GcAuthError): void {
    const detail = { reason: error.code, error, signIn: () => this.signIn() };
    this.#shown.promptHidden = !this.dispatchEvent(gcEvent('gc-interaction-required', detail));
  }

  #report(error: GcAuthError): void {
    this.#error = error;
    this.#streams.errors.next(error);
    if (this.#fire('gc-error', error)) this.#console.print(this, error);
  }

  #attempted(attempt: Attempt): void {
    const detail = Object.freeze(attempt);
    measureAttempt(detail);
    this.#streams.attempts.next(detail);
    this.#fire('gc-attempt', detail);
  }

  /** Returns false when a listener prevented it. */
  #fire<Name extends keyof GcEventDetails>(name: Name, detail: GcEventDetails[Name]): boolean {
    return this.dispatchEvent(gcEvent(name, detail));
  }

  #validToken(): TokenInfo | undefined {
    const token = this.#snapshot?.token;
    const { session } = this.#controller;
    return token && session && token.expiresAt > session.options.scheduler.now() ? token : undefined;
  }

  #shared(): MessengerContext {
    return {
      state: this.#state,
      reason: this.#snapshot?.reason ?? 'start',
      token: this.#validToken(),
      signIn: () => this.signIn(),
      signOut: (options) => this.signOut(options),
      open: () => this.open(),
      close: () => this.close(),
    };
  }
}

function tokenOf(token: TokenInfo | undefined): TokenInfo {
  if (!token) throw new GcAuthError('login-required');
  return token;
}

declare global {
  interface HTMLElementTagNameMap {
    'gc-auth-messenger': GcAuthMessenger;
  }
}
