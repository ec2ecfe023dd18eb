import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { withBlock, writeBlock } from '../../scripts/docs/doc-block.mjs';
import { report } from './report.js';
import type { Results } from './results.js';

const page = 'docs/speed.md';
export const resultsFile = 'test/bench/results.json';

/** The page with the tables that belong to the results. */
export const withTables = (text: string, results: Results): Promise<string> =>
  withBlock(text, 'bench', report(results));

export const readPage = (): Promise<string> => readFile(page, 'utf8');

export const readResults = async (): Promise<Results> => JSON.parse(await readFile(resultsFile, 'utf8')) as Results;

/** Keeps the results and shows them in the documentation. */
export async function publish(results: Results): Promise<void> {
  const json = await format(JSON.stringify(results), { ...(await resolveConfig(resultsFile)), parser: 'json' });
  await writeFile(resultsFile, json);
  await writeBlock(page, 'bench', report(results));
}
