import { EMPTY, Observable, of } from 'rxjs';
import type { Subscriber } from 'rxjs';
import { GcAuthError } from '../../../src/core/errors.js';
import type { Grant } from '../../../src/core/grant.js';
import type { CodePort, Kept, Returned } from '../../../src/session/ports.js';
import { grantOf } from '../fixtures.js';
import type { SimulationContext } from './simulated-messenger.js';

const latencyMs = 300;

/** The rungs in one tab. A popup waits for `completePopup()`; a redirect ends with a reload of the tab. */
export class SimulatedCodePort implements CodePort {
  popups = true;
  crossSite = false;
  /** The result of the redirect with which the page was loaded. */
  redirectResult: Returned | undefined;
  openPopup: Subscriber<Grant> | undefined;
  /** Defined after the page was left for the provider. */
  redirectedWith: Kept | undefined;
  /** When silent attempts started, epoch ms. */
  readonly silentAttemptTimes: number[] = [];
  #runningSilent = 0;
  readonly #context: SimulationContext;
  readonly #activated: () => boolean;

  constructor(context: SimulationContext, activated: () => boolean) {
    this.#context = context;
    this.#activated = activated;
  }

  silent(): Observable<Grant> {
    return new Observable((subscriber) => {
      const { provider, scheduler, genesys, online } = this.#context;
      this.silentAttemptTimes.push(scheduler.now());
      if (++this.#runningSilent > 1) genesys.violations.push('two silent attempts at once in one tab');
      if (this.openPopup) genesys.violations.push('a silent attempt while a popup is open');
      subscriber.add(() => this.#runningSilent--);
      const answer = (): void => {
        if (provider.fault === 'silent') return;
        if (!online()) return subscriber.error(new GcAuthError('offline'));
        if (provider.fault === 'unreachable') return subscriber.error(new GcAuthError('discovery-failed'));
        if (!provider.framesWork || provider.person === undefined)
          return subscriber.error(new GcAuthError('login-required'));
        this.#grant(subscriber);
      };
      subscriber.add(scheduler.schedule(answer, latencyMs));
    });
  }

  popup(): Observable<Grant> {
    return new Observable((subscriber) => {
      if (this.openPopup) this.#context.genesys.violations.push('two popups at once in one tab');
      if (!this.#activated()) return subscriber.error(new GcAuthError('popup-blocked'));
      this.openPopup = subscriber;
      subscriber.add(() => (this.openPopup = undefined));
    });
  }

  /** The person signs in, in the popup if one is open. */
  completePopup(person: string): void {
    this.#context.provider.person = person;
    if (this.openPopup) this.#grant(this.openPopup);
  }

  closePopup(): void {
    this.openPopup?.error(new GcAuthError('popup-closed'));
  }

  redirect(kept: Kept): Observable<never> {
    return new Observable((subscriber) => {
      this.redirectedWith = kept;
      subscriber.complete();
    });
  }

  returned(): Observable<Returned> {
    return this.redirectResult ? of(this.redirectResult) : EMPTY;
  }

  prepare = (): Observable<never> => EMPTY;
  warm = (): Observable<never> => EMPTY;
  endSession(): Observable<never> {
    return new Observable((subscriber) => {
      this.#context.provider.person = undefined;
      subscriber.complete();
    });
  }

  #grant(subscriber: Subscriber<Grant>): void {
    subscriber.next(grantOf(this.#context.provider.issue().name));
    subscriber.complete();
  }
}
