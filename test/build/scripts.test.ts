import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { findChromium } from '../../scripts/engines/chromium.mjs';
import { engineOfThisRun } from '../../scripts/engines/engines.mjs';
import { findFirefox } from '../../scripts/engines/firefox.mjs';
import { findWebKit } from '../../scripts/engines/webkit.mjs';
import { codeLines, countBranches } from '../../scripts/coverage/code-lines.mjs';

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
  const setting = (t: TestContext, variable: string) => {
    const before = process.env[variable];
    t.after(() => {
      if (before === undefined) delete process.env[variable];
      else process.env[variable] = before;
    });
    return (value: string) => (process.env[variable] = value);
  };

  for (const [variable, find] of [
    ['CHROME_PATH', findChromium],
    ['FIREFOX_PATH', findFirefox],
  ] as const) {
    it(`takes ${variable} at its word`, (t) => {
      const set = setting(t, variable);
      set(process.execPath);
      assert.equal(find(), process.execPath);
      set('/nowhere/browser');
      assert.throws(() => find(), new RegExp(`${variable} is set to /nowhere/browser`));
    });
  }

  it('takes WebKitGTK only whole', (t) => {
    setting(t, 'PATH')('/nowhere');
    setting(t, 'WEBKIT_DRIVER_PATH')(process.execPath);
    setting(t, 'MINIBROWSER_PATH')(process.execPath);
    assert.equal(findWebKit(), undefined, 'there is no Xvfb');
  });

  it('knows the engine of a run, Chromium with cookies allowed if nothing is said', (t) => {
    const engine = setting(t, 'ENGINE');
    const cookies = setting(t, 'THIRD_PARTY_COOKIES');
    delete process.env['ENGINE'];
    delete process.env['THIRD_PARTY_COOKIES'];
    assert.deepEqual(engineOfThisRun(), { engine: 'chromium', thirdPartyCookies: 'allow' });
    engine('webkit');
    cookies('block');
    assert.deepEqual(engineOfThisRun(), { engine: 'webkit', thirdPartyCookies: 'block' });
    cookies('some');
    assert.throws(() => engineOfThisRun(), /THIRD_PARTY_COOKIES takes allow, block/);
    engine('trident');
    assert.throws(() => engineOfThisRun(), /ENGINE takes chromium, firefox, webkit/);
  });
});
