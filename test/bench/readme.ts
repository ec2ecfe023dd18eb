import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { report } from './report.js';
import type { Results } from './results.js';

const readmeFile = 'README.md';
export const resultsFile = 'test/bench/results.json';

const block = /(<!-- bench:start -->)[\s\S]*?(<!-- bench:end -->)/;

/** The README with the tables that belong to the results. */
export async function withTables(readme: string, results: Results): Promise<string> {
  if (!block.test(readme)) throw new Error(`${readmeFile} has no <!-- bench:start --> … <!-- bench:end -->.`);
  const written = readme.replace(block, (_, start: string, end: string) => `${start}\n\n${report(results)}\n\n${end}`);
  return format(written, { ...(await resolveConfig(readmeFile)), parser: 'markdown' });
}

export const readReadme = (): Promise<string> => readFile(readmeFile, 'utf8');

export const readResults = async (): Promise<Results> => JSON.parse(await readFile(resultsFile, 'utf8')) as Results;

/** Keeps the results and shows them in the README. */
export async function publish(results: Results): Promise<void> {
  const json = await format(JSON.stringify(results), { ...(await resolveConfig(resultsFile)), parser: 'json' });
  await writeFile(resultsFile, json);
  await writeFile(readmeFile, await withTables(await readReadme(), results));
}
