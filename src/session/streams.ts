import { Observable, Subject } from 'rxjs';
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

/** A stream whose late subscribers first get what holds now, if anything does. */
const replaying = <T>(source: Observable<T>, now: () => T | undefined): Observable<T> =>
  new Observable((subscriber) => {
    const value = now();
    if (value !== undefined) subscriber.next(value);
    return source.subscribe(subscriber);
  });

/** What a page can follow; outlives sessions, so that a change of attributes breaks no subscription. */
export class Streams {
  /** @param validToken The latest JWT while it is valid. */
  constructor(validToken: () => TokenInfo | undefined) {
    this.token$ = replaying(this.#tokens, validToken);
  }

  readonly #states = new Subject<StateChange>();
  readonly #tokens = new Subject<TokenInfo>();
  readonly #errors = new Subject<GcAuthError>();
  readonly #events = new Subject<MessengerEvent>();
  #latest: StateChange | undefined;

  readonly state$: Observable<StateChange> = replaying(this.#states, () => this.#latest);
  readonly token$: Observable<TokenInfo>;
  readonly error$: Observable<GcAuthError> = this.#errors.asObservable();
  readonly messenger$: Observable<MessengerEvent> = this.#events.asObservable();

  /** The change that this state is; undefined when it is none. */
  enter(state: State, reason: string): StateChange | undefined {
    const previous = this.#latest?.state;
    if (state === previous) return undefined;
    this.#latest = { state, previous, reason };
    this.#states.next(this.#latest);
    return this.#latest;
  }

  token(token: TokenInfo): void {
    this.#tokens.next(token);
  }

  error(error: GcAuthError): void {
    this.#errors.next(error);
  }

  messenger(event: MessengerEvent): void {
    this.#events.next(event);
  }
}
