import { expect } from '@open-wc/testing';
import { freshToken, isSameJwt, restoredToken, type TokenInfo } from '../../src/core/token.js';
import { jwt, t0 } from '../support/fixtures.js';

const minute = 60_000;
const life = 15 * minute;
const hour = 60 * minute;
const claims = (values: Record<string, unknown>) => ({ jwt: 'secret', claims: values });

describe('a token', () => {
  const token = freshToken(jwt('secret', life), 'sign-in', t0);

  it('holds its JWT', () => expect(token.jwt).to.equal('secret'));

  it('leaves it out of JSON, text, copies and listings', () => {
    expect(JSON.stringify(token)).to.not.contain('secret');
    expect(String(token)).to.not.contain('secret');
    expect(`${{ ...token } as unknown as string}`).to.not.contain('secret');
    expect(Object.keys({ ...token })).to.eql(['claims', 'issuedAt', 'expiresAt', 'source']);
    expect(JSON.stringify(structuredClone(token))).to.not.contain('secret');
  });

  it('says the rest in JSON and text', () => {
    const rest = { claims: token.claims, issuedAt: t0, expiresAt: t0 + life, source: 'sign-in' };
    expect(JSON.parse(JSON.stringify(token))).to.eql(rest);
    expect(String(token)).to.equal(`TokenInfo ${JSON.stringify(rest)}`);
  });

  it('cannot be given another', () => {
    expect(() => Object.assign(token, { jwt: 'other' })).to.throw(TypeError);
  });
});

describe('a token that was issued just now', () => {
  for (const [name, clock] of [
    ['right', t0],
    ['an hour ahead', t0 + hour],
    ['an hour behind', t0 - hour],
  ] as const) {
    it(`lives from its arrival on, on a clock that is ${name}`, () => {
      expect(freshToken(jwt('j', life), 'refresh', clock)).to.include({
        issuedAt: clock,
        expiresAt: clock + life,
        source: 'refresh',
      });
    });
  }

  const lives: ReadonlyArray<readonly [string, Record<string, unknown>, number]> = [
    ['exp − iat', { iat: 1_000, exp: 1_900 }, 900_000],
    ['until exp, without iat', { exp: (t0 + minute) / 1000 }, minute],
    ['until exp, with an iat after it', { iat: (t0 + hour) / 1000, exp: (t0 + minute) / 1000 }, minute],
    ['five minutes, with an exp that has passed', { exp: (t0 - minute) / 1000 }, 5 * minute],
    ['five minutes, without claims', {}, 5 * minute],
    ['five minutes, with claims that are no numbers', { iat: '1000', exp: NaN }, 5 * minute],
    ['five minutes, with claims below nothing', { iat: -5, exp: -1 }, 5 * minute],
  ];
  for (const [name, values, wanted] of lives) {
    it(`lives ${name}`, () => {
      expect(freshToken(claims(values), 'sign-in', t0).expiresAt - t0).to.equal(wanted);
    });
  }
});

describe('a token from storage', () => {
  it('is believed where the clock makes it possible', () => {
    expect(restoredToken(jwt('j', life, t0 - minute), t0)).to.include({
      issuedAt: t0 - minute,
      expiresAt: t0 - minute + life,
      source: 'restored',
    });
  });

  it('is believed without iat', () => {
    const token = restoredToken(claims({ exp: (t0 + minute) / 1000 }), t0);
    expect(token).to.include({ issuedAt: t0, expiresAt: t0 + minute });
  });

  it('is believed by a clock that is a little behind', () => {
    expect(restoredToken(jwt('j', life, t0 + 30_000), t0)).to.include({ issuedAt: t0, expiresAt: t0 + 30_000 + life });
  });

  const dead: ReadonlyArray<readonly [string, ReturnType<typeof jwt>]> = [
    ['has expired', jwt('j', life, t0 - hour)],
    ['comes from the future: the clock is behind', jwt('j', life, t0 + hour)],
    ['cannot be read', claims({})],
    ['has no exp', claims({ iat: t0 / 1000 })],
  ];
  for (const [name, token] of dead) {
    it(`counts as expired when it ${name}`, () => {
      expect(restoredToken(token, t0).expiresAt).to.be.at.most(t0);
    });
  }
});

describe('the same JWT', () => {
  const known = freshToken(jwt('j', life), 'sign-in', t0);
  const rows: ReadonlyArray<readonly [string, TokenInfo | undefined, ReturnType<typeof jwt>, boolean]> = [
    ['by its text', known, claims({}), false],
    ['by its text', known, { jwt: 'j', claims: {} }, true],
    ['by exp and person', known, jwt('signed again', life), true],
    ['not with another exp', known, jwt('k', life, t0 + 1000), false],
    ['not of another person', known, jwt('k', life, t0, 'grace'), false],
    ['not where nothing is known', undefined, jwt('j', life), false],
    ['not where nothing can be read', freshToken(claims({}), 'sign-in', t0), { jwt: 'other', claims: {} }, false],
  ];
  rows.forEach(([name, before, token, same], index) => {
    it(`is known ${name} (${index + 1})`, () => expect(isSameJwt(before, token)).to.equal(same));
  });
});
