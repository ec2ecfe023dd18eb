import { Observable } from 'rxjs';
import type { Subscriber } from 'rxjs';

/**
 * An observable that emits what it is told to. Who subscribes late first gets what holds now, if anything does.
 * A subject of RxJS is an observer too, and keeps errors, which nobody here asks for: 0.5 kB of the bundle.
 */
export class Emitter<T> extends Observable<T> {
  constructor(holds: () => T | undefined = () => undefined) {
    super((subscriber) => {
      this.#subscribers.add(subscriber);
      const now = holds();
      if (now !== undefined) subscriber.next(now);
      return () => this.#subscribers.delete(subscriber);
    });
  }

  readonly #subscribers = new Set<Subscriber<T>>();

  next(value: T): void {
    for (const subscriber of [...this.#subscribers]) subscriber.next(value);
  }

  complete(): void {
    for (const subscriber of [...this.#subscribers]) subscriber.complete();
  }
}
