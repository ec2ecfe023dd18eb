import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { subjects } from '../../src/doctor/doctor.js';
import { docsFile } from '../../src/doctor/subject.js';

const text = readFileSync(docsFile, 'utf8');

/** Prettier may write Markdown in another way. */
const plain = (markdown: string): string => markdown.replace(/[\\*_]/g, '').replace(/\s+/g, ' ');

describe(docsFile, () => {
  for (const { findings } of subjects) {
    for (const [id, { why, hint, advice }] of Object.entries(findings)) {
      it(`describes ${id} as the doctor does`, () => {
        const section = new RegExp(`^#### ${id}\n([^]*?)(?=^#|(?![^]))`, 'm').exec(text)?.[1];
        assert.ok(section !== undefined, `${docsFile} has no heading ${id}`);
        assert.ok(plain(section).includes(plain(why)), why);
        assert.ok(plain(section).includes(plain(hint)), hint);
        assert.equal(/^\s*Advice\./.test(section), advice === true);
      });
    }
  }

  it('describes nothing else', () => {
    const headings = Array.from(text.matchAll(/^#### (.*)$/gm), ([, heading]) => heading);
    const known = subjects.flatMap(({ findings }) => Object.keys(findings));
    assert.deepEqual(headings, [...known, 'doctor-missing']);
  });
});
