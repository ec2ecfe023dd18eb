import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { configure } from '../compose.js';
import type { Config, RawConfig } from '../core/config.js';
import { asGcAuthError, GcAuthError } from '../core/errors.js';
import type { Snapshot } from '../core/snapshot.js';
import type { Session, SessionEvent } from '../session/session.js';
import { claim, release, whenFreed } from './ownership.js';

/** What the controller needs of its element, and what it tells it. */
export interface SessionHost extends ReactiveControllerHost, HTMLElement {
  readonly hasUpdated: boolean;
  /** Attribute and property values, by property name. */
  rawConfig(): RawConfig;
  readonly codeProvider?: unknown;
  createSession(config: Config): Session;
  /** Calls back when Messenger may be fetched, if ever; returns how to stop waiting. */
  whenToStart(loading: Config['loading'], start: () => void): () => void;
  sessionChanged(snapshot: Snapshot): void;
  sessionEvent(signal: SessionEvent): void;
  /** The element cannot work as it is configured or placed. */
  cannotStart(error: GcAuthError): void;
}

/** Ties the life of a session to the life of an element: one at a time, none while the element is out of the page. */
export class SessionController implements ReactiveController {
  constructor(host: SessionHost) {
    this.#host = host;
    host.addController(this);
  }

  readonly #host: SessionHost;
  session: Session | undefined;
  /** Why there is no session. */
  obstacle: GcAuthError | undefined;
  /** What ends with the session, newest last. */
  #undo: Array<() => void> = [];
  #live = '';
  #liveProvider: unknown;
  #wanted = false;
  #begin: (() => void) | undefined;

  hostConnected(): void {
    if (this.#host.hasUpdated) this.configure();
  }

  /** A moved element is out of the page for a moment only, so what it holds is kept until that has passed. */
  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#stop();
    });
  }

  /** Takes the configuration as it is now. The latest wins; nothing happens when it means the same. */
  configure(): void {
    if (!this.#host.isConnected) return;
    try {
      const config = configure(this.#host.rawConfig(), window);
      const key = JSON.stringify(config);
      const { codeProvider } = this.#host;
      if (this.session && key === this.#live && codeProvider === this.#liveProvider) return;
      this.#stop();
      this.#live = key;
      // Another function may bring another person's codes, and JSON holds none.
      this.#liveProvider = codeProvider;
      this.#claim(config);
    } catch (thrown) {
      this.#stop();
      this.#refuse(asGcAuthError(thrown, 'config-invalid'));
    }
  }

  /** Someone needs Messenger before its moment: a click on the launcher, `open()`, `signIn()`. */
  fetchNow(): void {
    this.#wanted = true;
    this.#begin?.();
  }

  #claim(config: Config): void {
    const host = this.#host;
    if (!claim(window, host)) {
      this.#undo = [whenFreed(window, () => queueMicrotask(() => this.configure()))];
      return this.#refuse(new GcAuthError('duplicate-element'));
    }
    // First, so that `#stop()` lets go of Messenger when no session can be created.
    this.#undo = [() => release(window, host)];
    this.obstacle = undefined;
    const session = (this.session = host.createSession(config));
    this.#undo.push(() => session.end());
    session.events$.subscribe((signal) => host.sessionEvent(signal));
    session.snapshot$.subscribe((snapshot) => host.sessionChanged(snapshot));
    this.#begin = () => {
      this.#begin = undefined;
      // A change of attributes later finds Messenger there, and need not wait again.
      this.#wanted = true;
      session.start();
    };
    host.sessionChanged(session.snapshot);
    if (this.#wanted) this.#begin();
    else this.#undo.push(host.whenToStart(config.loading, () => this.#begin?.()));
  }

  #refuse(error: GcAuthError): void {
    this.#live = '';
    this.obstacle = error;
    this.#host.cannotStart(error);
  }

  #stop(): void {
    this.#begin = undefined;
    this.session = undefined;
    this.#live = '';
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }
}
