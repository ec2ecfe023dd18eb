import { asyncScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { createClock } from './clock.js';

/** Timers of RxJS, with a clock that never goes backwards and counts sleep. */
export const createScheduler = (now: () => number = createClock()): SchedulerLike => ({
  now,
  schedule: asyncScheduler.schedule.bind(asyncScheduler),
});
