import { expect } from '@open-wc/testing';
import { seemsSameSite } from '../../src/core/site.js';

const cases: ReadonlyArray<readonly [one: string, other: string, same: boolean]> = [
  ['https://www.example.com', 'https://login.example.com:8443', true],
  ['https://example.com', 'https://a.b.example.com', true],
  ['https://www.example.co.uk', 'https://login.example.co.uk', true],
  ['https://www.ibm.com', 'https://login.ibm.com', true],
  ['http://localhost:1', 'http://localhost:2', true],
  ['https://[::1]', 'https://[::1]:1', true],
  ['https://www.example.com', 'https://www.example.org', false],
  ['https://shop.co.uk', 'https://login.co.uk', false],
  ['http://localhost', 'http://idp.localhost', false],
  ['https://192.168.0.1', 'https://10.0.0.1', false],
  ['https://192.168.100.22', 'https://10.168.100.22', false],
  ['http://www.example.com', 'https://www.example.com', false],
];

describe('seemsSameSite()', () => {
  for (const [one, other, same] of cases) {
    it(`${one} and ${other}: ${same ? 'same site' : 'different sites'}`, () => {
      expect(seemsSameSite(new URL(one), new URL(other))).to.equal(same);
      expect(seemsSameSite(new URL(other), new URL(one))).to.equal(same);
    });
  }
});
