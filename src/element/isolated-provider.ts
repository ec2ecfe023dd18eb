import { ContextProvider } from '@lit/context';
import type { Context } from '@lit/context';

/**
 * A provider whose consumers are as isolated as listeners of an event: the error of one is reported, and reaches neither the
 * others nor whoever sets the value. The first call of a consumer is that of a listener already.
 */
export class IsolatedProvider<T extends Context<unknown, unknown>> extends ContextProvider<T> {
  override updateObservers = (): void => {
    for (const [callback, { disposer }] of this.subscriptions) {
      try {
        callback(this.value, disposer);
      } catch (error) {
        reportError(error);
      }
    }
  };
}
