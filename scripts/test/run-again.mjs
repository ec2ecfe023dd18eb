/**
 * Journeys wait in real time, and what takes an idle machine a second can take a busy one too long. So a file with a
 * failed test runs once more, alone. The failure counts, whatever comes of it; its message says whether all of the file
 * passed then, which points to a race in the journey or in the product.
 *
 * The whole file, because `--test-name-pattern` leaves out what a test starts inside of it.
 *
 * @typedef {import('./run-steps.mjs').Step} Step
 */

/** With more files, something is broken, and running them again only takes time. */
const mostFiles = 4;

export const passedAlone = 'Passed when the file ran once more, alone: look for a race.';

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
    if (files.size > mostFiles) return result;
    /** @type {Set<string>} */
    const passed = new Set();
    for (const file of files) {
      const again = await stepOf(file).run(runNode);
      if (again.ok && again.passed > 0) passed.add(file);
    }
    const failures = result.failures.map((failure) =>
      passed.has(failure.file) ? { ...failure, message: `${passedAlone}\n${failure.message}` } : failure,
    );
    return { ...result, failures };
  },
});
