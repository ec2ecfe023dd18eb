import { expect } from '@open-wc/testing';
import { answerUrl, stateIdOf, targetOf } from '../../../src/oidc/callback/answer-url.js';

const page = 'https://www.example.com/account';
const id = '0123456789abcdef'.repeat(2);
const state = `${id};r`;
const read = (rest: string) => answerUrl(new URL(page + rest) as unknown as Location);

describe('the target of a state', () => {
  it('follows the identifier of oidc-client-ts', () => {
    expect(['s', 'p', 'r'].map((target) => targetOf(`${id};${target}`))).to.deep.equal(['s', 'p', 'r']);
    expect(stateIdOf(state)).to.equal(id);
  });

  const foreign = [
    null,
    '',
    'r',
    ';r',
    id,
    `${id};`,
    `${id};x`,
    `${id};rr`,
    `${id}x;r`,
    ` ${id};r`,
    `${id.toUpperCase()};r`,
    'NY;r',
  ];
  for (const other of foreign) {
    it(`is none for a state of another library: ${String(other)}`, () =>
      expect([targetOf(other), stateIdOf(other)]).to.deep.equal([undefined, undefined]));
  }
});

describe('an answer in the address of a page', () => {
  it('is found in the query and in the fragment', () => {
    for (const separator of ['?', '#']) {
      const found = read(`${separator}code=c1&state=${state}`);
      expect([found?.target, found?.answer.get('code'), found?.rest]).to.deep.equal(['r', 'c1', page]);
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
