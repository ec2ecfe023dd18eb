import { expect } from '@open-wc/testing';
import { answerUrl, kindOf } from '../../src/oidc/answer-url.js';
import { createSecret } from '../../src/oidc/pkce.js';

const page = 'https://www.example.com/account';
const secret = createSecret();
const state = `r.${secret}`;
const read = (rest: string) => answerUrl(new URL(page + rest) as unknown as Location);

describe('the kind of a state', () => {
  it('is told by its first letter', () => {
    expect(['s', 'p', 'r'].map((kind) => kindOf(`${kind}.${secret}`))).to.deep.equal(['s', 'p', 'r']);
  });

  const foreign = [null, '', 'r', 'r.', secret, `x.${secret}`, `rr.${secret}`, `r.${secret}x`, ` r.${secret}`, 'r.NY'];
  for (const other of foreign) {
    it(`is none for a state of someone else: ${String(other)}`, () => expect(kindOf(other)).to.equal(undefined));
  }
});

describe('an answer in the address of a page', () => {
  it('is found in the query and in the fragment', () => {
    for (const separator of ['?', '#']) {
      const found = read(`${separator}code=c1&state=${state}`);
      expect([found?.kind, found?.answer.get('code'), found?.rest]).to.deep.equal(['r', 'c1', page]);
    }
  });

  const mixed: ReadonlyArray<readonly [string, string]> = [
    [`?q=caf%C3%A9+au%20lait&code=c1&state=${state}&page=2`, '?q=caf%C3%A9+au%20lait&page=2'],
    [`?tab=a#code=c1&state=${state}&iss=https%3A%2F%2Fx`, '?tab=a'],
    [`?code=SPRING24&state=NY#code=c1&state=${state}`, '?code=SPRING24&state=NY'],
    [`?state=${state}&error=access_denied&error_description=No.&error_uri=x&scope=openid#/cart?id=$1`, '#/cart?id=$1'],
    [`?encode=1&code=c1&session_state=x&state=${state}&recode`, '?encode=1&recode'],
  ];
  for (const [address, rest] of mixed) {
    it(`goes without a trace in what is the page’s own: ${rest}`, () =>
      expect(read(address)?.rest).to.equal(page + rest));
  }

  const others = [
    '',
    '?code=c1',
    `?state=${state}`,
    '?code=c1&state=xyz',
    '#/route?code=1',
    `#x?code=c1&state=${state}`,
  ];
  for (const address of others) {
    it(`is none of ours: ${address || 'nothing'}`, () => expect(read(address)).to.equal(undefined));
  }
});
