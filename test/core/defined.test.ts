import { expect } from '@open-wc/testing';
import { attributeOf } from '../../src/core/attribute.js';
import { defined } from '../../src/core/defined.js';

describe('what is said', () => {
  it('is every member that is neither undefined nor empty', () => {
    expect(defined({ a: 0, b: '', c: undefined, d: false, e: 'x' })).to.eql({ a: 0, d: false, e: 'x' });
  });
});

describe('the name of an attribute', () => {
  for (const [property, attribute] of [
    ['scope', 'scope'],
    ['clientId', 'client-id'],
    ['postLogoutRedirectUri', 'post-logout-redirect-uri'],
  ] as const) {
    it(`${attribute} goes with ${property}`, () => expect(attributeOf(property)).to.equal(attribute));
  }
});
