import { expect } from '@open-wc/testing';
import { latestSignOut, newerLifetime } from '../../src/core/shared-record.js';
import type { SignOut } from '../../src/core/shared-record.js';

describe('latestSignOut()', () => {
  const rows: ReadonlyArray<
    readonly [name: string, one: SignOut | undefined, other: SignOut | undefined, latest: SignOut | undefined]
  > = [
    ['there is none', undefined, undefined, undefined],
    ['one is known', { at: 1, pending: true }, undefined, { at: 1, pending: true }],
    ['the later one counts', { at: 1, pending: true }, { at: 2, person: 'p' }, { at: 2, person: 'p' }],
    ['one of them is confirmed', { at: 1, pending: true }, { at: 1 }, { at: 1 }],
    ['none of them is confirmed', { at: 1, pending: true }, { at: 1, pending: true }, { at: 1, pending: true }],
    ['one of them is overruled', { at: 1 }, { at: 1, overruled: true }, { at: 1, overruled: true }],
    ['none of them is overruled', { at: 1 }, { at: 1 }, { at: 1 }],
    ['one of them knows the person', { at: 1 }, { at: 1, person: 'p' }, { at: 1, person: 'p' }],
  ];
  for (const [name, one, other, latest] of rows) {
    it(name, () => {
      expect(latestSignOut(one, other)).to.eql(latest);
      expect(latestSignOut(other, one)).to.eql(latest);
    });
  }
});

describe('newerLifetime()', () => {
  const now = 1_000_000;
  const lifetime = { issuedAt: now - 5_000, expiresAt: now + 5_000 };

  it('is that of the record where this tab has no JWT', () => {
    expect(newerLifetime({ ...lifetime, person: 'p' }, undefined, now)).to.eql(lifetime);
  });

  for (const [name, record, knownExpiry, newer] of [
    ['more than a second later', lifetime, now + 3_999, true],
    ['a second later, because clocks are read at different moments', lifetime, now + 4_000, false],
    ['expired', { issuedAt: now - 5_000, expiresAt: now }, undefined, false],
    ['about to expire', { issuedAt: now - 5_000, expiresAt: now + 1 }, undefined, true],
    ['from a second ahead', { issuedAt: now + 1_000, expiresAt: now + 5_000 }, undefined, true],
    [
      'from the future, because the clock was set back',
      { issuedAt: now + 1_001, expiresAt: now + 5_000 },
      undefined,
      false,
    ],
    ['without a start', { expiresAt: now + 5_000 }, undefined, false],
    ['without an end', { issuedAt: now }, undefined, false],
    ['absent', {}, undefined, false],
  ] as const) {
    it(`${name}: ${newer}`, () => expect(newerLifetime(record, knownExpiry, now) !== undefined).to.equal(newer));
  }
});
