import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { tsImport } from 'tsx/esm/api';

/**
 * `npm run journeys:baselines [-- J5 J9]`: the same journeys for the element and for the two patterns that sites use
 * today. The results and the table of the README are written anew; with names, only those rows.
 *
 * @typedef {import('../../test/journeys/baselines/run.js').Row} Row
 */

const results = 'test/journeys/baselines/results.json';
const readme = 'README.md';
const block = /(<!-- baselines:start -->)[\s\S]*?(<!-- baselines:end -->)/;

// Each browser's profile is removed when this process ends.
process.setMaxListeners(0);

const only = process.argv.slice(2);
/** @type {typeof import('../../test/journeys/baselines/run.js')} */
const { runBaselines } = await tsImport('../../test/journeys/baselines/run.ts', import.meta.url);
const fresh = await runBaselines(only);

/** @type {Row[]} */
const before = only.length === 0 ? [] : JSON.parse(await readFile(results, 'utf8'));
const rows = [...before.filter(({ id }) => !only.includes(id)), ...fresh].sort(
  (a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)),
);
await writeFile(results, `${JSON.stringify(rows, undefined, 2)}\n`);

const table = [
  '| journey | this element | blueprint | scheduled refresh |',
  '| --- | --- | --- | --- |',
  ...rows.map(({ id, title, seen }) => `| ${id}: ${title} | ${seen.ours} | ${seen.blueprint} | ${seen.scheduled} |`),
].join('\n');
const text = await readFile(readme, 'utf8');
if (!block.test(text)) throw new Error(`${readme} has no <!-- baselines:start --> … <!-- baselines:end -->.`);
const written = text.replace(block, (_, start, end) => `${start}\n\n${table}\n\n${end}`);
await writeFile(readme, await format(written, { ...(await resolveConfig(readme)), parser: 'markdown' }));

// Servers and browsers are closed; what a page left open does not matter.
process.exit();
