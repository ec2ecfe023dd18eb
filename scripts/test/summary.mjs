import { readFileSync } from 'node:fs';

/**
 * Results of test steps, and the summary that is printed last.
 *
 * @typedef {{file: string, test: string, message: string}} Failure
 * @typedef {{file: string, test: string, reason: string}} Skipped
 * @typedef {{passed: number, failed: number, failures: Failure[], skipped: Skipped[]}} Counts as a reporter writes them
 * @typedef {Counts & {title: string, ok: boolean}} StepResult
 */

/** @returns {Counts} */
export const noCounts = () => ({ passed: 0, failed: 0, failures: [], skipped: [] });

/**
 * @param {string} title
 * @param {boolean} ok whether the process of the step succeeded
 * @param {string} [countsFile] written by a reporter; undefined for a step without tests
 * @returns {StepResult}
 */
export function resultOf(title, ok, countsFile) {
  if (countsFile === undefined) return { title, ok, ...noCounts() };
  try {
    return { title, ok, ...JSON.parse(readFileSync(countsFile, 'utf8')) };
  } catch {
    // The process ended before its reporter could write.
    return { title, ok: false, ...noCounts() };
  }
}

const messageLength = 600;

/** @param {string} message */
function indented(message) {
  const text = message.length > messageLength ? `${message.slice(0, messageLength)} …` : message;
  return text.trimEnd().replace(/^/gm, '      ');
}

/** @param {string} title @param {string[]} lines */
const section = (title, lines) => (lines.length > 0 ? [`── ${title}`, ...lines, ''] : []);

/**
 * Time of each step, skipped tests with their reasons, failed tests with their messages, and as the last line
 * `N passed, N failed`.
 *
 * @param {(StepResult & {seconds: number})[]} results
 * @returns {{text: string, ok: boolean}}
 */
export function summaryOf(results) {
  const times = results.map(
    ({ title, seconds, passed }) => `  ${String(seconds).padStart(4)} s  ${title}${passed ? `: ${passed} passed` : ''}`,
  );
  const skipped = results.flatMap(({ title, skipped }) =>
    skipped.map(({ file, test, reason }) => `  ${title}, ${file}\n    ${test}\n      ${reason}`),
  );
  const failures = results.flatMap(({ title, ok, failures }) => {
    // The build, the coverage or the runner itself failed.
    if (!ok && failures.length === 0) return [`  ${title}\n      See its output above.`];
    return failures.map(({ file, test, message }) => `  ${title}, ${file}\n    ${test}\n${indented(message)}`);
  });
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, { ok, failed }) => sum + (failed === 0 && !ok ? 1 : failed), 0);
  const lines = [...section('time', times), ...section('skipped', skipped), ...section('failed', failures)];
  return { text: [...lines, `${passed} passed, ${failed} failed`].join('\n'), ok: failed === 0 };
}
