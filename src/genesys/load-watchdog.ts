import {
  asyncScheduler,
  defer,
  EMPTY,
  filter,
  finalize,
  from,
  map,
  merge,
  switchMap,
  takeUntil,
  throwError,
  timer,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { GenesysConfig } from '../core/config.js';
import { GcAuthError } from '../core/errors.js';
import type { ErrorCode } from '../core/errors.js';
import { examineDeployment } from './deployment.js';
import type { LoadStage } from './load-stage.js';
import type { MessengerHub } from './messenger-hub.js';

/** Messenger responds within this time after the connection, in milliseconds: the page gets the error within 10 s. */
const loadMs = 8_500;

/** A script that ran and publishes nothing for this long, in milliseconds, may belong to a deployment that is not usable. */
const examineMs = 4_000;

/** Once Messenger responds, the bus registers a plugin in the next task; in milliseconds, with room for a busy page. */
const registrationMs = 5_000;

export interface WatchdogOptions {
  readonly scheduler?: SchedulerLike | undefined;
}

/** Errors with the reason when Messenger does not load. Emits nothing; has no timer once Messenger is loaded. */
export function watchLoading(
  hub: MessengerHub,
  config: GenesysConfig,
  win: Window,
  { scheduler = asyncScheduler }: WatchdogOptions,
): Observable<never> {
  const failAfter = (ms: number, code: ErrorCode): Observable<never> =>
    timer(ms, ms, scheduler).pipe(
      // That may last until the person has read what the tool asks.
      filter(() => !hub.heldBack),
      map(() => {
        throw new GcAuthError(win.navigator.onLine ? code : 'offline', { step: 'load' });
      }),
    );
  const examine = (): Observable<never> =>
    defer(() => {
      const abort = new AbortController();
      const examined = examineDeployment(config, win.location.hostname, win.fetch.bind(win), abort.signal);
      return from(examined).pipe(finalize(() => abort.abort()));
    }).pipe(switchMap((fault) => (fault ? throwError(() => fault) : EMPTY)));

  const guard = (stage: LoadStage): Observable<never> => {
    if (typeof stage === 'object') return throwError(() => stage);
    if (stage === 'script-ran') return timer(examineMs, scheduler).pipe(switchMap(examine));
    return stage === 'responding' ? failAfter(registrationMs, 'provider-taken') : EMPTY;
  };
  const responding$ = hub.stage$.pipe(filter((stage) => stage === 'responding' || stage === 'loaded'));
  return merge(
    // Each stage has its own guard: the next one ends it.
    hub.stage$.pipe(switchMap(guard)),
    failAfter(loadMs, 'script-timeout').pipe(takeUntil(responding$)),
  );
}
