import { waitUntil } from '@open-wc/testing';

/** Far longer than anything takes, so that a busy machine fails no test. */
const patienceMs = 20_000;

/** Asks every few milliseconds until it holds. @param what for the error after {@link patienceMs} */
export const until = (holds: () => unknown, what?: string): Promise<void> =>
  waitUntil(holds, what, { interval: 5, timeout: patienceMs });
