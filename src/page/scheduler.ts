import { asyncScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { createClock } from './clock.js';

/** The page's timers with a clock that sleeps and clock changes cannot fool. */
export function createScheduler(now: () => number = createClock()): SchedulerLike {
  return { now, schedule: asyncScheduler.schedule.bind(asyncScheduler) };
}
