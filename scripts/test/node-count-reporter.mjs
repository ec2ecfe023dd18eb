import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { noCounts } from './summary.mjs';

/**
 * Reporter for node:test: writes passed, failed and skipped tests as JSON into the file that `COUNTS_FILE` names. A test
 * file that fails to load counts as one failed test, as the runner reports it.
 *
 * @import { TestEvent } from 'node:test/reporters'
 * @param {AsyncIterable<TestEvent>} events
 */
export default async function* countReporter(events) {
  const counts = noCounts();
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
    // After each test: --test-force-exit ends the process without waiting for a write at the end.
    if (process.env.COUNTS_FILE) writeFileSync(process.env.COUNTS_FILE, JSON.stringify(counts));
  }
  yield '';
}
