import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { mergeScriptCovs } from '@bcoe/v8-coverage';
import v8ToIstanbul from 'v8-to-istanbul';
import { codeLines, countBranches } from './code-lines.mjs';
import { rawFolder } from './collect.mjs';
import { filesIn } from '../shared/files.mjs';

/**
 * The gate: at least 90 % of the lines and of the branches of src, files that no test imports included.
 *
 * @typedef {import('./collect.mjs').RawScript} RawScript
 * @typedef {{file: string, lines: number, missed: number[], branches: number, taken: number}} Measured
 */

const wanted = 90;
const shown = 10;

/** Raw coverage of all test files, by path in the repository. */
function collected() {
  /** @type {Map<string, RawScript[]>} */
  const byFile = new Map();
  for (const script of filesIn(rawFolder, '.json').flatMap((file) => JSON.parse(readFileSync(file, 'utf8')))) {
    const file = decodeURIComponent(new URL(script.url).pathname).slice(1);
    byFile.set(file, [...(byFile.get(file) ?? []), script]);
  }
  return byFile;
}

/** @param {string} file @param {RawScript[]} scripts @param {Set<number>} code */
async function measureRun(file, [first, ...others], code) {
  if (!first) throw new Error(`${file}: no coverage`);
  // Each page may have loaded the module under another query; merging goes by position alone.
  const merged = mergeScriptCovs([first, ...others.map((script) => ({ ...script, url: first.url }))]);
  const converter = v8ToIstanbul(resolve(file), 0, { source: first.text });
  await converter.load();
  // The compiler's helpers for decorators stand in front of the code and are not ours.
  converter.applyCoverage(merged?.functions.filter(({ functionName }) => !functionName.startsWith('__')) ?? []);
  const data = converter.toIstanbul()[resolve(file)];
  if (!data) throw new Error(`${file}: no source map`);
  const missed = Object.entries(data.statementMap)
    .filter(([id, { start }]) => data.s[id] === 0 && code.has(start.line))
    .map(([, { start }]) => start.line);
  const branches = Object.values(data.b).flat();
  return { missed, branches: branches.length, taken: branches.filter((count) => count > 0).length };
}

/**
 * @param {string} file @param {RawScript[] | undefined} scripts
 * @returns {Promise<Measured[]>} empty for a file of types
 */
async function measure(file, scripts) {
  const source = readFileSync(file, 'utf8');
  const code = await codeLines(source);
  if (code.size === 0) return [];
  const run = scripts
    ? await measureRun(file, scripts, code)
    : { missed: [...code], branches: countBranches(source), taken: 0 };
  return [{ file, lines: code.size, ...run }];
}

/** @param {Measured[]} files */
function totals(files) {
  const sum = { lines: 0, covered: 0, branches: 0, taken: 0 };
  for (const { lines, missed, branches, taken } of files) {
    sum.lines += lines;
    sum.covered += lines - missed.length;
    sum.branches += branches;
    sum.taken += taken;
  }
  const percent = (/** @type {number} */ part, /** @type {number} */ all) => (all === 0 ? 100 : (100 * part) / all);
  return { lines: percent(sum.covered, sum.lines), branches: percent(sum.taken, sum.branches) };
}

/** `3-5, 9` @param {number[]} lines ascending */
function ranges(lines) {
  /** @type {[number, number][]} */
  const found = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last && line <= last[1] + 2) last[1] = line;
    else found.push([line, line]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

/** @param {number} value rounded down, so that 90.0 is never an 89.96 */
const percentText = (value) => `${(Math.floor(value * 10) / 10).toFixed(1)} %`.padStart(8);

/** Prints what the last run covered. @returns {Promise<boolean>} whether that is enough */
export async function coverageIsEnough() {
  const scripts = collected();
  const files = (await Promise.all(filesIn('src', '.ts').map((file) => measure(file, scripts.get(file))))).flat();
  const worst = files
    .map((file) => ({ ...file, ...totals([file]), missed: file.missed }))
    .filter(({ lines, branches }) => lines < 100 || branches < 100)
    .sort((a, b) => Math.min(a.lines, a.branches) - Math.min(b.lines, b.branches))
    .slice(0, shown);
  const { lines, branches } = totals(files);
  const row = (/** @type {string} */ head, /** @type {{lines: number, branches: number}} */ { lines, branches }) =>
    `${head.padEnd(46)}${percentText(lines)}${percentText(branches)}`;
  console.log(`\n${'coverage'.padEnd(46)}${'lines'.padStart(8)}${'branches'.padStart(9)}`);
  for (const file of worst) console.log(`${row(`  ${file.file}`, file)}  ${ranges(file.missed).slice(0, 60)}`);
  console.log(row(`src, ${files.length} files`, { lines, branches }));
  const enough = lines >= wanted && branches >= wanted;
  if (!enough) console.log(`Coverage is below ${wanted} %.`);
  return enough;
}

if (import.meta.filename === process.argv[1]) process.exitCode = (await coverageIsEnough()) ? 0 : 1;
