import { expect } from '@open-wc/testing';
import { freshToken, isOlderJwt, isSameJwt, storedToken, type TokenInfo } from '../../src/core/token.js';
import { jwt, t0 } from '../support/fixtures.js';

const minute = 60_000;
const lifetime = 15 * minute;
const hour = 60 * minute;
const claims = (values: Record<string, unknown>) => ({ jwt: 'secret', claims: values });

describe('TokenInfo', () => {
  const token = freshToken(jwt('secret', lifetime), 'sign-in', t0);

  it('contains the JWT', () => expect(token.jwt).to.equal('secret'));

  it('leaves the JWT out of JSON, text, copies and lists of keys', () => {
    expect(JSON.stringify(token)).to.not.contain('secret');
    expect(String(token)).to.not.contain('secret');
    expect(`${{ ...token } as unknown as string}`).to.not.contain('secret');
    expect(Object.keys({ ...token })).to.eql(['claims', 'issuedAt', 'expiresAt', 'source']);
    expect(JSON.stringify(structuredClone(token))).to.not.contain('secret');
  });

  it('contains everything else in JSON and text', () => {
    const rest = { claims: token.claims, issuedAt: t0, expiresAt: t0 + lifetime, source: 'sign-in' };
    expect(JSON.parse(JSON.stringify(token))).to.eql(rest);
    expect(String(token)).to.equal(`TokenInfo ${JSON.stringify(rest)}`);
  });

  it('is frozen, and so are its claims', () => {
    const { claims } = freshToken({ jwt: 'j', claims: { roles: { list: [{}] } } }, 'sign-in', t0);
    const { roles } = claims as { roles: { list: object[] } };
    for (const part of [token, token.claims, claims, roles, roles.list, roles.list[0]]) expect(part).to.be.frozen;
    expect(() => Object.assign(token, { expiresAt: 1 })).to.throw(TypeError);
    expect(() => Reflect.deleteProperty(token.claims, 'exp')).not.to.throw();
    expect(token.claims).to.have.property('exp');
  });

  it('has a read-only JWT', () => {
    expect(() => Object.assign(token, { jwt: 'other' })).to.throw(TypeError);
  });
});

describe('storedToken()', () => {
  it('counts as valid for a year at most, whatever its claims are', () => {
    for (const exp of [1e306, 1e12, Infinity, Date.UTC(4000) / 1000]) {
      expect(storedToken(claims({ exp }), 'restored', t0).expiresAt - t0).to.be.within(0, 365 * 24 * hour);
    }
  });
});

describe('freshToken()', () => {
  for (const [name, clock] of [
    ['correct', t0],
    ['an hour fast', t0 + hour],
    ['an hour slow', t0 - hour],
  ] as const) {
    it(`counts the lifetime from the arrival, with a clock that is ${name}`, () => {
      expect(freshToken(jwt('j', lifetime), 'refresh', clock)).to.include({
        issuedAt: clock,
        expiresAt: clock + lifetime,
        source: 'refresh',
      });
    });
  }

  const lifetimes: ReadonlyArray<readonly [string, Record<string, unknown>, number]> = [
    ['exp − iat', { iat: 1_000, exp: 1_900 }, 900_000],
    ['the time until exp, without iat', { exp: (t0 + minute) / 1000 }, minute],
    ['the time until exp, with an iat after it', { iat: (t0 + hour) / 1000, exp: (t0 + minute) / 1000 }, minute],
    ['five minutes, with an exp in the past', { exp: (t0 - minute) / 1000 }, 5 * minute],
    ['five minutes, with an exp of now', { exp: t0 / 1000 }, 5 * minute],
    ['five minutes, without claims', {}, 5 * minute],
    ['five minutes, with an exp that is no date', { iat: 1_000, exp: 1e306 }, 5 * minute],
    ['five minutes, with an exp in milliseconds that is no date', { exp: 1e300 }, 5 * minute],
    ['a year, with an exp in milliseconds', { iat: 1_000, exp: t0 }, 365 * 24 * hour],
    ['a year, with an exp in the year 4000', { exp: Date.UTC(4000) / 1000 }, 365 * 24 * hour],
    ['five minutes, with claims that are not numbers', { iat: '1000', exp: NaN }, 5 * minute],
    ['five minutes, with negative claims', { iat: -5, exp: -1 }, 5 * minute],
  ];
  for (const [name, values, wanted] of lifetimes) {
    it(`has a lifetime of ${name}`, () => {
      expect(freshToken(claims(values), 'sign-in', t0).expiresAt - t0).to.equal(wanted);
    });
  }
});

describe('storedToken()', () => {
  it('uses the claims when they fit the clock', () => {
    expect(storedToken(jwt('j', lifetime, t0 - minute), 'restored', t0)).to.include({
      issuedAt: t0 - minute,
      expiresAt: t0 - minute + lifetime,
      source: 'restored',
    });
  });

  it('uses exp without iat', () => {
    const token = storedToken(claims({ exp: (t0 + minute) / 1000 }), 'restored', t0);
    expect(token).to.include({ issuedAt: t0, expiresAt: t0 + minute });
  });

  it('uses the claims with a clock that is slightly slow', () => {
    expect(storedToken(jwt('j', lifetime, t0 + 30_000), 'restored', t0)).to.include({
      issuedAt: t0,
      expiresAt: t0 + 30_000 + lifetime,
    });
  });

  const expired: ReadonlyArray<readonly [string, ReturnType<typeof jwt>]> = [
    ['has expired', jwt('j', lifetime, t0 - hour)],
    ['has an iat in the future, because the clock is slow', jwt('j', lifetime, t0 + hour)],
    ['has no claims', claims({})],
    ['has no exp', claims({ iat: t0 / 1000 })],
  ];
  for (const [name, token] of expired) {
    it(`counts a JWT as expired that ${name}`, () => {
      expect(storedToken(token, 'restored', t0).expiresAt).to.be.at.most(t0);
    });
  }
});

describe('isSameJwt()', () => {
  const known = freshToken(jwt('j', lifetime), 'sign-in', t0);
  const rows: ReadonlyArray<readonly [string, TokenInfo | undefined, ReturnType<typeof jwt>, boolean]> = [
    ['another text', known, claims({}), false],
    ['the same text', known, { jwt: 'j', claims: {} }, true],
    ['the same exp and subject', known, jwt('signed again', lifetime), true],
    ['another iat', known, { jwt: 'k', claims: { ...known.claims, iat: 1 } }, false],
    ['another jti', known, { jwt: 'k', claims: { ...known.claims, jti: 'k' } }, false],
    ['another exp', known, jwt('k', lifetime, t0 + 1000), false],
    ['another subject', known, jwt('k', lifetime, t0, 'grace'), false],
    ['no known JWT', undefined, jwt('j', lifetime), false],
    ['no claims', freshToken(claims({}), 'sign-in', t0), { jwt: 'other', claims: {} }, false],
  ];
  rows.forEach(([name, before, token, same], index) => {
    it(`${name} (${index + 1})`, () => expect(isSameJwt(before, token)).to.equal(same));
  });
});

describe('isOlderJwt()', () => {
  const known = freshToken(jwt('j1', lifetime), 'sign-in', t0);

  it('compares when they were issued', () => {
    expect(isOlderJwt(known, jwt('j0', lifetime, t0 - 1000))).to.equal(true);
    expect(isOlderJwt(known, jwt('j2', lifetime, t0))).to.equal(false);
    expect(isOlderJwt(known, jwt('j2', lifetime, t0 + 1000))).to.equal(false);
  });

  it('is false when one of them does not tell', () => {
    expect(isOlderJwt(undefined, jwt('j0', lifetime, 0))).to.equal(false);
    expect(isOlderJwt(known, claims({}))).to.equal(false);
    expect(isOlderJwt(known, claims({ iat: '1' }))).to.equal(false);
    expect(isOlderJwt(freshToken(claims({}), 'sign-in', t0), jwt('j0', lifetime, 1000))).to.equal(false);
  });
});
