import { timers } from '../async/timers.js';
import type { Scheduler } from '../session/ports.js';
import { createClock } from './clock.js';

/** The page's timers with a clock that sleeps and clock changes cannot fool. */
export const createScheduler = (now: () => number = createClock()): Scheduler => ({ ...timers, now });
