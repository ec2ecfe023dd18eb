/**
 * Journeys wait in real time, and what takes an idle machine a second can take a busy one too long. So a file with a
 * failed test runs once more, alone. If all of it passes then, its failed tests count as passed, and the summary lists
 * them with their first messages: they have a race, in themselves or in the product, that is worth a look.
 *
 * The whole file, because `--test-name-pattern` leaves out what a test starts inside of it.
 *
 * @typedef {import('./run-steps.mjs').Step} Step
 * @typedef {import('./summary.mjs').Failure} Failure
 */

/** With more files, something is broken, and running them again only takes time. */
const mostFiles = 4;

/**
 * @param {Step} step
 * @param {(file: string) => Step} stepOf runs this file only
 * @returns {Step}
 */
export const filesAgain = (step, stepOf) => ({
  title: step.title,
  run: async (runNode) => {
    const result = await step.run(runNode);
    const files = new Set(result.failures.map(({ file }) => file));
    // A step without failures that is not ok ended before its reporter could write.
    if (files.size === 0 || files.size > mostFiles) return result;
    /** @type {Failure[]} */
    const failures = [];
    /** @type {Failure[]} */
    const passedAgain = [];
    for (const file of files) {
      const again = await stepOf(file).run(runNode);
      const passed = again.ok && again.passed > 0;
      (passed ? passedAgain : failures).push(...result.failures.filter((failure) => failure.file === file));
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
