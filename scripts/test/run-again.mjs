/**
 * Journeys wait in real time, and what takes an idle machine a second can take a busy one too long. So a failed test
 * runs once more, alone. If it passes then, it counts as passed, and the summary lists it with its first message: it
 * has a race, in itself or in the product, that is worth a look. If it fails again, it has failed.
 *
 * @typedef {import('./run-steps.mjs').Step} Step
 * @typedef {import('./summary.mjs').Failure} Failure
 * @typedef {import('./summary.mjs').StepResult} StepResult
 */

/** With more failures, something is broken, and running them again only takes time. */
const mostAgain = 4;

/**
 * @param {Step} step
 * @param {(failure: Failure) => Step} stepOf runs this test only
 * @returns {Step}
 */
export const failuresAgain = (step, stepOf) => ({
  title: step.title,
  run: async (runNode) => {
    const result = await step.run(runNode);
    // A step without failures that is not ok ended before its reporter could write.
    if (result.failures.length === 0 || result.failures.length > mostAgain) return result;
    /** @type {Failure[]} */
    const failures = [];
    /** @type {Failure[]} */
    const passedAgain = [];
    for (const failure of result.failures) {
      const again = await stepOf(failure).run(runNode);
      // A file that does not load has no test of that name, and nothing passes.
      (again.ok && again.passed === 1 ? passedAgain : failures).push(failure);
    }
    return {
      ...result,
      ok: failures.length === 0,
      passed: result.passed + passedAgain.length,
      failed: failures.length,
      failures,
      passedAgain,
    };
  },
});

/**
 * Options of node:test for one test.
 *
 * @param {string} name
 */
export const onlyTest = (name) => `--test-name-pattern=^${name.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}$`;
