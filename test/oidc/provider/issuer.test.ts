import { expect } from '@open-wc/testing';
import { sameIssuer } from '../../../src/oidc/provider/issuer.js';

const issuer = 'https://login.example.com';

describe('the same issuer', () => {
  const pairs: ReadonlyArray<readonly [string, string, boolean]> = [
    [issuer, `${issuer}/`, true],
    ['https://login.example.com:443/auth/realms/shop', 'https://login.example.com/auth/realms/shop', true],
    ['https://Login.Example.com/oidc', 'https://login.example.com/oidc/', true],
    ['HTTPS://login.example.com', issuer, true],
    [issuer, `${issuer}//`, false],
    [issuer, `${issuer}/tenant`, false],
    [issuer, `${issuer}:8443`, false],
    [issuer, 'http://login.example.com', false],
    [`${issuer}/Tenant`, `${issuer}/tenant`, false],
    [`${issuer}/?tenant=a`, `${issuer}/?tenant=b`, false],
    ['http://localhost:80/realm', 'http://localhost/realm', true],
    [`${issuer}:443`, `${issuer}/`, true],
    ['https://LOGIN.example.com:443/?tenant=a', 'https://login.example.com/?tenant=a', true],
    [`${issuer}/?tenant=a`, `${issuer}/?tenant=a/`, false],
    [`${issuer}/realm`, `${issuer}/other/../realm`, false],
    [`${issuer}/realm`, `${issuer}/%72ealm`, false],
    [`${issuer}/realm`, `${issuer}\\realm`, false],
    [`${issuer}/realm`, `${issuer}/realm#`, false],
    [`${issuer}/realm`, `${issuer}/realm?`, false],
    [issuer, 'https://user@login.example.com', false],
    ['no address', 'no address', true],
    ['', issuer, false],
  ];
  for (const [one, other, same] of pairs) {
    it(`${same ? 'is' : 'is not'}: “${one}” and “${other}”`, () => {
      expect(sameIssuer(one, other)).to.equal(same);
      expect(sameIssuer(other, one)).to.equal(same);
    });
  }
});
