import { defer, EMPTY, Observable, of } from 'rxjs';
import type { Subscriber } from 'rxjs';
import { GcAuthError } from '../../src/core/errors.js';
import type { Grant } from '../../src/core/grant.js';
import type { CodePort, Kept, Returned } from '../../src/session/ports.js';

/** Number of subscriptions per method. */
export interface Started {
  silent: number;
  popup: number;
  redirect: number;
  prepare: number;
  warm: number;
  endSession: number;
}

/** A `CodePort` whose attempts the test answers, oldest first. */
export class FakeCodePort implements CodePort {
  readonly started: Started = { silent: 0, popup: 0, redirect: 0, prepare: 0, warm: 0, endSession: 0 };
  /** `popup()` errors with `popup-blocked` at once. */
  popupBlocked = false;
  popups = true;
  crossSite = false;
  /** Result of the redirect that loaded the page. */
  answer: Returned | undefined;
  /** State of the page at the redirect. */
  kept: Kept | undefined;
  #returned: Returned | undefined;

  readonly #silent: Subscriber<Grant>[] = [];
  readonly #popup: Subscriber<Grant>[] = [];
  readonly #endSession: Subscriber<never>[] = [];

  /** Attempts that are neither answered nor cancelled. */
  get live(): { readonly silent: number; readonly popup: number; readonly endSession: number } {
    return { silent: this.#silent.length, popup: this.#popup.length, endSession: this.#endSession.length };
  }

  silent(): Observable<Grant> {
    return this.#attempt('silent', this.#silent);
  }

  popup(): Observable<Grant> {
    return new Observable((subscriber) => {
      if (!this.popupBlocked) return this.#attempt('popup', this.#popup).subscribe(subscriber);
      this.started.popup++;
      return subscriber.error(new GcAuthError('popup-blocked'));
    });
  }

  /** The page navigates, so nothing follows. */
  redirect(kept: Kept): Observable<never> {
    return defer(() => {
      this.started.redirect++;
      this.kept = kept;
      return EMPTY;
    });
  }

  returned(): Observable<Returned> {
    return defer(() => {
      const { answer } = this;
      this.answer = undefined;
      this.#returned = answer;
      return answer ? of(answer) : EMPTY;
    });
  }

  giveBack(grant: Grant): void {
    const { answer } = this.#returned ?? {};
    if (answer && 'grant' in answer && answer.grant === grant) this.answer = this.#returned;
  }

  warm(): Observable<never> {
    return defer(() => {
      this.started.warm++;
      return EMPTY;
    });
  }

  prepare(): Observable<never> {
    return new Observable((subscriber) => {
      this.started.prepare++;
      subscriber.complete();
    });
  }

  endSession(): Observable<never> {
    return this.#attempt('endSession', this.#endSession);
  }

  /** Settles the oldest silent attempt. */
  answerSilent(answer: Grant | GcAuthError): void {
    settle(this.#silent, answer);
  }

  /** Settles the oldest popup. */
  answerPopup(answer: Grant | GcAuthError): void {
    settle(this.#popup, answer);
  }

  /** Completes or fails the navigation to the provider. */
  answerEndSession(error?: GcAuthError): void {
    const subscriber = oldest(this.#endSession);
    if (error) subscriber.error(error);
    else subscriber.complete();
  }

  #attempt<T>(method: keyof Started, live: Subscriber<T>[]): Observable<T> {
    return new Observable((subscriber) => {
      this.started[method]++;
      live.push(subscriber);
      return () => {
        const index = live.indexOf(subscriber);
        if (index >= 0) live.splice(index, 1);
      };
    });
  }
}

function settle(live: Subscriber<Grant>[], answer: Grant | GcAuthError): void {
  const subscriber = oldest(live);
  if (answer instanceof GcAuthError) {
    subscriber.error(answer);
  } else {
    subscriber.next(answer);
    subscriber.complete();
  }
}

function oldest<T>(live: readonly T[]): T {
  const [first] = live;
  if (first === undefined) throw new Error('No attempt is waiting for this answer.');
  return first;
}
