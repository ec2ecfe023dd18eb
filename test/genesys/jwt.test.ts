import { expect } from '@open-wc/testing';
import { readJwt } from '../../src/genesys/jwt.js';

const base64url = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');

const withPayload = (text: string): string => `e30.${base64url(text)}.c2ln`;

describe('readJwt', () => {
  it('keeps the JWT and decodes its payload, also beyond ASCII', () => {
    const jwt = withPayload('{"given_name":"Zoë ❤ ???>>>","exp":1790000000}');
    expect(jwt.split('.')[1]).to.match(/[-_]/);
    expect(readJwt(jwt)).to.eql({ jwt, claims: { given_name: 'Zoë ❤ ???>>>', exp: 1790000000 } });
  });

  it('has no claims when the payload cannot be decoded', () => {
    for (const text of [
      '',
      'opaque',
      'a.b',
      '..',
      'a.!.c',
      'a.e30',
      withPayload('null'),
      withPayload('5'),
      withPayload('{'),
    ]) {
      expect(readJwt(text), text).to.eql({ jwt: text, claims: {} });
    }
  });
});
