import { expect } from '@open-wc/testing';
import { attributeOf } from '../../src/core/attribute.js';
import { defined } from '../../src/core/defined.js';

describe('defined()', () => {
  it('leaves out members that are undefined or empty', () => {
    expect(defined({ a: 0, b: '', c: undefined, d: false, e: 'x' })).to.eql({ a: 0, d: false, e: 'x' });
  });
});

describe('attributeOf()', () => {
  for (const [property, attribute] of [
    ['scope', 'scope'],
    ['clientId', 'client-id'],
    ['postLogoutRedirectUri', 'post-logout-redirect-uri'],
  ] as const) {
    it(`${property}: ${attribute}`, () => expect(attributeOf(property)).to.equal(attribute));
  }
});
