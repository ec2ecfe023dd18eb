import { expect } from '@open-wc/testing';
import { silentTimeoutFor } from '../../../src/oidc/rungs/frame-timeout.js';
import { windowWith } from '../../support/window-with.js';

describe('the timeout of a silent attempt', () => {
  const timeoutFor = (durations: readonly number[], rtt?: number, longestMs = 10_000) => {
    const performance = { getEntriesByName: () => durations.map((duration) => ({ duration })) };
    const connection = rtt === undefined ? undefined : { rtt };
    return silentTimeoutFor(
      'https://login.example.com/',
      windowWith({ performance, navigator: { connection } }),
      longestMs,
    );
  };

  const cases: ReadonlyArray<readonly [string, number, number]> = [
    ['is all there is where nothing is known', timeoutFor([]), 10_000],
    ['is shorter where the provider is near', timeoutFor([50]), 5_500],
    ['is shorter where the browser says that the network is fast', timeoutFor([], 100), 7_000],
    ['rests on the slowest that was seen', timeoutFor([30, 60], 50), 5_800],
    ['is never longer than configured', timeoutFor([2_000]), 10_000],
    ['is never longer than configured, on fast networks neither', timeoutFor([50], 50, 3_000), 3_000],
    ['believes no document from the cache', timeoutFor([3], 0), 10_000],
  ];
  for (const [title, found, wanted] of cases) it(title, () => expect(found).to.equal(wanted));

  it('reads what the browser measured of the real fetch', async () => {
    const url = `${location.origin}/callback.html?measured`;
    await (await fetch(url)).text();
    expect(silentTimeoutFor(url, window, 1)).to.equal(1);
    expect(performance.getEntriesByName(url, 'resource')).to.have.lengthOf(1);
  });
});
