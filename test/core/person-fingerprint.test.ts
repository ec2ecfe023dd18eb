import { expect } from '@open-wc/testing';
import {
  fingerprint,
  identityDigest,
  isFingerprint,
  isOtherPerson,
  isPerson,
} from '../../src/core/person-fingerprint.js';

const ada = { sub: 'ada' };
const bob = { sub: 'bob' };
const printOf = (claims: { sub: string }, random = 0.5): string => fingerprint(claims, random)!;

describe('fingerprint()', () => {
  it('has a salt, a hash and a checksum, and not the subject', () => {
    expect(printOf(ada)).to.match(/^[0-9a-z]+\.[0-9a-z]+\.[0-9a-z]+$/);
    expect(printOf({ sub: 'ada@example.com' })).to.not.contain('ada');
  });

  it('differs with the person and with the salt', () => {
    const prints = [printOf(ada), printOf(bob), printOf(ada, 0.25), printOf({ sub: 'Ada' }), printOf({ sub: 'ada ' })];
    expect(new Set(prints).size).to.equal(prints.length);
    expect(printOf(ada)).to.equal(printOf(ada));
  });

  it('has the whole random number in its salt', () => {
    const salts = [0, 0.1, 0.5, 0.9, 1 - 2 ** -52].map((random) => printOf(ada, random).split('.')[0]!);
    expect(new Set(salts).size).to.equal(salts.length);
    expect(salts.map((salt) => parseInt(salt, 36))).to.eql(
      [0, 0.1, 0.5, 0.9, 1 - 2 ** -52].map((random) => Math.floor(random * 2 ** 52)),
    );
  });

  it('stays the same from version to version, because stored ones must still fit', () => {
    expect(printOf(ada, 0)).to.equal('0.5u7v00gmka.1f4ig6dwi0l');
    expect(printOf({ sub: 'ä😀' }, 0.5)).to.equal('m672jxbim8.15clh6hu00k.1zed28m3jfe');
  });

  for (const claims of [{}, { sub: '' }, { sub: 7 }, { sub: null }]) {
    it(`is undefined for ${JSON.stringify(claims)}, which says nothing of a person`, () => {
      expect(fingerprint(claims, 0.5)).to.equal(undefined);
    });
  }

  it('spreads: no two of many similar subjects have the same one', () => {
    const prints = Array.from({ length: 5_000 }, (_, index) => printOf({ sub: `user-${index}` }));
    expect(new Set(prints).size).to.equal(prints.length);
  });
});

describe('isFingerprint()', () => {
  it('is true for a fingerprint', () => expect(isFingerprint(printOf(ada))).to.equal(true));

  const [salt, hashed, checksum] = printOf(ada).split('.');
  const [, , otherChecksum] = printOf(bob).split('.');
  for (const [name, text] of [
    ['nothing', ''],
    ['a word', 'ada'],
    ['separators', '..'],
    ['a salt and a hash without checksum', `${salt}.${hashed}`],
    ['another checksum', `${salt}.${hashed}.${otherChecksum}`],
    ['another hash', `${salt}.${hashed}0.${checksum}`],
    ['another salt', `${salt}0.${hashed}.${checksum}`],
    ['more parts', `${printOf(ada)}.more`],
    ['an empty part more', `${printOf(ada)}.`],
    ['two fingerprints', `${printOf(ada)}.${printOf(ada)}`],
  ] as const) {
    it(`is false for ${name}`, () => expect(isFingerprint(text)).to.equal(false));
  }
});

describe('isPerson() and isOtherPerson()', () => {
  const rows: ReadonlyArray<
    readonly [name: string, print: string | undefined, claims: Record<string, unknown>, same: boolean, other: boolean]
  > = [
    ['the same person', printOf(ada), ada, true, false],
    ['the same person with another salt', printOf(ada, 0.1), ada, true, false],
    ['another person', printOf(ada), bob, false, true],
    ['a made-up fingerprint', 'somebody else', ada, false, true],
    ['no fingerprint', undefined, ada, false, false],
    ['claims without a subject', printOf(ada), {}, false, false],
    ['neither', undefined, {}, true, false],
  ];
  for (const [name, print, claims, same, other] of rows) {
    it(`${name}: ${same}, ${other}`, () => {
      expect([isPerson(print, claims), isOtherPerson(print, claims)]).to.eql([same, other]);
    });
  }
});

describe('identityDigest()', () => {
  it('depends on the identity and on the salt, and not on the person', () => {
    const digest = identityDigest('identity', printOf(ada));
    expect(digest).to.equal(identityDigest('identity', printOf(bob)));
    expect(digest).to.not.equal(identityDigest('other', printOf(ada)));
    expect(digest).to.not.equal(identityDigest('identity', printOf(ada, 0.1)));
    expect(digest).to.match(/^[0-9a-z]+$/);
  });
});
