/**
 * Reporter for node:test: `{passed, failed}` of all tests as JSON. A file that breaks before its first test is reported
 * by the runner as a failed test and counts as one.
 *
 * @import { TestEvent } from 'node:test/reporters'
 * @param {AsyncIterable<TestEvent>} events
 */
export default async function* countReporter(events) {
  const counts = { passed: 0, failed: 0 };
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { details, skip, todo } = event.data;
    if (details.type === 'suite' || skip || todo) continue;
    counts[event.type === 'test:pass' ? 'passed' : 'failed'] += 1;
  }
  yield JSON.stringify(counts);
}
