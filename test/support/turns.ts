import { aTimeout } from '@open-wc/testing';

/** Waits for several tasks, so that queued callbacks, and those that they queue, have run. Does not wait for time. */
export async function turns(count = 6): Promise<void> {
  for (let turn = 0; turn < count; turn++) await aTimeout(0);
}
