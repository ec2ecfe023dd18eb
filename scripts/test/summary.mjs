import { readFileSync } from 'node:fs';

/**
 * What a step of the tests came to, and how it is told in the end.
 *
 * @typedef {{file: string, test: string, message: string}} Failure
 * @typedef {{file: string, test: string, reason: string}} Skipped
 * @typedef {{passed: number, failed: number, failures: Failure[], skipped: Skipped[]}} Counts as a reporter leaves them
 * @typedef {Counts & {title: string, ok: boolean}} Outcome
 */

/** @returns {Counts} */
export const nothing = () => ({ passed: 0, failed: 0, failures: [], skipped: [] });

/** @param {string} title @param {boolean} ok @param {string} [counts] file of a reporter @returns {Outcome} */
export function outcomeOf(title, ok, counts) {
  if (counts === undefined) return { title, ok, ...nothing() };
  try {
    return { title, ok, ...JSON.parse(readFileSync(counts, 'utf8')) };
  } catch {
    // Ended before its reporter could write.
    return { title, ok: false, ...nothing() };
  }
}

const longest = 600;

/** @param {string} text */
const indented = (text) => {
  const cut = text.length > longest ? `${text.slice(0, longest)} …` : text;
  return cut.trimEnd().replace(/^/gm, '      ');
};

/**
 * Everything that a person looks for after a run: where the time went, what was skipped and why, what failed and with
 * which words, and last the line `N passed, N failed`.
 *
 * @param {(Outcome & {seconds: number})[]} outcomes
 * @returns {{text: string, ok: boolean}}
 */
export function summaryOf(outcomes) {
  const times = outcomes.map(
    ({ title, seconds, passed }) => `  ${String(seconds).padStart(4)} s  ${title}${passed ? `: ${passed} passed` : ''}`,
  );
  const skipped = outcomes.flatMap(({ title, skipped }) =>
    skipped.map(({ file, test, reason }) => `  ${title}, ${file}\n    ${test}\n      ${reason}`),
  );
  const failed = outcomes.flatMap(({ title, ok, failures }) => {
    // A step that fails without a failed test (build, coverage, a crash) is a failure of its own.
    if (!ok && failures.length === 0) return [`  ${title}\n      See its output above.`];
    return failures.map(({ file, test, message }) => `  ${title}, ${file}\n    ${test}\n${indented(message)}`);
  });
  /** @param {string} head @param {string[]} lines */
  const part = (head, lines) => (lines.length > 0 ? [`── ${head}`, ...lines, ''] : []);
  const passed = outcomes.reduce((sum, one) => sum + one.passed, 0);
  const lost = outcomes.reduce((sum, one) => sum + (one.failed === 0 && !one.ok ? 1 : one.failed), 0);
  const lines = [...part('time', times), ...part('skipped', skipped), ...part('failed', failed)];
  return { text: [...lines, `${passed} passed, ${lost} failed`].join('\n'), ok: lost === 0 };
}
