import { writeFileSync } from 'node:fs';

/**
 * Reporter for node:test: leaves `{passed, failed}` of all tests in `COUNTS_FILE`, anew after each test: with
 * `--test-force-exit` the runner may exit before the last line of a reporter is written. A file that breaks before its first test is reported
 * by the runner as a failed test and counts as one.
 *
 * @import { TestEvent } from 'node:test/reporters'
 * @param {AsyncIterable<TestEvent>} events
 */
export default async function* countReporter(events) {
  yield '';
  const file = process.env['COUNTS_FILE'];
  const counts = { passed: 0, failed: 0 };
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { details, skip, todo } = event.data;
    if (details.type === 'suite' || skip || todo) continue;
    counts[event.type === 'test:pass' ? 'passed' : 'failed'] += 1;
    if (file) writeFileSync(file, JSON.stringify(counts));
  }
}
