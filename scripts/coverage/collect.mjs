import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Keeps V8's own coverage of each test file. Web Test Runner merges after converting, where a branch that one test file
 * takes and another does not counts as not taken; raw coverage merges exactly.
 *
 * @typedef {import('puppeteer-core').JSCoverageEntry['rawScriptCoverage']} Raw
 * @typedef {NonNullable<Raw> & {text: string}} RawScript
 */

export const rawFolder = 'coverage/raw';

let saved = 0;

/** @type {NonNullable<NonNullable<Parameters<typeof import('@web/test-runner-chrome').chromeLauncher>[0]>['createPage']>} */
export async function collectingPage({ context }) {
  const page = await context.newPage();
  const { coverage } = page;
  const stop = coverage.stopJSCoverage.bind(coverage);
  coverage.stopJSCoverage = async () => {
    const entries = await stop();
    const own = entries
      .filter(({ url }) => new URL(url).pathname.startsWith('/src/'))
      .map(({ text, rawScriptCoverage }) => ({ text, ...rawScriptCoverage }));
    mkdirSync(rawFolder, { recursive: true });
    writeFileSync(join(rawFolder, `${(saved += 1)}.json`), JSON.stringify(own));
    return entries;
  };
  return page;
}
