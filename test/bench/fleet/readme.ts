import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { blockOf, writeBlock } from '../../../scripts/docs/doc-block.mjs';
import type { FleetResults, Loads } from './results.js';

const page = 'docs/speed.md';
export const resultsFile = 'test/bench/fleet.json';

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

/** The table in the documentation, without what formatting adds. */
export const readFleetTable = async (): Promise<string> => plain(blockOf(await readFile(page, 'utf8'), 'fleet'));

/** Formatting moves blanks and the dashes of a rule. */
export const plain = (markdown: string): string => markdown.replace(/[\s:-]+/g, ' ').trim();

/** Keeps the results and shows them in the documentation. */
export async function publish(results: FleetResults): Promise<void> {
  const json = await format(JSON.stringify(results), { ...(await resolveConfig(resultsFile)), parser: 'json' });
  await writeFile(resultsFile, json);
  await writeBlock(page, 'fleet', table(results));
}
