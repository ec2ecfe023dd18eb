import type { LitElement } from 'lit';
import type { Attempt, GcAuthError } from '../core/errors.js';
import type { State } from '../core/model.js';
import type { Snapshot } from '../core/snapshot.js';
import { attempt } from '../core/stored-value.js';
import type { TokenInfo } from '../core/token.js';
import type { SessionEvent } from '../session/session.js';
import { PublicStreams } from '../session/streams.js';
import { messengerContext } from './context.js';
import type { MessengerContext } from './context.js';
import { ErrorConsole } from './error-console.js';
import { gcEvent } from './events.js';
import type { GcEventDetails } from './events.js';
import { IsolatedProvider } from './isolated-provider.js';
import type { SessionController } from './session-controller.js';
import { measureAttempt } from './user-timing.js';

/** The element, as far as others hear of its session. */
export type ReportingHost = LitElement & Pick<MessengerContext, 'signIn' | 'signOut' | 'open' | 'close'>;

/** Tells the page what happens in the session: by properties, events, streams, custom states, context and console. */
export class SessionReporter {
  constructor(host: ReportingHost, controller: SessionController) {
    this.#host = host;
    this.#controller = controller;
    this.#console = new ErrorConsole(host);
    // Absent in old browsers, and in DOMs for unit tests, such as happy-dom. Pages there use the event.
    this.#states = (host as { attachInternals?(): ElementInternals }).attachInternals?.().states;
    this.#context = new IsolatedProvider(host, { context: messengerContext, initialValue: this.#shared() });
  }

  state: State = 'loading';
  /** The latest error, until the state leaves `failed` or the person is signed in. */
  error: GcAuthError | undefined;
  /** Undefined without a session. */
  snapshot: Snapshot | undefined;
  /** Messenger has been loaded. */
  ready = false;
  readonly streams = new PublicStreams(() => this.#validToken());
  readonly #host: ReportingHost;
  readonly #controller: SessionController;
  readonly #console: ErrorConsole;
  readonly #states: CustomStateSet | undefined;
  readonly #context: IsolatedProvider<typeof messengerContext>;

  changed(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    this.#enter(snapshot.state, snapshot.reason);
  }

  /** There is no session, or no longer. */
  failed(error: GcAuthError): void {
    this.snapshot = undefined;
    this.#enter('failed', error.code);
    this.report(error);
  }

  pass(event: SessionEvent): void {
    switch (event.type) {
      case 'ready':
        this.ready = true;
        return void this.#fire('gc-ready', undefined);
      case 'token':
        this.streams.tokens.next(event.token);
        return void this.#fire('gc-token', event.token);
      case 'error':
        return this.report(event.error);
      case 'attempt':
        return this.#attempted(event.attempt);
      case 'signed-in':
        return void this.#fire('gc-signed-in', undefined);
      case 'signed-out':
        return void this.#fire('gc-signed-out', { reason: event.reason });
      case 'messenger': {
        const detail = Object.freeze({ name: event.name, data: event.data });
        this.streams.events.next(detail);
        return void this.#fire('gc-messenger-event', detail);
      }
    }
  }

  report(error: GcAuthError): void {
    this.error = error;
    this.streams.errors.next(error);
    if (this.#fire('gc-error', error)) this.#console.failed(error);
  }

  /** A person must act. Returns false when the page shows its own interface. */
  require(error: GcAuthError): boolean {
    const detail = { reason: error.code, error, signIn: () => this.#host.signIn() };
    const prompts = this.#fire('gc-interaction-required', detail);
    if (prompts) this.#console.prompted(error);
    return prompts;
  }

  #enter(state: State, reason: string): void {
    if (state !== this.state && (state === 'signed-in' || this.state === 'failed')) this.error = undefined;
    this.state = state;
    const change = this.streams.enter(state, reason);
    if (change) {
      // Chromium before 125 throws for a name without dashes.
      attempt(() => {
        this.#states?.clear();
        this.#states?.add(state);
      });
      this.#fire('gc-state-change', change);
    }
    this.#context.setValue(this.#shared());
    this.#host.requestUpdate();
  }

  #attempted(attempt: Attempt): void {
    const detail = Object.freeze(attempt);
    measureAttempt(detail);
    this.streams.attempts.next(detail);
    this.#fire('gc-attempt', detail);
  }

  /** Returns false when a listener prevented it. */
  #fire<Name extends keyof GcEventDetails>(name: Name, detail: GcEventDetails[Name]): boolean {
    return this.#host.dispatchEvent(gcEvent(name, detail));
  }

  #validToken(): TokenInfo | undefined {
    const token = this.snapshot?.token;
    const { session } = this.#controller;
    return token && session && token.expiresAt > session.options.scheduler.now() ? token : undefined;
  }

  #shared(): MessengerContext {
    const host = this.#host;
    return {
      state: this.state,
      reason: this.snapshot?.reason ?? 'start',
      token: this.#validToken(),
      signIn: () => host.signIn(),
      signOut: (options) => host.signOut(options),
      open: () => host.open(),
      close: () => host.close(),
    };
  }
}
