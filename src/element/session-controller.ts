import { of, Subscription } from 'rxjs';
import type { Observable } from 'rxjs';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { configure } from '../compose.js';
import type { Config, RawConfig } from '../core/config.js';
import { asGcAuthError, GcAuthError } from '../core/errors.js';
import type { Snapshot } from '../core/snapshot.js';
import type { Session, Signal } from '../session/session.js';
import { claim, release, whenFreed } from './ownership.js';

/** What the controller needs of its element, and what it tells it. */
export interface SessionHost extends ReactiveControllerHost, HTMLElement {
  readonly hasUpdated: boolean;
  /** Attribute and property values, by property name. */
  rawConfig(): RawConfig;
  createSession(config: Config): Session;
  /** Emits when Messenger may be fetched. */
  startMoment(loading: Config['loading']): Observable<unknown>;
  sessionChanged(snapshot: Snapshot): void;
  signalled(signal: Signal): void;
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
  #life = Subscription.EMPTY;
  #live = '';
  #wanted = false;

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
      refuseWhatIsMissing(this.#host.rawConfig(), config);
      const key = JSON.stringify(config);
      if (this.session && key === this.#live) return;
      this.#stop();
      this.#live = key;
      this.#claim(config);
    } catch (thrown) {
      this.#stop();
      this.#refuse(asGcAuthError(thrown, 'config-invalid'));
    }
  }

  /** Someone needs Messenger before its moment: a click on the launcher, `open()`. */
  fetchNow(): void {
    this.#wanted = true;
    this.#begin();
  }

  #begin: () => void = () => undefined;

  #claim(config: Config): void {
    if (!claim(window, this.#host)) {
      this.#refuse(new GcAuthError('duplicate-element'));
      this.#life = new Subscription(whenFreed(window, () => queueMicrotask(() => this.configure())));
      return;
    }
    const life = (this.#life = new Subscription(() => release(window, this.#host)));
    this.obstacle = undefined;
    const session = (this.session = this.#host.createSession(config));
    life.add(session.signals$.subscribe((signal) => this.#host.signalled(signal)));
    life.add(session.snapshot$.subscribe((snapshot) => this.#host.sessionChanged(snapshot)));
    const gate = new Subscription();
    this.#begin = () => {
      gate.unsubscribe();
      this.#begin = () => undefined;
      life.add(session.start());
    };
    life.add(gate);
    const moment = this.#wanted ? of(true) : this.#host.startMoment(config.loading);
    gate.add(moment.subscribe(() => this.#begin()));
  }

  #refuse(error: GcAuthError): void {
    this.#live = '';
    this.obstacle = error;
    this.#host.cannotStart(error);
  }

  #stop(): void {
    this.#begin = () => undefined;
    this.#life.unsubscribe();
    this.#life = Subscription.EMPTY;
    this.session = undefined;
    this.#live = '';
  }
}

/** Parts of the public face that this release does not have yet say so, instead of doing nothing. */
function refuseWhatIsMissing(raw: RawConfig, config: Config): void {
  if (raw['codeProvider'] !== undefined) throw notYet('codeProvider', 'authority and client-id');
  if (!config.signInModes.some((mode) => mode !== 'redirect')) throw notYet('sign-in-modes="redirect"', 'silent popup');
}

export const notYet = (what: string, instead: string): GcAuthError =>
  new GcAuthError('config-invalid', {
    message: `This release does not have ${what}.`,
    hint: `Use ${instead}.`,
  });
