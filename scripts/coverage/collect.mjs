import { openCoverage } from './monocart.mjs';

/**
 * Adds the coverage of each test file to the report, and leaves none for Web Test Runner: that merges after converting,
 * where a branch that one test file takes and another does not counts as not taken.
 *
 * @returns {NonNullable<NonNullable<Parameters<typeof import('@web/test-runner-chrome').chromeLauncher>[0]>['createPage']>}
 */
export function coverageCollector() {
  const { add } = openCoverage();
  return async ({ context }) => {
    const page = await context.newPage();
    const { coverage } = page;
    const stop = coverage.stopJSCoverage.bind(coverage);
    coverage.stopJSCoverage = async () => {
      const entries = await stop();
      const scripts = entries
        .filter(({ url }) => new URL(url).pathname.startsWith('/src/'))
        .map(({ url, text, rawScriptCoverage }) => ({
          url,
          source: text,
          functions: rawScriptCoverage?.functions ?? [],
        }));
      await add(scripts);
      return [];
    };
    return page;
  };
}
