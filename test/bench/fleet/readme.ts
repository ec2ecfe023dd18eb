import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import type { FleetResults, Loads } from './results.js';

const readmeFile = 'README.md';
export const resultsFile = 'test/bench/fleet.json';
const block = /(<!-- fleet:start -->)[\s\S]*?(<!-- fleet:end -->)/;

const count = (calls: number): string => calls.toLocaleString('en');

const row = (name: string, { before, outage, firstMinute, after }: Loads): string =>
  `| ${name} | ${[before, outage, firstMinute, after].map(({ mean, peak }) => `${count(mean)} / ${count(peak)}`).join(' | ')} |`;

/** Calls per second, mean / peak, and what became of the people. */
export function table({ spread, together, assumptions }: FleetResults): string {
  const share = (some: number): string => `${((100 * some) / assumptions.browsers).toFixed(1)} %`;
  return [
    '| calls per second, mean / peak | before | in the outage | first minute after | twenty minutes after |',
    '| --- | ---: | ---: | ---: | ---: |',
    row('signed in over 15 minutes: timers', spread.naive),
    row('signed in over 15 minutes: `<gc-auth-messenger>`', spread.ours),
    row('signed in within a minute: timers', together.naive),
    row('signed in within a minute: `<gc-auth-messenger>`', together.ours),
    '',
    `Signed in again ten minutes after the outage: ${share(spread.ours.signedIn)} and ${share(together.ours.signedIn)};` +
      ` shown the prompt at any time: ${share(spread.ours.prompted)} and ${share(together.ours.prompted)}.`,
  ].join('\n');
}

/** The table in the README, without what formatting adds. */
export async function readFleetTable(): Promise<string> {
  const [, shown = ''] =
    /<!-- fleet:start -->([\s\S]*?)<!-- fleet:end -->/.exec(await readFile(readmeFile, 'utf8')) ?? [];
  return plain(shown);
}

/** Formatting moves blanks and the dashes of a rule. */
export const plain = (markdown: string): string => markdown.replace(/[\s:-]+/g, ' ').trim();

/** Keeps the results and shows them in the README. */
export async function publish(results: FleetResults): Promise<void> {
  const json = await format(JSON.stringify(results), { ...(await resolveConfig(resultsFile)), parser: 'json' });
  await writeFile(resultsFile, json);
  const readme = await readFile(readmeFile, 'utf8');
  if (!block.test(readme)) throw new Error(`${readmeFile} has no <!-- fleet:start --> … <!-- fleet:end -->.`);
  const written = readme.replace(block, (_, start: string, end: string) => `${start}\n\n${table(results)}\n\n${end}`);
  await writeFile(readmeFile, await format(written, { ...(await resolveConfig(readmeFile)), parser: 'markdown' }));
}
