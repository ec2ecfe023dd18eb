import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const text = readFileSync('docs/accessibility.md', 'utf8');
const named = [...text.matchAll(/^ {2}- `([^`]+)`: “(.+)”$/gm)].map(([, file = '', title = '']) => ({ file, title }));

/** Titles of the tests of a file, as they are written. */
const titlesOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/\bit\(\s*(['"`])(.*?)\1,/g)].map(([, , title = '']) => title);

describe('the accessibility report', () => {
  it('names tests that exist', () => {
    assert.ok(named.length > 50);
    const missing = named.filter(
      ({ file, title }) => !existsSync(file) || !titlesOf(file).some((one) => one.includes(title)),
    );
    assert.deepEqual(missing, []);
  });

  it('has every criterion of levels A and AA once in the table and once below', () => {
    const criteria = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, number = '']) => number);
    const inTable = criteria(/^\| (\d[\d.–]+) /gm);
    assert.deepEqual(criteria(/^- \*\*(\d[\d.–]+) /gm), inTable);
    // 55 in all, of which five about media are one row.
    assert.equal(new Set(inTable).size, 51);
  });
});
