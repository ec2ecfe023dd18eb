import { readFile, writeFile } from 'node:fs/promises';
import { apiTables } from './api-tables.mjs';
import { withBlock } from './doc-block.mjs';
import { analyze } from './manifest.mjs';

/** `npm run docs` rewrites the generated part of the reference, with `--check` it only says whether that is due. */

const file = 'docs/reference.md';

const page = await readFile(file, 'utf8');
const current = await withBlock(page, 'api', apiTables(await analyze()));

if (!process.argv.includes('--check')) {
  await writeFile(file, current);
} else if (page !== current) {
  console.error(`${file} is out of date: npm run docs`);
  process.exitCode = 1;
}
