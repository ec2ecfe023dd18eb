import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { nothing } from './summary.mjs';

/**
 * Reporter for node:test: leaves what passed, failed and was skipped as JSON in the file that `COUNTS_FILE` names. A
 * file that breaks before its first test is reported by the runner as a failed test and counts as one.
 *
 * @import { TestEvent } from 'node:test/reporters'
 * @param {AsyncIterable<TestEvent>} events
 */
export default async function* countReporter(events) {
  const counts = nothing();
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { details, name, skip, todo } = event.data;
    if (details.type === 'suite' || todo) continue;
    const file = relative(process.cwd(), event.data.file ?? name);
    if (skip) counts.skipped.push({ file, test: name, reason: skip === true ? 'No reason given.' : skip });
    else if (event.type === 'test:pass') counts.passed += 1;
    else {
      const { error } = event.data.details;
      const { message } = error.cause instanceof Error ? error.cause : error;
      counts.failed = counts.failures.push({ file, test: name, message });
    }
    // At once and not in the end: --test-force-exit does not wait for what is on its way into a file.
    if (process.env.COUNTS_FILE) writeFileSync(process.env.COUNTS_FILE, JSON.stringify(counts));
  }
  yield '';
}
