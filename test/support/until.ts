import { waitUntil } from '@open-wc/testing';

/** Longer than anything takes, so that no test fails on a busy machine. */
const timeoutMs = 20_000;

/** Polls every few milliseconds until the condition holds. @param what for the error after {@link timeoutMs} */
export const until = (holds: () => unknown, what?: string): Promise<void> =>
  waitUntil(holds, what, { interval: 5, timeout: timeoutMs });
