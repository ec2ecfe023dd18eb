import { Observable } from 'rxjs';

/*
 * Between the observables of the ports and the promises of the platform. Operators of RxJS that take a promise bring
 * everything along that can be made an observable: 1.4 kB of the bundle.
 */

/** Work that begins on subscribe and is aborted on unsubscribe. `undefined` completes without a value. */
export const cold = <T>(work: (signal: AbortSignal) => Promise<T | undefined>): Observable<T> =>
  new Observable((subscriber) => {
    const controller = new AbortController();
    subscriber.add(() => controller.abort());
    work(controller.signal).then(
      (value) => {
        if (value !== undefined) subscriber.next(value);
        subscriber.complete();
      },
      (thrown: unknown) => subscriber.error(thrown),
    );
  });

/** The first value. When the signal aborts, the source is given up and the promise rejects. */
export const firstValue = <T>(source: Observable<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const subscription = source.subscribe({ next: resolve, error: reject });
    signal.addEventListener('abort', () => {
      subscription.unsubscribe();
      reject(signal.reason as Error);
    });
  });
