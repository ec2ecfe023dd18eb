import { expect } from '@open-wc/testing';
import { earliestRenewal, retryDelayWhileValid, renewalDue, retryDelay } from '../../src/core/deadline.js';
import { TokenInfo } from '../../src/core/token.js';
import { jwt, t0 } from '../support/fixtures.js';

const minute = 60_000;
const tokenWith = (lifetime: number): TokenInfo =>
  new TokenInfo(jwt('j', lifetime), { issuedAt: t0, expiresAt: t0 + lifetime }, 'sign-in');

describe('renewalDue()', () => {
  const leads: ReadonlyArray<readonly [name: string, lifetime: number, longest: number, shortest: number]> = [
    ['thirty seconds', 30_000, 6_000, 4_500],
    ['five minutes', 5 * minute, minute, 45_000],
    ['fifteen minutes', 15 * minute, 2 * minute, 90_000],
    ['a day', 1440 * minute, 2 * minute, 90_000],
  ];
  for (const [name, lifetime, longest, shortest] of leads) {
    it(`${name}: ${shortest}–${longest} ms before the expiry`, () => {
      const token = tokenWith(lifetime);
      expect(token.expiresAt - renewalDue(token, false, 0)).to.equal(longest);
      expect(token.expiresAt - renewalDue(token, false, 1)).to.equal(shortest);
      expect(token.expiresAt - renewalDue(token, false, 0.5)).to.be.within(shortest, longest);
    });
  }

  it('is after the expiry where an early refresh returns the same JWT', () => {
    for (const random of [0, 0.5, 1]) expect(renewalDue(tokenWith(minute), true, random)).to.equal(t0 + minute + 500);
  });
});

describe('earliestRenewal()', () => {
  for (const [lifetime, earliest] of [
    [0, 10_000],
    [1, 10_000],
    [1_000, 10_000],
    [1_999, 10_000],
    [2_000, 3_000],
    [3_000, 3_000],
    [-5_000, 10_000],
  ] as const) {
    it(`a JWT with a lifetime of ${lifetime} ms is renewed ${earliest} ms after its issue, not sooner`, () => {
      expect(earliestRenewal(tokenWith(lifetime)) - t0).to.equal(earliest);
      for (const sameWhileValid of [false, true]) {
        for (const random of [0, 0.5, 1]) {
          expect(renewalDue(tokenWith(lifetime), sameWhileValid, random) - t0).to.be.at.least(earliest);
        }
      }
    });
  }
});

describe('retryDelay()', () => {
  const delays: ReadonlyArray<readonly [failure: number, least: number, most: number]> = [
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [3, 2_000, 4_000],
    [6, 16_000, 32_000],
    [7, 30_000, 60_000],
    [1_000, 30_000, 60_000],
    [5_000, 30_000, 60_000],
  ];
  for (const [failure, least, most] of delays) {
    it(`failure ${failure}: ${least}–${most} ms`, () => {
      expect(retryDelay(failure, 0)).to.equal(least);
      expect(retryDelay(failure, 1)).to.equal(most);
    });
  }

  it('is longer while the JWT is valid, but at most half of its remaining lifetime', () => {
    const delaysWith = (remainingMs: number) =>
      [1, 2, 3, 4, 5].map((failure) => retryDelayWhileValid(failure, 1, remainingMs));
    expect(delaysWith(120_000)).to.eql([8_000, 16_000, 32_000, 60_000, 60_000]);
    expect(delaysWith(6_000)).to.eql([3_000, 3_000, 4_000, 8_000, 16_000]);
    expect(delaysWith(0)).to.eql([1_000, 2_000, 4_000, 8_000, 16_000]);
  });
});
