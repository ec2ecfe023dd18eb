import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { nothing } from '../summary.mjs';

/**
 * Web Test Runner reporter that leaves what passed, failed and was skipped in a file. A test file that does not load
 * counts as one failure: it has no results of its own.
 *
 * @import { Reporter, TestResultError, TestSuiteResult } from '@web/test-runner'
 * @param {string} written
 * @returns {Reporter}
 */
export function countReporter(written) {
  /** @param {TestResultError | undefined} error */
  const textOf = (error) => error?.message ?? error?.stack ?? 'No message.';
  return {
    onTestRunFinished({ sessions }) {
      const counts = nothing();
      for (const session of sessions) {
        const file = relative(process.cwd(), session.testFile ?? '');
        /** @param {TestSuiteResult} suite @param {string[]} path */
        const add = (suite, path) => {
          for (const test of suite.tests) {
            const name = [...path, test.name].join(' › ');
            // Mocha knows no reason for a skip.
            if (test.skipped) continue;
            if (test.passed) counts.passed += 1;
            else counts.failures.push({ file, test: name, message: textOf(test.error) });
          }
          for (const inner of suite.suites) add(inner, [...path, inner.name]);
        };
        const before = counts.failures.length;
        if (session.testResults) add(session.testResults, []);
        if (!session.passed && counts.failures.length === before) {
          const messages = session.errors.map(textOf);
          counts.failures.push({ file, test: 'the file as a whole', message: messages.join('\n') || 'No message.' });
        }
      }
      counts.failed = counts.failures.length;
      writeFileSync(written, JSON.stringify(counts));
    },
  };
}
