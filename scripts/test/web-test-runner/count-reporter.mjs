import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { noCounts } from '../summary.mjs';

/**
 * Reporter for Web Test Runner: writes passed and failed tests as JSON. A test file that fails to load has no results,
 * and counts as one failed test.
 *
 * @import { Reporter, TestResultError, TestSuiteResult } from '@web/test-runner'
 * @param {string} countsFile
 * @returns {Reporter}
 */
export function countReporter(countsFile) {
  /** @param {TestResultError | undefined} error */
  const messageOf = (error) => error?.message ?? error?.stack ?? 'No message.';
  return {
    onTestRunFinished({ sessions }) {
      const counts = noCounts();
      for (const session of sessions) {
        const file = relative(process.cwd(), session.testFile ?? '');
        /** @param {TestSuiteResult} suite @param {string[]} path */
        const add = (suite, path) => {
          for (const test of suite.tests) {
            const name = [...path, test.name].join(' › ');
            // Not listed: Mocha has no reason for a skip.
            if (test.skipped) continue;
            if (test.passed) counts.passed += 1;
            else counts.failures.push({ file, test: name, message: messageOf(test.error) });
          }
          for (const inner of suite.suites) add(inner, [...path, inner.name]);
        };
        const before = counts.failures.length;
        if (session.testResults) add(session.testResults, []);
        if (!session.passed && counts.failures.length === before) {
          const messages = session.errors.map(messageOf);
          counts.failures.push({ file, test: 'the file as a whole', message: messages.join('\n') || 'No message.' });
        }
      }
      counts.failed = counts.failures.length;
      writeFileSync(countsFile, JSON.stringify(counts));
    },
  };
}
