import { BehaviorSubject, distinctUntilChanged, EMPTY, switchMap, timer } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { GcAuthError } from '../core/errors.js';
import type { AuthProvider } from './auth-provider.js';

/** Longest time, in milliseconds, that plugin calls stay open while no element is connected that could answer. */
const unattendedMs = 60_000;

/** Rejects plugin calls that nobody answers: Messenger must not wait without limit. */
export class UnattendedCalls {
  constructor(provider: AuthProvider, scheduler: SchedulerLike) {
    this.#provider = provider;
    this.#unattended
      .pipe(
        // The first call starts the wait, later ones do not prolong it, a connection ends it.
        distinctUntilChanged(),
        switchMap((unattended) => (unattended ? timer(unattendedMs, scheduler) : EMPTY)),
      )
      .subscribe(() => this.#reject());
  }

  readonly #provider: AuthProvider;
  /** Plugin calls are open and no element is connected. */
  readonly #unattended = new BehaviorSubject(false);

  /** @param connected an element is connected */
  check(connected: boolean): void {
    this.#unattended.next(!connected && this.#provider.open.size > 0);
  }

  #reject(): void {
    this.#unattended.next(false);
    const error = new GcAuthError('command-timeout');
    for (const id of [...this.#provider.open.keys()]) this.#provider.answer(id, { error });
  }
}
