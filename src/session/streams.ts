import { Observable } from 'rxjs';
import { Emitter } from '../async/emitter.js';
import type { GcAuthError } from '../core/errors.js';
import type { State } from '../core/model.js';
import type { TokenInfo } from '../core/token.js';

export type { Observable };

export interface StateChange {
  readonly state: State;
  /** Undefined the first time. */
  readonly previous: State | undefined;
  /** The fact, wish or error code that led here. */
  readonly reason: string;
}

export interface MessengerEvent {
  /** Full name, as `MessagingService.started`. */
  readonly name: string;
  /** Its payload without secrets. */
  readonly data: unknown;
}

/** Keeps the page from emitting. */
const readable = <T>(emitter: Emitter<T>): Observable<T> =>
  new Observable((subscriber) => emitter.subscribe(subscriber));

/** What a page can follow; outlives sessions, so that a change of attributes breaks no subscription. */
export class PublicStreams {
  /** @param validToken The latest JWT while it is valid. */
  constructor(validToken: () => TokenInfo | undefined) {
    this.tokens = new Emitter(validToken);
    this.token$ = readable(this.tokens);
  }

  readonly tokens: Emitter<TokenInfo>;
  readonly errors = new Emitter<GcAuthError>();
  readonly events = new Emitter<MessengerEvent>();
  readonly #states = new Emitter<StateChange>(() => this.#latest);
  #latest: StateChange | undefined;

  readonly state$ = readable(this.#states);
  readonly token$: Observable<TokenInfo>;
  readonly error$ = readable(this.errors);
  readonly messenger$ = readable(this.events);

  /** The change that this state is; undefined when it is none. */
  enter(state: State, reason: string): StateChange | undefined {
    const previous = this.#latest?.state;
    if (state === previous) return undefined;
    this.#latest = { state, previous, reason };
    this.#states.next(this.#latest);
    return this.#latest;
  }
}
