import { ContextProvider } from '@lit/context';
import type { Context, ContextCallback, ContextType } from '@lit/context';

/**
 * A provider whose consumers are as isolated as listeners of an event: the error of one is reported, and reaches neither the
 * others nor whoever sets the value.
 */
export class IsolatedProvider<T extends Context<unknown, unknown>> extends ContextProvider<T> {
  /** One for each callback, because a callback that asks twice is called once. */
  readonly #isolated = new WeakMap<object, ContextCallback<ContextType<T>>>();

  override addCallback(...[callback, ...more]: Parameters<ContextProvider<T>['addCallback']>): void {
    const isolated =
      this.#isolated.get(callback) ??
      ((...value: Parameters<typeof callback>) => {
        try {
          callback(...value);
        } catch (error) {
          reportError(error);
        }
      });
    this.#isolated.set(callback, isolated);
    super.addCallback(isolated, ...more);
  }
}
