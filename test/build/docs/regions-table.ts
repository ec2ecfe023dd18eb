import { allEnvironments, domainsOf } from '../../../src/core/environments.js';
import { uploadHostOf } from '../../../src/doctor/upload-hosts.js';

/** The regions, each with its domains and its upload host, as the code knows them. */
export const knownRegions = (): string[][] =>
  allEnvironments().map((each) => [
    `\`${each.name}\``,
    domainsOf(each).join(', '),
    uploadHostOf(each)?.replace('https://', '') ?? 'not known',
  ]);

/** The same as a page shows it. */
export function shownRegions(text: string): string[][] {
  const [, table = ''] = /^\| environment +\| domains +\|[^\n]*\n\|[^\n]*\n((?:\|[^\n]*\n)+)/m.exec(text) ?? [];
  return table
    .trim()
    .split('\n')
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
