import type { Attempt } from '../core/errors.js';
import { attempt as quietly } from '../core/stored-value.js';

/**
 * Adds the attempt to the page's user timings, where monitoring finds it: `gc-auth:silent`, with verdict and reason in
 * `detail`.
 *
 * @see https://w3c.github.io/user-timing/#dom-performance-measure
 */
export function measureAttempt({ rung, ms, verdict, reason }: Attempt): void {
  // Browsers without options for measures throw.
  quietly(() => {
    const end = performance.now();
    performance.measure(`gc-auth:${rung}`, { start: Math.max(0, end - ms), end, detail: { verdict, reason } });
  });
}
