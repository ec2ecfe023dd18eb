import { defer, filter, finalize, firstValueFrom, from, fromEvent, map, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';

/*
 * Cancellation between the observables of the ports and the promises of the platform. RxJS starts a promise with `defer`
 * and `from`, but cannot abort one, except in `fromFetch`.
 */

/**
 * Promise work as a cold observable. It starts on subscribe. The signal is aborted on unsubscribe and once the work has
 * settled. A result of `undefined` completes without a value.
 */
export const abortable = <T>(work: (signal: AbortSignal) => Promise<T | undefined>): Observable<T> =>
  defer(() => {
    const controller = new AbortController();
    return from(work(controller.signal)).pipe(
      filter((value) => value !== undefined),
      finalize(() => controller.abort()),
    );
  });

/** Errors with the reason of the signal once it is aborted; never emits. */
const aborted = (signal: AbortSignal): Observable<never> =>
  defer(() => {
    // `throwIfAborted` is newer than `reason` in some engines.
    if (signal.aborted) throw signal.reason;
    return fromEvent(signal, 'abort').pipe(
      map(() => {
        throw signal.reason;
      }),
    );
  });

/**
 * The first value. When the signal is aborted, the source is unsubscribed and the promise rejects with the signal's
 * reason. Rejects with `EmptyError` when the source completes without a value.
 */
export const firstValue = <T>(source: Observable<T>, signal: AbortSignal): Promise<T> =>
  firstValueFrom(source.pipe(takeUntil(aborted(signal))));
