import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { judge } from '../bench/goals.js';
import { judgeLoads } from '../bench/load/goals.js';
import { docsFile, resultsFile, withLoadTables } from '../bench/load/publish.js';
import { loadReport } from '../bench/load/report.js';
import { loadRows, type Load, type LoadResults } from '../bench/load/results.js';
import type { Asked } from '../bench/page/contestant.js';
import { readPage, readResults, withTables } from '../bench/readme.js';
import { report } from '../bench/report.js';
import { pairedRows, type Results, type Scenario } from '../bench/results.js';
import { everyRound, interleave } from '../bench/rounds.js';
import { median, orderOf, pairedRatio, quantile } from '../bench/statistics.js';

describe('the arithmetic of the benchmark', () => {
  it('takes the middle, between two values where there is no middle one', () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([1, 2, 4, 90]), 3);
    assert.equal(quantile([0, 10], 0.95), 9.5);
    assert.throws(() => median([]), /No values/);
  });

  it('compares within a round, so that a slow round counts no more than others', () => {
    const floor = [10, 11, 1000, 12, 10];
    const { ratio, low, high } = pairedRatio(
      floor.map((ms) => ms * 1.5),
      floor,
    );
    assert.deepEqual([ratio, low, high], [1.5, 1.5, 1.5]);
  });

  it('gives an interval that holds the ratio, narrows with rounds, and is the same every time', () => {
    const wobble = (rounds: number) => Array.from({ length: rounds }, (_, round) => 100 + ((round * 37) % 21) - 10);
    const of = (rounds: number) => pairedRatio(wobble(rounds), new Array<number>(rounds).fill(100));
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    assert.ok(of(10).low <= of(10).ratio && of(10).ratio <= of(10).high);
    assert.ok(width(of(200)) < width(of(10)));
    assert.deepEqual(of(10), of(10));
  });

  it('refuses to pair what is not of the same rounds', () => {
    assert.throws(() => pairedRatio([1, 2], [1]), /no pairs/);
  });
});

describe('rounds of the benchmark', () => {
  it('let everybody begin, and follow on different neighbours', () => {
    const orders = [0, 1, 2, 3].map((round) => orderOf(['a', 'b', 'c'], round).join(''));
    assert.deepEqual(orders, ['abc', 'acb', 'cab', 'cba']);
  });

  const code = (ms: number): Asked => ({ ms, outcome: 'code' });

  it('leave out what comes first', async () => {
    let asks = 0;
    const { ms } = await interleave(['floor'], 2, 'code', async () => code(++asks));
    assert.deepEqual(ms, { floor: [4, 5] });
  });

  it('keep the time of the main thread beside that of the ask', async () => {
    const { ms, mainThreadMs } = await interleave(['floor'], 2, 'code', async () => ({ ...code(5), mainThreadMs: 3 }));
    assert.deepEqual([ms, mainThreadMs], [{ floor: [5, 5] }, { floor: [3, 3] }]);
  });

  it('begin with rounds that do not count', async () => {
    const turns: string[] = [];
    await everyRound(['a', 'b'], 1, async (name, counted) => void (counted && turns.push(name)));
    assert.deepEqual(turns.toSorted(), ['a', 'b']);
  });

  it('take nobody for fast who fails, and say why', async () => {
    const ask = async (name: string): Promise<Asked> =>
      name === 'peer' ? { ms: 1, outcome: 'refused', reason: 'no luck' } : code(50);
    const { ms, failed } = await interleave(['floor', 'peer'], 2, 'code', ask);
    assert.deepEqual(Object.keys(ms), ['floor']);
    assert.match(failed['peer']!, /refused, wanted code: no luck/);
    await assert.rejects(
      interleave(['floor'], 1, 'refused', async () => code(1)),
      /floor: code, wanted refused/,
    );
  });
});

describe('goals and tables of the benchmark', () => {
  const warm = (ours: number, peer: number): Scenario => ({
    id: 'warm',
    title: '',
    roundTripMs: 40,
    rows: pairedRows({ ms: { floor: [100, 100], ours: [ours, ours], auth0: [peer, peer] }, failed: {} }),
  });
  const verdicts = (scenario: Scenario) => judge([scenario]).map(({ met }) => met);

  it('are met at the limit and ahead of the closest peer only', () => {
    assert.deepEqual(verdicts(warm(105, 106)), [true, true]);
    assert.deepEqual(verdicts(warm(106, 107)), [false, true]);
    assert.deepEqual(verdicts(warm(104, 103)), [true, false]);
  });

  it('hold the main thread against the floor of the same round, without a round trip', () => {
    const mainThreadMs = (ours: number) => ({ floor: [10, 20], ours: [ours, 2 * ours] });
    const near = (ours: number): Scenario => ({
      ...warm(1, 2),
      roundTripMs: 0,
      rows: pairedRows({
        ms: { floor: [1, 1], ours: [1, 1], auth0: [2, 2] },
        mainThreadMs: mainThreadMs(ours),
        failed: {},
      }),
    });
    assert.deepEqual(verdicts(near(11.5)), [true, true, true]);
    assert.deepEqual(verdicts(near(11.6)), [true, true, false]);
    const environment = { date: '', browser: '', node: '', platform: '', processors: 2, load: [0, 0] as const };
    const results: Results = { environment, versions: {}, scenarios: [near(11.5)], goals: [] };
    assert.match(report(results), /^\| `<gc-auth-messenger>` \| 1\.0 \(1\.00\) \| 17\.3 \(1\.15\) \|$/m);
  });

  it('are not met by a main thread that nobody measured', () => {
    assert.deepEqual(verdicts({ ...warm(105, 106), roundTripMs: 0 }), [true, true, false]);
  });

  it('hold a peer that did not run for not beaten', () => {
    const rows = pairedRows({ ms: { floor: [100], ours: [100] }, failed: { msal: 'no' } });
    assert.deepEqual(verdicts({ ...warm(1, 1), rows }), [true, false]);
  });

  it('hold the answer in the query against the one in the fragment, in a table of its own', () => {
    const query = (ms: number): Scenario => ({
      id: 'query',
      title: '',
      roundTripMs: 40,
      rows: pairedRows({ ms: { floor: [100, 100], ours: [ms, ms] }, failed: {} }),
    });
    assert.deepEqual(verdicts(query(110)), [true]);
    assert.deepEqual(verdicts(query(111)), [false]);
    assert.deepEqual(verdicts({ ...query(100), rows: [] }), [false]);
    const environment = { date: '', browser: '', node: '', platform: '', processors: 2, load: [0, 0] as const };
    const results: Results = { environment, versions: {}, scenarios: [warm(105, 131), query(110)], goals: [] };
    assert.match(report(results), /^\| +\| query with `No-Vary-Search`, 40 ms \|$/m);
    assert.match(report(results), /^\| `<gc-auth-messenger>` \| 110 \(1\.10\) \|$/m);
  });

  it('know a page of the provider only when nobody had to give up', () => {
    const row = { name: 'ours', asks: 1, median: 1100, p95: 1400 };
    const page: Scenario = { id: 'error-page', title: '', roundTripMs: 40, rows: [row] };
    assert.deepEqual(verdicts(page), [true]);
    assert.deepEqual(verdicts({ ...page, rows: [{ ...row, p95: 4501 }] }), [false]);
    assert.deepEqual(verdicts({ ...page, rows: [{ ...row, gaveUpAfter: 1200 }] }), [false]);
  });

  it('show the version, the median and times the floor', () => {
    const environment = { date: '', browser: '', node: '', platform: '', processors: 2, load: [0, 0] as const };
    const scenarios = [warm(105, 131)];
    const results: Results = { environment, versions: { 'auth0-spa-js': '1.2.3' }, scenarios, goals: [] };
    assert.match(report(results), /^\| auth0-spa-js 1\.2\.3 \| 131 \(1\.31\) \|$/m);
    assert.match(report(results), /^\| floor \| 100 \|$/m);
  });

  it('are in the documentation as they were measured', async () => {
    const page = await readPage();
    assert.equal(await withTables(page, await readResults()), page, 'npm run bench:silent writes both');
  });
});

describe('page loads of the benchmark', () => {
  const load = (ready: number, kilobytes: number, longTasks: readonly number[] = []): Load => ({
    evaluation: ready / 2,
    ready,
    longTasks,
    script: ready,
    heap: 600_000 + kilobytes * 1000,
  });
  const blank: Load = { longTasks: [], script: 0, heap: 600_000 };
  const twice = <T>(value: T): T[] => [value, value];
  const rowsWith = (ours: readonly Load[]) =>
    loadRows({
      blank: twice(blank),
      naive: twice(load(40, 300)),
      'ours interaction': ours,
      ours: twice(load(40, 700)),
    });
  const verdicts = (ours: readonly Load[]) => judgeLoads([{ slowdown: 4, rows: rowsWith(ours) }]).map(({ met }) => met);

  it('count time in scripts and heap over the blank page of the same round', () => {
    const [, , ours] = rowsWith([load(50, 360), load(60, 360)]);
    assert.deepEqual(ours?.heap, { median: 360, p95: 360 });
    assert.equal(ours?.toNaive?.heap.ratio, 1.2);
    assert.equal(ours?.toNaive?.ready.ratio, 1.375);
  });

  it('count pages with a long task, and keep the longest', () => {
    const [none, , ours] = rowsWith([load(50, 360, [51, 90]), load(60, 360)]);
    assert.deepEqual(none?.longTasks, { pages: 0, longest: 0 });
    assert.deepEqual(ours?.longTasks, { pages: 1, longest: 90 });
  });

  it('meet the goals at the limits, and with a long task in none of the loads', () => {
    assert.deepEqual(verdicts(twice(load(40, 360))), [true, true, true, true, true]);
    assert.deepEqual(verdicts([load(40, 360), load(40, 360, [50])]), [false, true, true, true, true]);
    assert.deepEqual(verdicts(twice(load(41, 361))), [true, true, false, true, false]);
  });

  it('are judged with a slow processor, and not met where nothing was measured', () => {
    const goals = judgeLoads([{ slowdown: 1, rows: rowsWith(twice(load(40, 360))) }]);
    assert.deepEqual(
      goals.map(({ met }) => met),
      new Array(5).fill(false),
    );
  });

  it('are shown with the median and times naive', () => {
    const environment = { date: '', browser: '', node: '', platform: '', processors: 2, load: [0, 0] as const };
    const scenarios = [{ slowdown: 4, rows: rowsWith(twice(load(50, 360))) }];
    const results: LoadResults = { environment, versions: {}, scenarios, goals: [] };
    assert.match(loadReport(results), /^\| `<gc-auth-messenger>` \| 20\.0 \(1\.00\) \| 40\.0 \(1\.00\) \|/m);
    assert.match(loadReport(results), /^\| blank page (\| +){5}0 \|$/m);
  });

  it('are in the docs as they were measured', async () => {
    const docs = await readFile(docsFile, 'utf8');
    if (!existsSync(resultsFile)) {
      assert.match(docs, /<!-- bench-load:start -->\s+Not measured yet\.\s+<!-- bench-load:end -->/);
      return;
    }
    const results = JSON.parse(await readFile(resultsFile, 'utf8')) as LoadResults;
    assert.equal(await withLoadTables(docs, results), docs, 'npm run bench:load writes both');
  });
});
