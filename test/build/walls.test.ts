import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ESLint } from 'eslint';

/** A copy below the repository, so that packages resolve as they do in src. */
const copy = '.cache/walls';
const depcruise = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
const tsc = 'node_modules/typescript/bin/tsc';

/** Runs a tool in the copy, whatever its exit code. */
function output(tool: string, args: string[]): Promise<string> {
  return new Promise((done) => {
    execFile(process.execPath, [resolve(tool), ...args], { cwd: copy, maxBuffer: 2 ** 26 }, (_, stdout) =>
      done(stdout),
    );
  });
}

describe('the import rules', () => {
  const seeds: [rule: string, file: string, code: string][] = [
    ['core-imports-only', 'src/core/seeded.ts', `import { of } from 'rxjs'; export const a = of(1);`],
    ['session-imports-only', 'src/session/seeded.ts', `import type { html } from 'lit'; export type A = typeof html;`],
    ['session-imports-only', 'src/session/seeded-up.ts', `import * as a from '../compose.js'; export { a };`],
    ['async-imports-only', 'src/async/seeded.ts', `import type { A } from '../core/seeded-a.js'; export type C = A;`],
    ['genesys-imports-only', 'src/genesys/seeded-up.ts', `import * as a from '../async/seeded.js'; export { a };`],
    ['page-imports-only', 'src/page/seeded.ts', `import * as a from '../tabs/seeded.js'; export { a };`],
    ['tabs-imports-only', 'src/tabs/seeded.ts', `import * as a from '../session/seeded.js'; export { a };`],
    ['ports-are-types', 'src/genesys/seeded.ts', `import * as a from '../session/ports.js'; export { a };`],
    ['element-imports-only', 'src/element/seeded.ts', `import * as a from '../page/seeded.js'; export { a };`],
    ['inspector-imports-only', 'src/inspector/seeded.ts', `import * as a from '../session/ports.js'; export { a };`],
    [
      'inspector-takes-types-of-element',
      'src/inspector/seeded-element.ts',
      `import { gcEvent } from '../element/events.js'; export { gcEvent };`,
    ],
    ['setup-imports-only', 'src/setup/seeded.ts', `import * as a from '../doctor/gather.js'; export { a };`],
    ['testing-imports-only', 'src/testing/seeded.ts', `import { html } from 'lit'; export { html };`],
    [
      'no-page-loads-the-playwright-kit',
      'src/testing/seeded-kit.ts',
      `import type { GenesysKit } from './playwright/kit.js'; export type Kit = GenesysKit;`,
    ],
    ['tabs-imports-only', 'src/tabs/seeded-oidc.ts', `import { Log } from 'oidc-client-ts'; export { Log };`],
    [
      'callback-needs-no-library',
      'src/oidc/callback/seeded.ts',
      `import { Log } from 'oidc-client-ts'; export { Log };`,
    ],
    ['entries-are-not-imported', 'src/oidc/callback/seeded-entry.ts', `import './callback.js';`],
    ['no-cycles', 'src/core/seeded-a.ts', `import type { B } from './seeded-b.js'; export type A = B | 1;`],
    ['no-cycles', 'src/core/seeded-b.ts', `import type { A } from './seeded-a.js'; export type B = A | 2;`],
    ['src-stands-alone', 'src/compose-seeded.ts', `import * as a from '../demo/seeded.js'; export { a };`],
    ['demo-uses-the-public-doors', 'demo/seeded.ts', `import * as a from '../src/index.js'; export { a };`],
    ['reachable-from-a-door', 'src/core/seeded-dead.ts', `export const dead = 1;`],
    ['resolvable', 'src/core/seeded-missing.ts', `import { a } from './nowhere.js'; export { a };`],
  ];
  let violations: { rule: string; from: string; to: string }[];

  before(async () => {
    await rm(copy, { recursive: true, force: true });
    await mkdir(join(copy, 'demo'), { recursive: true });
    await cp('src', join(copy, 'src'), { recursive: true });
    for (const file of ['tsconfig.json', '.dependency-cruiser.cjs', 'package.json']) await cp(file, join(copy, file));
    for (const [, file, code] of seeds) {
      await mkdir(join(copy, dirname(file)), { recursive: true });
      await writeFile(join(copy, file), code);
    }
    const json = await output(depcruise, ['src', 'demo', '--output-type', 'json']);
    const { summary } = JSON.parse(json) as {
      summary: { violations: { from: string; to: string; rule: { name: string } }[] };
    };
    violations = summary.violations.map(({ from, to, rule }) => ({ from, to, rule: rule.name }));
  });
  after(() => rm(copy, { recursive: true, force: true }));

  for (const [rule, file] of seeds) {
    it(`${rule} catches ${file}`, () => {
      const found = violations.some((each) => each.rule === rule && [each.from, each.to].includes(file));
      assert.ok(found, JSON.stringify(violations.filter(({ from, to }) => [from, to].includes(file))));
    });
  }

  for (const room of ['core', 'session']) {
    it(`${room} does not compile with the DOM or a timer in it`, async () => {
      await writeFile(join(copy, 'src', room, 'seeded-dom.ts'), 'window.setTimeout(() => fetch(document.URL));');
      const errors = await output(tsc, ['-p', `src/${room}`, '--pretty', 'false']);
      assert.match(errors, /seeded-dom\.ts.*Cannot find name 'window'/);
    });
  }
});

describe('the lint rules', () => {
  // In CI the parser would read each file from disk once, and lint that instead of what is given here.
  const eslint = new ESLint({
    overrideConfig: { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } },
  });
  const rulesBroken = async (code: string, filePath: string) => {
    const [result] = await eslint.lintText(code, { filePath });
    return result?.messages.map(({ ruleId }) => ruleId);
  };

  for (const code of [
    'Date.now()',
    'new Date()',
    'performance.now()',
    'setTimeout(String, 1)',
    'setInterval(String, 1)',
  ]) {
    for (const file of ['src/core/config.ts', 'src/session/ports.ts']) {
      it(`ban ${code} from ${file}`, async () => {
        const broken = await rulesBroken(`export const a = ${code};`, file);
        assert.ok(
          broken?.some((rule) => rule?.startsWith('no-restricted-')),
          String(broken),
        );
      });
    }
  }

  it('ban the console from src', async () => {
    assert.ok((await rulesBroken(`console.log(1);`, 'src/core/config.ts'))?.includes('no-console'));
  });

  it('want every promise awaited', async () => {
    const broken = await rulesBroken(`Promise.resolve(1);`, 'src/core/config.ts');
    assert.ok(broken?.includes('@typescript-eslint/no-floating-promises'));
  });
});
