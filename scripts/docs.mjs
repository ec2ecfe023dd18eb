import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { apiTables } from './api-tables.mjs';
import { analyze } from './manifest.mjs';

/** `npm run docs` rewrites the reference in docs/, with `--check` it only says whether that is due. */

const file = 'docs/reference.md';
const block = /(<!-- api:start -->)[\s\S]*?(<!-- api:end -->)/g;

const page = await readFile(file, 'utf8').catch(() => '');
const tables = apiTables(await analyze());
const written = page.replace(block, (_, start, end) => `${start}\n\n${tables}\n\n${end}`);
const current = await format(written, { ...(await resolveConfig(file)), parser: 'markdown' });

if (!page.match(block)) {
  console.error(`${file} has no <!-- api:start --> … <!-- api:end --> for the reference.`);
  process.exitCode = 1;
} else if (!process.argv.includes('--check')) {
  await writeFile(file, current);
} else if (page !== current) {
  console.error(`${file} is out of date: npm run docs`);
  process.exitCode = 1;
}
