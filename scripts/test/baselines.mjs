import { readFile, writeFile } from 'node:fs/promises';
import { tsImport } from 'tsx/esm/api';
import { comparisonFile, comparisonList } from '../docs/comparison.mjs';
import { writeBlock } from '../docs/doc-block.mjs';

/**
 * `npm run journeys:baselines [-- J5 J9]`: the same journeys for the element and for the two patterns that sites use
 * today. The results and the list in docs/comparison.md are written again; with names, only those rows.
 *
 * @typedef {import('../../test/journeys/baselines/run.js').Row} Row
 */

const results = 'test/journeys/baselines/results.json';

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

await writeBlock(comparisonFile, 'baselines', comparisonList(rows));

// Servers and browsers are closed; what a page left open does not matter.
process.exit();
