import { setTimeout as delay } from 'node:timers/promises';

/** Default timeout of a driver, in milliseconds. */
export const defaultTimeout = 20_000;

/**
 * Repeats `get` until it returns a truthy value. Errors are ignored: during a navigation, calls to the page fail.
 *
 * @throws Error after the timeout, with the last error as its cause
 */
export async function poll<T>(what: string, get: () => Promise<T>, timeout = defaultTimeout): Promise<NonNullable<T>> {
  const end = Date.now() + timeout;
  let lastError: unknown;
  do {
    try {
      const found = await get();
      if (found) return found;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    // Unreferenced, so that a poll whose result is no longer needed does not keep the process alive.
    await delay(50, undefined, { ref: false });
  } while (Date.now() < end);
  throw new Error(`After ${timeout} ms: no ${what}.`, { cause: lastError });
}
