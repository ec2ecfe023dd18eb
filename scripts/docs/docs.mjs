import { readFile, writeFile } from 'node:fs/promises';
import { apiTables } from './api-tables.mjs';
import { withBlock } from './doc-block.mjs';
import { examplesFile, withExamples } from './examples.mjs';
import { analyze } from './manifest.mjs';

/** `npm run docs` rewrites the generated parts of the documentation, with `--check` it only says whether that is due. */

/** @type {Record<string, (page: string) => Promise<string>>} */
const generated = {
  'docs/reference.md': async (page) => withBlock(page, 'api', apiTables(await analyze())),
  [examplesFile]: withExamples,
};

for (const [file, rewrite] of Object.entries(generated)) {
  const page = await readFile(file, 'utf8');
  const current = await rewrite(page);
  if (page === current) continue;
  if (!process.argv.includes('--check')) {
    await writeFile(file, current);
  } else {
    console.error(`${file} is out of date: npm run docs`);
    process.exitCode = 1;
  }
}
