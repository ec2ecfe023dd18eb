import { transform } from 'esbuild';
import MCR from 'monocart-coverage-reports';

/**
 * Coverage by monocart-coverage-reports: it merges V8's coverage of all test files exactly, block by block.
 *
 * @typedef {{url: string, source: string, functions: object[]}} ScriptCoverage as V8 measured it
 * @typedef {{covered: number, total: number}} Metric
 * @typedef {{file: string, lines: Metric, branches: Metric, missed: number[]}} FileCoverage `missed`: numbers of lines
 *   that did not run, or not as a whole
 */

const compilerOptions = { experimentalDecorators: true, verbatimModuleSyntax: true };

/** @param {string} sources folder of the sources @param {string} folder of the report and of what was measured so far */
export function openCoverage(sources = 'src', folder = 'coverage') {
  const neverImported = new Set();
  const report = MCR({
    name: 'gc-auth-messenger',
    logging: 'error',
    outputDir: folder,
    reports: [['v8', { inline: true }]],
    // Files that no test imports.
    all: {
      dir: sources,
      filter: (path) => path.endsWith('.ts'),
      transformer: async (entry) => {
        const { code, map } = await transform(entry.source, {
          loader: 'ts',
          sourcefile: entry.sourcePath,
          sourcemap: 'external',
          tsconfigRaw: { compilerOptions },
        });
        neverImported.add(entry.sourcePath);
        Object.assign(entry, { source: code, sourceMap: JSON.parse(map) });
      },
    },
  });

  return {
    /** @param {ScriptCoverage[]} scripts of one test file */
    add: async (scripts) => {
      // Tests add a query to import a module a second time.
      const modules = scripts.map((script) => ({ ...script, url: script.url.replace(/[?#].*/, '') }));
      if (modules.length > 0) await report.add(modules);
    },

    /**
     * Writes `index.html` into the folder.
     *
     * @returns {Promise<FileCoverage[]>} one for each source file; none for files of types, which leave no code
     */
    measure: async () => {
      const results = await report.generate();
      return (results?.files ?? []).map(({ sourcePath, summary, data }) => {
        const lines = { covered: summary.lines.covered, total: summary.lines.total };
        const branches = { covered: summary.branches.covered, total: summary.branches.total };
        // Types count as lines that ran, here as elsewhere; but nothing ran.
        if (neverImported.has(sourcePath)) lines.covered = branches.covered = 0;
        const counts = Object.entries(data?.lines ?? {});
        const missed = counts.filter(([, count]) => !(Number(count) > 0)).map(([line]) => Number(line));
        return { file: sourcePath, lines, branches, missed };
      });
    },
  };
}
