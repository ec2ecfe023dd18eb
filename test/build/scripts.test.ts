import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { basename, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { Script } from 'node:vm';
import { transform } from 'esbuild';
import { openCoverage } from '../../scripts/coverage/monocart.mjs';
import { coverageTable } from '../../scripts/coverage/report.mjs';
import { findChromium } from '../../scripts/engines/chromium.mjs';
import { engineOfThisRun } from '../../scripts/engines/engines.mjs';
import { findFirefox } from '../../scripts/engines/firefox.mjs';
import { findWebKit } from '../../scripts/engines/webkit.mjs';
import { filesAgain, passedAlone } from '../../scripts/test/run-again.mjs';
import type { Step } from '../../scripts/test/run-steps.mjs';
import { noCounts, summaryOf } from '../../scripts/test/summary.mjs';

describe('the coverage of the sources', () => {
  const folder = resolve('.cache/coverage-test');
  const sources: Record<string, string> = {
    'tested.ts': `export interface Options {
  wanted: boolean;
}

export function tested({ wanted }: Options): string {
  return wanted ? 'yes' : 'no';
}
`,
    'never-imported.ts': `export interface Shape {
  sides: number;
}

export const round = ({ sides }: Shape): boolean => (sides > 99 ? true : sides === 0);
`,
    'types.ts': `import type { Shape } from './never-imported.js';
export interface Solid extends Shape {
  edges: number;
}
`,
  };
  const url = 'http://localhost/tested.js';
  let profiler: Session;
  let run: { tested: (options: { wanted: boolean }) => string };
  let source: string;

  before(async () => {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(sources)) await writeFile(join(folder, name), text);
    const sourcefile = join(folder, 'tested.ts');
    const text = sources['tested.ts']!;
    const options = { loader: 'ts', format: 'iife', globalName: 'run', sourcemap: 'inline', sourcefile } as const;
    source = `${(await transform(text, options)).code}\nrun;`;
    profiler = new Session();
    profiler.connect();
    await profiler.post('Profiler.enable');
    await profiler.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    run = new Script(source, { filename: url }).runInThisContext() as typeof run;
  });
  after(async () => {
    profiler.disconnect();
    await rm(folder, { recursive: true });
  });

  /** What V8 measured since the last time, as one test file leaves it. */
  async function measured() {
    const { result } = await profiler.post('Profiler.takePreciseCoverage');
    return result.filter((script) => script.url === url).map(({ functions }) => ({ url, source, functions }));
  }

  async function coverageOf(...testFiles: Awaited<ReturnType<typeof measured>>[]) {
    const coverage = openCoverage(folder, join(folder, 'report'));
    for (const scripts of testFiles) await coverage.add(scripts);
    const files = await coverage.measure();
    await rm(join(folder, 'report'), { recursive: true });
    return new Map(files.map((file) => [basename(file.file), file]));
  }

  it('merges what test files run: a branch is covered if any of them takes it', async () => {
    run.tested({ wanted: true });
    const one = await measured();
    run.tested({ wanted: false });
    const other = await measured();
    const alone = (await coverageOf(one)).get('tested.ts');
    assert.deepEqual(alone?.branches, { covered: 1, total: 2 });
    assert.deepEqual(alone?.missed, [6]);
    const merged = (await coverageOf(one, other)).get('tested.ts');
    assert.deepEqual(merged?.branches, { covered: 2, total: 2 });
    assert.deepEqual(merged?.missed, []);
  });

  it('counts a file that no test imports as not covered, and a file of types not at all', async () => {
    run.tested({ wanted: true });
    const files = await coverageOf(await measured());
    assert.deepEqual([...files.keys()].sort(), ['never-imported.ts', 'tested.ts']);
    const { lines, branches } = files.get('never-imported.ts')!;
    assert.deepEqual({ lines: lines.covered, branches }, { lines: 0, branches: { covered: 0, total: 2 } });
    assert.ok(lines.total > 0);
  });

  it('wants 90 % of lines and of branches', () => {
    const file = (lines: number, branches: number) => ({
      file: 'src/a.ts',
      lines: { covered: lines, total: 1000 },
      branches: { covered: branches, total: 1000 },
      missed: [3, 4, 9],
    });
    assert.ok(coverageTable([file(900, 900)]).enough);
    assert.ok(!coverageTable([file(899, 1000)]).enough);
    assert.ok(!coverageTable([file(1000, 899)]).enough);
    assert.ok(!coverageTable([]).enough, 'nothing was measured');
    const { text } = coverageTable([file(900, 899)]);
    assert.match(text, /^ {2}src\/a\.ts +90\.0 % +89\.9 % {2}3-4, 9$/m);
    assert.match(text, /^src, 1 files +90\.0 % +89\.9 %\nCoverage is below 90 %\.$/m);
  });
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
    it(`takes the program that ${variable} names, or says that it cannot be run`, (t) => {
      const set = setting(t, variable);
      set(process.execPath);
      assert.equal(find(), process.execPath);
      set('/nowhere/browser');
      assert.throws(() => find(), new RegExp(`${variable} is set to /nowhere/browser`));
    });
  }

  it('finds WebKitGTK only if all of its programs are there', (t) => {
    setting(t, 'PATH')('/nowhere');
    setting(t, 'WEBKIT_DRIVER_PATH')(process.execPath);
    setting(t, 'MINIBROWSER_PATH')(process.execPath);
    assert.equal(findWebKit(), undefined, 'there is no Xvfb');
  });

  it('reads the engine of a run, by default Chromium with third-party cookies allowed', (t) => {
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

describe('a file with a test that failed', () => {
  const failure = (name: string) => {
    const [file = '', test = ''] = name.split(' ');
    return { file, test, message: `${test} was late` };
  };
  const step = (passed: number, ...names: string[]): Step => {
    const failures = names.map(failure);
    const counts = { ...noCounts(), passed, failed: failures.length, failures };
    return {
      title: 'journeys',
      run: () => Promise.resolve({ ...counts, title: 'journeys', ok: failures.length === 0 }),
    };
  };
  const runs = async (whole: Step, alone: Record<string, Step>) => {
    const asked: string[] = [];
    const result = await filesAgain(whole, (file) => {
      asked.push(file);
      return alone[file]!;
    }).run(() => Promise.resolve(true));
    return { asked, ...summaryOf([{ ...result, seconds: 1 }]) };
  };

  it('runs once more, and has failed all the same; the message says whether it passed then', async () => {
    const { asked, ok, text } = await runs(step(7, 'a J1', 'a J2', 'b J3'), { a: step(5), b: step(3, 'b J4') });
    assert.deepEqual(asked, ['a', 'b']);
    assert.equal(ok, false);
    for (const test of ['J1', 'J2']) {
      assert.ok(text.includes(`  journeys, a\n    ${test}\n      ${passedAlone}\n      ${test} was late\n`), text);
    }
    assert.match(text, / {2}journeys, b\n {4}J3\n {6}J3 was late\n\n7 passed, 3 failed$/);
  });

  it('says nothing when none of its tests runs', async () => {
    const { ok, text } = await runs(step(7, 'a J1'), { a: step(0) });
    assert.equal(ok, false);
    assert.ok(!text.includes(passedAlone));
  });

  it('does not run again where many failed', async () => {
    const { asked, ok } = await runs(step(7, 'a J1', 'b J2', 'c J3', 'd J4', 'e J5'), {});
    assert.deepEqual([asked, ok], [[], false]);
  });
});
