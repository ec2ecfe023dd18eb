/**
 * What the baselines showed, as a list: the sentences are too long for the columns of a table.
 *
 * @typedef {import('../../test/journeys/baselines/run.js').Row} Row
 */

export const comparisonFile = 'docs/comparison.md';

/** @param {Row} row */
function journey({ id, title, seen: { ours, blueprint, scheduled } }) {
  const others =
    blueprint === scheduled
      ? [`  - both patterns: ${blueprint}`]
      : [`  - blueprint: ${blueprint}`, `  - scheduled refresh: ${scheduled}`];
  return [`- **${id}: ${title}**`, `  - this element: ${ours}`, ...others].join('\n');
}

/** @param {readonly Row[]} rows */
export const comparisonList = (rows) => rows.map(journey).join('\n');
