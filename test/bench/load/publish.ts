import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { loadReport } from './report.js';
import type { LoadResults } from './results.js';

export const docsFile = 'docs/speed.md';
export const resultsFile = 'test/bench/load/results.json';

const block = /(<!-- bench-load:start -->)[\s\S]*?(<!-- bench-load:end -->)/;

/** The docs with the tables that belong to the results. */
export async function withLoadTables(docs: string, results: LoadResults): Promise<string> {
  if (!block.test(docs)) throw new Error(`${docsFile} has no <!-- bench-load:start --> … <!-- bench-load:end -->.`);
  const tables = loadReport(results);
  const written = docs.replace(block, (_, start: string, end: string) => `${start}\n\n${tables}\n\n${end}`);
  return format(written, { ...(await resolveConfig(docsFile)), parser: 'markdown' });
}

/** Keeps the results, and shows them in the docs where there are any. */
export async function publish(results: LoadResults): Promise<void> {
  const json = await format(JSON.stringify(results), { ...(await resolveConfig(resultsFile)), parser: 'json' });
  await writeFile(resultsFile, json);
  if (!existsSync(docsFile)) return;
  await writeFile(docsFile, await withLoadTables(await readFile(docsFile, 'utf8'), results));
}
