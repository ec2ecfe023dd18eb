import { attempt as quietly } from '../core/stored-value.js';
import { readAttempt } from './records.js';
import type { AttemptRecord } from './records.js';

const prefix = 'gc-auth:';

/**
 * The attempts before the inspector came, from the user timings of the page, oldest first.
 *
 * @param before epoch ms
 */
export function earlierAttempts(before: number): AttemptRecord[] {
  const measures = quietly(() => performance.getEntriesByType('measure')) ?? [];
  return measures
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, startTime, duration, detail }: PerformanceEntry & { detail?: unknown }) =>
      readAttempt(
        { ...Object(detail), rung: name.slice(prefix.length), ms: duration },
        performance.timeOrigin + startTime + duration,
      ),
    )
    .filter(({ at }) => at <= before)
    .sort((one, other) => one.at - other.at);
}
