import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { Meter } from '../bench/fleet/load.js';
import { DueQueue } from '../bench/fleet/queue.js';
import { plain, readFleetTable, resultsFile, table } from '../bench/fleet/readme.js';
import type { FleetResults } from '../bench/fleet/results.js';

describe('the fleet on paper', () => {
  it('takes what is due in the order of time', () => {
    const queue = new DueQueue<number>();
    const times = Array.from({ length: 200 }, (_, index) => (index * 7919) % 1009);
    for (const at of times) queue.add(at, at);
    const taken = Array.from(times, () => queue.take()![0]);
    assert.deepEqual(
      taken,
      times.toSorted((one, other) => one - other),
    );
    assert.equal(queue.take(), undefined);
  });

  it('counts calls by the second, and those after the end not at all', () => {
    const meter = new Meter(3);
    for (const at of [0, 999, 1000, 2999, 3000]) meter.count(at);
    assert.deepEqual(meter.between(0, 3), { mean: 1, peak: 2 });
    assert.deepEqual(meter.between(1, 2), { mean: 1, peak: 1 });
  });

  it('shows in the documentation what was measured', async () => {
    const results = JSON.parse(await readFile(resultsFile, 'utf8')) as FleetResults;
    assert.equal(await readFleetTable(), plain(table(results)));
  });
});
