import { html } from 'lit';
import type { nothing, PropertyValues, TemplateResult } from 'lit';
import { compose, inNextTask, launcherLook, whenToRefuse, whenToStart } from '../compose.js';
import type { Config, GenesysConfig } from '../core/config.js';
import type { Diagnosis } from '../core/diagnosis.js';
import { GcAuthError } from '../core/errors.js';
import type { Attempt } from '../core/errors.js';
import type { State } from '../core/model.js';
import { platformMember } from '../core/platform-member.js';
import type { Snapshot } from '../core/snapshot.js';
import type { TokenInfo } from '../core/token.js';
import { version } from '../core/version.js';
import { closeMessenger, openMessenger, sendCommand } from '../session/commands.js';
import type { Session, SessionEvent } from '../session/session.js';
import type { MessengerEvent, Observable, StateChange } from '../session/streams.js';
import { ConfiguredElement } from './configured-element.js';
import { diagnose } from './diagnose.js';
import { SessionController } from './session-controller.js';
import type { SessionHost, StartCondition } from './session-controller.js';
import { SessionReporter } from './session-reporter.js';
import { Shown } from './shown.js';
import { hostStyles } from './styles.js';

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
    return this.#reporter.state;
  }

  /** The latest error, until the state leaves `failed` or the person is signed in; otherwise undefined. */
  get error(): GcAuthError | undefined {
    return this.#reporter.error;
  }

  readonly #controller = new SessionController(this);
  readonly #reporter = new SessionReporter(this, this.#controller);

  /** Every change of state; replays the latest. */
  readonly state$: Observable<StateChange> = this.#reporter.streams.state$;

  /** Every Genesys JWT; replays the latest while it is valid. */
  readonly token$: Observable<TokenInfo> = this.#reporter.streams.token$;

  /** Every error; replays none. */
  readonly error$: Observable<GcAuthError> = this.#reporter.streams.error$;

  /** Every Messenger event without its secrets; replays none. */
  readonly messenger$: Observable<MessengerEvent> = this.#reporter.streams.messenger$;

  /** Every attempt to get a code, successful or not; replays none. */
  readonly attempt$: Observable<Attempt> = this.#reporter.streams.attempt$;

  readonly #inHtml = document.contentType === 'text/html';

  readonly #shown = new Shown(this, this.#controller, ({ message }) => {
    this.#reporter.report(new GcAuthError('prompt-hidden', { message }));
  });

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

  /**
   * The page's own content has its slot without a template, because most pages are shown nothing of ours. Elsewhere, such as
   * in XHTML, a template fails at once where Lit cannot render, and not when a person is needed.
   */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    if (this.#inHtml) root.append(platformMember(document, 'createElement')('slot'));
    return root;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { ready, state, snapshot } = this.#reporter;
    const launcher = this.loading === 'interaction' && !ready && state === 'loading';
    const shown = this.#shown.render(snapshot, launcher);
    return this.#inHtml ? shown : html`<slot></slot>${shown}`;
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
    const before = this.#reporter.snapshot;
    this.#reporter.changed(snapshot);
    if (snapshot.state === 'failed') this.#shown.promptHidden = false;
    const { required } = snapshot;
    if (required && required !== before?.required) this.#shown.promptHidden = !this.#reporter.require(required);
  }

  /** @internal */
  sessionEvent(event: SessionEvent): void {
    this.#reporter.pass(event);
  }

  /** @internal */
  cannotStart(error: GcAuthError): void {
    this.#reporter.failed(error);
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
