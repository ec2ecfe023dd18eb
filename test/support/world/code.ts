import { EMPTY, Observable, of } from 'rxjs';
import type { Subscriber } from 'rxjs';
import { GcAuthError } from '../../../src/core/errors.js';
import type { Grant } from '../../../src/core/grant.js';
import type { CodePort, Kept, Returned } from '../../../src/session/ports.js';
import { grantOf } from '../fixtures.js';
import type { Surroundings } from './messenger.js';

const latencyMs = 300;

/** The three rungs in one tab. A popup waits for the person; a redirect takes the page with it. */
export class ModelledCode implements CodePort {
  popups = true;
  /** What the page was loaded with. */
  came: Returned | undefined;
  /** The popup that is open. */
  popupOpen: Subscriber<Grant> | undefined;
  /** The page was left for the provider. */
  left: Kept | undefined;
  /** When silent attempts began, epoch ms. */
  readonly silentAt: number[] = [];
  #silent = 0;
  readonly #around: Surroundings;
  readonly #activated: () => boolean;

  constructor(around: Surroundings, activated: () => boolean) {
    this.#around = around;
    this.#activated = activated;
  }

  silent(): Observable<Grant> {
    return new Observable((subscriber) => {
      const { provider, scheduler, genesys, online } = this.#around;
      this.silentAt.push(scheduler.now());
      if (++this.#silent > 1) genesys.wrongs.push('two silent attempts at once in one tab');
      if (this.popupOpen) genesys.wrongs.push('a silent attempt beside a popup');
      subscriber.add(() => this.#silent--);
      const answer = (): void => {
        if (provider.fault === 'silent') return;
        if (!online()) return subscriber.error(new GcAuthError('offline'));
        if (provider.fault === 'unreachable') return subscriber.error(new GcAuthError('discovery-failed'));
        if (!provider.frames || provider.person === undefined)
          return subscriber.error(new GcAuthError('login-required'));
        this.#grant(subscriber);
      };
      subscriber.add(scheduler.schedule(answer, latencyMs));
    });
  }

  popup(): Observable<Grant> {
    return new Observable((subscriber) => {
      if (this.popupOpen) this.#around.genesys.wrongs.push('two popups at once in one tab');
      if (!this.#activated()) return subscriber.error(new GcAuthError('popup-blocked'));
      this.popupOpen = subscriber;
      subscriber.add(() => (this.popupOpen = undefined));
    });
  }

  /** The person signs in at the provider's page. */
  finishPopup(person: string): void {
    this.#around.provider.person = person;
    if (this.popupOpen) this.#grant(this.popupOpen);
  }

  closePopup(): void {
    this.popupOpen?.error(new GcAuthError('popup-closed'));
  }

  redirect(kept: Kept): Observable<never> {
    return new Observable((subscriber) => {
      this.left = kept;
      subscriber.complete();
    });
  }

  returned(): Observable<Returned> {
    return this.came ? of(this.came) : EMPTY;
  }

  prepare = (): Observable<never> => EMPTY;
  warm = (): Observable<never> => EMPTY;
  endSession(): Observable<never> {
    return new Observable((subscriber) => {
      this.#around.provider.person = undefined;
      subscriber.complete();
    });
  }

  #grant(subscriber: Subscriber<Grant>): void {
    subscriber.next(grantOf(this.#around.provider.issue().name));
    subscriber.complete();
  }
}
