import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { apiTables } from './api-tables.mjs';
import { analyze } from './manifest.mjs';

/** `npm run docs` rewrites the API tables of the README, with `--check` it only says whether that is due. */

const file = 'README.md';
const block = /(<!-- api:start -->)[\s\S]*?(<!-- api:end -->)/g;

const readme = await readFile(file, 'utf8').catch(() => '');
const tables = apiTables(await analyze());
const written = readme.replace(block, (_, start, end) => `${start}\n\n${tables}\n\n${end}`);
const current = await format(written, { ...(await resolveConfig(file)), parser: 'markdown' });

if (!readme.match(block)) {
  console.error(`${file} has no <!-- api:start --> … <!-- api:end --> for the API tables.`);
  process.exitCode = 1;
} else if (!process.argv.includes('--check')) {
  await writeFile(file, current);
} else if (readme !== current) {
  console.error(`The API tables of ${file} are out of date: npm run docs`);
  process.exitCode = 1;
}
