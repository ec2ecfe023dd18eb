import { defer, EMPTY, merge, of, ReplaySubject, Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Attempt, GcAuthError } from '../core/errors.js';
import type { State } from '../core/model.js';
import type { TokenInfo } from '../core/token.js';

export type { Observable };

export interface StateChange {
  readonly state: State;
  /** Undefined the first time. */
  readonly previous: State | undefined;
  /** The Messenger event, page request or error code that caused the change. */
  readonly reason: string;
}

export interface MessengerEvent {
  /** Full name: `MessagingService.started`. */
  readonly name: string;
  /** Its payload without secrets. */
  readonly data: unknown;
}

/**
 * The streams of the public API. They outlive sessions, so a changed attribute ends no subscription, and are read-only. An
 * exception of a listener reaches neither the rules nor the next listener: RxJS reports it asynchronously.
 */
export class PublicStreams {
  /** @param validToken The latest JWT while it is valid. */
  constructor(validToken: () => TokenInfo | undefined) {
    const valid$ = defer(() => {
      const token = validToken();
      return token ? of(token) : EMPTY;
    });
    // The new ones first: none is missed while the valid one is delivered.
    this.token$ = merge(this.tokens, valid$);
  }

  readonly tokens = new Subject<TokenInfo>();
  readonly errors = new Subject<GcAuthError>();
  readonly events = new Subject<MessengerEvent>();
  readonly attempts = new Subject<Attempt>();
  readonly #states = new ReplaySubject<StateChange>(1);
  #state: State | undefined;

  /** Replays the latest. */
  readonly state$ = this.#states.asObservable();
  /** Replays the latest while it is valid. */
  readonly token$: Observable<TokenInfo>;
  /** Replays none. */
  readonly error$ = this.errors.asObservable();
  /** Replays none. */
  readonly messenger$ = this.events.asObservable();
  /** Replays none. */
  readonly attempt$ = this.attempts.asObservable();

  /** Emits and returns the change; undefined when the state stays the same. */
  enter(state: State, reason: string): StateChange | undefined {
    const previous = this.#state;
    if (state === previous) return undefined;
    this.#state = state;
    const change = Object.freeze({ state, previous, reason });
    this.#states.next(change);
    return change;
  }
}
