import { aTimeout } from '@open-wc/testing';

/** Lets the event loop turn, so that what is queued has run, and what that queued. Waits for no time to pass. */
export async function turns(count = 6): Promise<void> {
  for (let turn = 0; turn < count; turn++) await aTimeout(0);
}
