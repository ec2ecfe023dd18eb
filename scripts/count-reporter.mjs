import { writeFileSync } from 'node:fs';

/**
 * Web Test Runner reporter that leaves `{passed, failed}` in a file. A test file that does not load counts as one
 * failure: it has no results of its own.
 *
 * @import { Reporter, TestSuiteResult } from '@web/test-runner'
 * @param {string} file
 * @returns {Reporter}
 */
export function countReporter(file) {
  return {
    onTestRunFinished({ sessions }) {
      const counts = { passed: 0, failed: 0 };
      /** @param {TestSuiteResult} suite */
      const add = (suite) => {
        for (const test of suite.tests) if (!test.skipped) counts[test.passed ? 'passed' : 'failed'] += 1;
        suite.suites.forEach(add);
      };
      for (const session of sessions) {
        const failedBefore = counts.failed;
        if (session.testResults) add(session.testResults);
        if (!session.passed && counts.failed === failedBefore) counts.failed += 1;
      }
      writeFileSync(file, JSON.stringify(counts));
    },
  };
}
