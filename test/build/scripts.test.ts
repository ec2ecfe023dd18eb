import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findChromium } from '../../scripts/chromium.mjs';
import { codeLines, countBranches } from '../../scripts/code-lines.mjs';

describe('lines that count for coverage', () => {
  it('are none in a file of types', async () => {
    const source = `/** Shape. */\nimport type { A } from './a.js';\nexport interface B extends A {\n  c: string;\n}\n`;
    assert.equal((await codeLines(source)).size, 0);
  });

  it('are those that survive compilation', async () => {
    const source = `// reason\nexport interface A {\n  b: 1;\n}\n\nexport function c() {\n  return 1;\n}\n`;
    assert.deepEqual([...(await codeLines(source))], [6, 7, 8]);
  });
});

it('branches of a file that no test imports are counted from its source', () => {
  assert.equal(countBranches(`export const a = (b?: number) => (b ? (b > 1 && b) ?? 2 : 3);`), 1 + 1 + 2 + 2);
});

describe('looking for a browser', () => {
  it('takes CHROME_PATH at its word', (t) => {
    const { CHROME_PATH } = process.env;
    t.after(() =>
      CHROME_PATH === undefined ? delete process.env.CHROME_PATH : (process.env.CHROME_PATH = CHROME_PATH),
    );
    process.env.CHROME_PATH = process.execPath;
    assert.equal(findChromium(), process.execPath);
    process.env.CHROME_PATH = '/nowhere/chrome';
    assert.throws(() => findChromium(), /CHROME_PATH is set to \/nowhere\/chrome/);
  });
});
