import type { Scheduler } from '../session/ports.js';

/** The page's own timers. RxJS' scheduler repeats and queues its actions, and nothing here needs more than one shot. */
export const timers: Scheduler = {
  now: () => Date.now(),
  schedule(work, delay) {
    const handle = setTimeout(work, delay);
    return { unsubscribe: () => clearTimeout(handle) };
  },
};
