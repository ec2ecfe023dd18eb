import { clicks, places, rungs } from '../../journeys/clicks.js';

/** The cells of the table of clicks, row by row, as the journeys measure them. */
export const measuredClicks = (): string[] =>
  rungs.flatMap((allowed) => Object.entries(clicks[allowed]).map(([place, cells]) => [place, ...cells].join(' | ')));

/** The same as the page shows them. */
export function shownClicks(text: string): string[] {
  const names = Object.keys(places).join('|');
  const row = new RegExp(`\\| (${names}) *\\| *(\\d) \\| *(\\d) \\| *(\\d) \\|$`, 'gm');
  return [...text.matchAll(row)].map((cells) => cells.slice(1).join(' | '));
}
