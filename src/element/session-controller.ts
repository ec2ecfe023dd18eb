import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { configure } from '../compose.js';
import type { Config, RawConfig } from '../core/config.js';
import { asGcAuthError, GcAuthError } from '../core/errors.js';
import type { Snapshot } from '../core/snapshot.js';
import type { Session, SessionEvent } from '../session/session.js';
import { claim, release, whenFreed } from './ownership.js';

export interface StartCondition {
  readonly loading: Config['loading'];
  /** Some attributes were missing before, and more may follow. */
  readonly attributesArrive: boolean;
}

/** What the controller needs of its element, and what it tells it. */
export interface SessionHost extends ReactiveControllerHost, HTMLElement {
  readonly hasUpdated: boolean;
  /** Attribute and property values, by property name. */
  rawConfig(): RawConfig;
  createSession(config: Config): Session;
  /** Calls back when Messenger may be fetched, if ever; returns how to stop waiting. */
  whenToStart(when: StartCondition, start: () => void): () => void;
  /** Calls back when the error must be told, unless what is wrong changes before; returns how to stop waiting. */
  whenToRefuse(error: GcAuthError, refuse: () => void): () => void;
  sessionChanged(snapshot: Snapshot): void;
  sessionEvent(event: SessionEvent): void;
  /** The configuration is invalid, or another element is connected already. */
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
  /** Cleanup functions of the session, newest last. */
  #cleanups: Array<() => void> = [];
  /** Configuration of the session, as JSON. */
  #configKey = '';
  /** Messenger may be fetched, or has been. */
  #fetchAllowed = false;
  #begin: (() => void) | undefined;
  /** The configuration was invalid at first. */
  #attributesArrive = false;

  /** The configuration has been read, and there is a session, or a reason why there is none. */
  get configured(): boolean {
    return this.session !== undefined || this.obstacle !== undefined;
  }

  /** Page of the provider that asks for storage access; undefined without one. */
  get storageAccessUri(): string | undefined {
    return this.session?.options.config.storageAccessUri;
  }

  hostConnected(): void {
    if (this.#host.hasUpdated) this.configure();
  }

  /** A moved element is disconnected for a moment only, so its session ends after that moment. */
  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#stop();
    });
  }

  /** Reads the configuration. The latest wins; nothing happens when its meaning has not changed. */
  configure(): void {
    if (!this.#host.isConnected) return;
    const running = this.session !== undefined;
    try {
      const config = configure(this.#host.rawConfig(), window);
      // A default that the page writes out is no reason for another session.
      const key = JSON.stringify({ ...config, silentTimeoutSet: undefined });
      if (this.session && key === this.#configKey) return;
      this.#stop();
      this.#claim(config, running);
      this.#configKey = key;
    } catch (thrown) {
      this.#stop();
      this.#attributesArrive = true;
      this.#refuse(asGcAuthError(thrown, 'config-invalid'), running);
    }
  }

  /** Fetches Messenger before `loading` would: for a click on the launcher, or a public method. */
  fetchNow(): void {
    this.#fetchAllowed = true;
    this.#begin?.();
  }

  #claim(config: Config, running: boolean): void {
    const host = this.#host;
    if (!claim(window, host)) {
      this.#cleanups = [whenFreed(window, () => queueMicrotask(() => this.configure()))];
      return this.#refuse(new GcAuthError('duplicate-element'), running);
    }
    // First, so that `#stop()` releases Messenger when no session can be created.
    this.#cleanups = [() => release(window, host)];
    this.obstacle = undefined;
    const session = (this.session = host.createSession(config));
    this.#cleanups.push(() => session.end());
    session.events$.subscribe((event) => host.sessionEvent(event));
    session.snapshot$.subscribe((snapshot) => host.sessionChanged(snapshot));
    this.#begin = () => {
      this.#begin = undefined;
      this.#attributesArrive = false;
      // After a change of attributes, the next session does not wait again.
      this.#fetchAllowed = true;
      session.start();
    };
    host.sessionChanged(session.snapshot);
    if (this.#fetchAllowed) this.#begin();
    else {
      const when = { loading: config.loading, attributesArrive: this.#attributesArrive };
      this.#cleanups.push(host.whenToStart(when, () => this.#begin?.()));
    }
  }

  /** Methods reject with the error from now on. It is told when a session was `running`, else when it cannot mend itself. */
  #refuse(error: GcAuthError, running: boolean): void {
    const host = this.#host;
    this.obstacle = error;
    if (running) host.cannotStart(error);
    else this.#cleanups.push(host.whenToRefuse(error, () => host.cannotStart(error)));
  }

  #stop(): void {
    this.#begin = undefined;
    this.session = undefined;
    this.obstacle = undefined;
    this.#configKey = '';
    for (const cleanUp of this.#cleanups.splice(0).reverse()) cleanUp();
  }
}
