import { asyncScheduler, Observable } from 'rxjs';
import type { SchedulerLike, Unsubscribable } from 'rxjs';
import type { GenesysConfig } from '../core/config.js';
import { GcAuthError } from '../core/errors.js';
import type { ErrorCode } from '../core/errors.js';
import { examineDeployment } from './deployment.js';
import type { MessengerHub, Stage } from './messenger-hub.js';

/** A start that fails says so within 10 s, counted from the connection; the rest is for whoever shows it. */
const deadlineMs = 8_500;

/** A script that ran and is silent for this long is asked no more: its sources are looked at. */
const silenceMs = 4_000;

/** Registering takes one turn of the event loop once Messenger is heard. */
const registrationMs = 5_000;

export interface StartWatchOptions {
  readonly scheduler?: SchedulerLike | undefined;
}

/** Errors with the reason when Messenger does not come; silent, and without a timer, once it is there. */
export const watchStart = (
  hub: MessengerHub,
  config: GenesysConfig,
  win: Window,
  { scheduler = asyncScheduler }: StartWatchOptions,
): Observable<never> =>
  new Observable((subscriber) => {
    const abort = new AbortController();
    const fail = (code: ErrorCode): void =>
      subscriber.error(new GcAuthError(win.navigator.onLine ? code : 'offline', { step: 'load' }));

    const examine = async (): Promise<void> => {
      const fault = await examineDeployment(config, win.location.hostname, win.fetch.bind(win), abort.signal);
      if (fault) subscriber.error(fault);
    };

    const deadline = scheduler.schedule(() => fail('script-timeout'), deadlineMs);
    let patience: Unsubscribable | undefined;

    const watch = (stage: Stage): void => {
      patience?.unsubscribe();
      if (typeof stage === 'object') return subscriber.error(stage);
      if (stage === 'silence') patience = scheduler.schedule(() => void examine(), silenceMs);
      if (stage === 'heard') patience = scheduler.schedule(() => fail('provider-taken'), registrationMs);
      if (stage === 'heard' || stage === 'loaded') deadline.unsubscribe();
    };

    subscriber.add(() => {
      abort.abort();
      deadline.unsubscribe();
      patience?.unsubscribe();
    });
    subscriber.add(hub.stage$.subscribe(watch));
  });
