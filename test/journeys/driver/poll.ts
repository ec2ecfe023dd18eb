import { setTimeout as delay } from 'node:timers/promises';

/** How long a driver waits when it is not told otherwise, in milliseconds. */
export const patience = 20_000;

/**
 * Asks until there is something. A page that is on its way elsewhere answers with an error, which counts as nothing.
 *
 * @throws what was wrong last, or that there is no `what`
 */
export async function poll<T>(what: string, ask: () => Promise<T>, timeout = patience): Promise<NonNullable<T>> {
  const end = Date.now() + timeout;
  let problem: unknown;
  do {
    try {
      const found = await ask();
      if (found) return found;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
    // Unreferenced: who waits for one of two things leaves the other one waiting.
    await delay(50, undefined, { ref: false });
  } while (Date.now() < end);
  throw new Error(`After ${timeout} ms: no ${what}.`, { cause: problem });
}
