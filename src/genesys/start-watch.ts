import { filter, map, merge, NEVER, Observable, switchMap, takeUntil, throwError, timer } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { GenesysConfig } from '../core/config.js';
import { GcAuthError } from '../core/errors.js';
import type { ErrorCode } from '../core/errors.js';
import { examineDeployment } from './deployment.js';
import type { MessengerHub, Stage } from './messenger-hub.js';

/** A start that fails says so within 10 s, counted from the connection; the rest is for whoever shows it. */
const deadlineMs = 9_500;

/** A script that ran and is silent for this long is asked no more: its sources are looked at. */
const silenceMs = 4_000;

/** Registering takes one turn of the event loop once Messenger is heard. */
const registrationMs = 5_000;

export interface StartWatchOptions {
  readonly scheduler?: SchedulerLike | undefined;
}

/** Errors with the reason when Messenger does not come; silent, and without a timer, once it is there. */
export function watchStart(
  hub: MessengerHub,
  config: GenesysConfig,
  win: Window,
  options: StartWatchOptions,
): Observable<never> {
  const fail = (ms: number, code: ErrorCode): Observable<never> =>
    timer(ms, options.scheduler).pipe(
      map(() => {
        throw new GcAuthError(win.navigator.onLine ? code : 'offline', { step: 'load' });
      }),
    );

  const examine = new Observable<never>((subscriber) => {
    const abort = new AbortController();
    void examineDeployment(config, win.location.hostname, win.fetch.bind(win), abort.signal).then((fault) => {
      if (fault) subscriber.error(fault);
    });
    return () => abort.abort();
  });

  const watch = (stage: Stage): Observable<never> => {
    if (typeof stage === 'object') return throwError(() => stage);
    if (stage === 'silence') return timer(silenceMs, options.scheduler).pipe(switchMap(() => examine));
    return stage === 'heard' ? fail(registrationMs, 'provider-taken') : NEVER;
  };

  const heard$ = hub.stage$.pipe(filter((stage) => stage === 'heard' || stage === 'loaded'));
  return merge(hub.stage$.pipe(switchMap(watch)), fail(deadlineMs, 'script-timeout').pipe(takeUntil(heard$)));
}
