import { openCoverage } from './monocart.mjs';

/** At least 90 % of the lines and of the branches of `src` are covered, counting files that no test imports. */

const wantedPercent = 90;
const filesShown = 10;

/** @import { FileCoverage, Metric } from './monocart.mjs' */

/** @param {Metric} metric */
const percentOf = ({ covered, total }) => (total === 0 ? 100 : (100 * covered) / total);

/** @param {FileCoverage[]} files @param {'lines' | 'branches'} metric */
const sum = (files, metric) =>
  files.reduce((all, { [metric]: one }) => ({ covered: all.covered + one.covered, total: all.total + one.total }), {
    covered: 0,
    total: 0,
  });

/** `3-5, 9` @param {number[]} lines ascending */
function rangesOf(lines) {
  /** @type {[number, number][]} */
  const ranges = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last && line <= last[1] + 2) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

/** Rounded down: 89.96 % is less than 90 %. @param {number} percent */
const percentText = (percent) => `${(Math.floor(percent * 10) / 10).toFixed(1)} %`.padStart(8);

/** @param {string} title @param {number} lines @param {number} branches in percent */
const row = (title, lines, branches) => `${title.padEnd(46)}${percentText(lines)}${percentText(branches)}`;

/**
 * The files that are covered least, and the totals.
 *
 * @param {FileCoverage[]} files
 * @returns {{text: string, enough: boolean}}
 */
export function coverageTable(files) {
  const least = files
    .map(({ file, lines, branches, missed }) => ({
      file,
      missed,
      lines: percentOf(lines),
      branches: percentOf(branches),
    }))
    .filter(({ lines, branches }) => lines < 100 || branches < 100)
    .sort((a, b) => Math.min(a.lines, a.branches) - Math.min(b.lines, b.branches))
    .slice(0, filesShown);
  const lines = percentOf(sum(files, 'lines'));
  const branches = percentOf(sum(files, 'branches'));
  const enough = files.length > 0 && lines >= wantedPercent && branches >= wantedPercent;
  const text = [
    `${'coverage'.padEnd(46)}${'lines'.padStart(8)}${'branches'.padStart(9)}`,
    ...least.map((file) =>
      `${row(`  ${file.file}`, file.lines, file.branches)}  ${rangesOf(file.missed).slice(0, 60)}`.trimEnd(),
    ),
    row(`src, ${files.length} files`, lines, branches),
    ...(enough ? [] : [`Coverage is below ${wantedPercent} %.`]),
  ].join('\n');
  return { text, enough };
}

/** Prints the coverage of the last run. @returns {Promise<boolean>} whether it is enough */
export async function coverageIsEnough() {
  const { text, enough } = coverageTable(await openCoverage().measure());
  console.log(`\n${text}\nEach line: coverage/index.html`);
  return enough;
}

if (import.meta.filename === process.argv[1]) process.exitCode = (await coverageIsEnough()) ? 0 : 1;
