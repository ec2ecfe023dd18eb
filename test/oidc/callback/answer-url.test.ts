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
    [`?a=1&c%6Fde=c1&s%74ate=${state}&%69ss=x&b=%20`, '?a=1&b=%20'],
    [`#?code=c1&state=${state}&?code=own`, '#?code=own'],
    [`?page=1&code=a&state=${state}#tab=2&code=b&state=${state}`, '?page=1#tab=2'],
    [`?state=${state}#tab=2&code=b`, '#tab=2'],
    [`?code=SPRING24#code=c1&state=${state}`, '?code=SPRING24'],
  ];
  for (const [address, rest] of mixed) {
    it(`goes without a trace in what is the page’s own: ${rest}`, () =>
      expect(read(address)?.rest).to.equal(page + rest));
  }

  const jarm = (claims: object) => `x.${btoa(JSON.stringify(claims))}.y`;

  it('is found in a JARM response, by the state in its JWT', () => {
    const found = read(`?a=1&response=${jarm({ state, code: 'c1' })}`);
    expect([found?.target, found?.state, found?.rest]).to.deep.equal(['r', state, `${page}?a=1`]);
    for (const response of [jarm({ state: 'xyz' }), jarm({ state: 1 }), jarm([]), 'x', 'x.%%.y', '']) {
      expect(read(`?response=${response}`), response).to.equal(undefined);
    }
  });

  const silent = `${id};s`;
  const ambiguous = [
    `?code=c1&state=${state}&state=${state}`,
    `?code=c1&s%74ate=${state}&state=xyz`,
    `?code=c1&state=${state}#code=c1&state=${state}`,
    `?state=${state}#code=c1`,
    `?code=c1#state=${state}`,
    `?code=evil#code=c1&state=${silent}`,
    `?error=x#code=c1&state=${silent}`,
    `?iss=x#code=c1&state=${silent}`,
    `?code=c1&state=${silent}#iss=x`,
  ];
  for (const address of ambiguous) {
    it(`repeats its state where query and fragment both have some of it: ${address.replaceAll(id, '…')}`, () => {
      const found = read(address);
      expect(found?.answer.getAll('state').length).to.be.greaterThan(1);
      expect(found?.rest).to.equal(page);
    });
  }

  it('says what the page’s own query has of the same names, for a redirect', () => {
    expect(read(`?code=SPRING24#code=c1&state=${state}`)?.beside).to.equal('?code=SPRING24');
    expect(read(`?tab=1#code=c1&state=${state}`)?.beside).to.equal('');
  });

  it('is cut where the provider’s error texts are long', () => {
    // Firefox has no URL above 1 MiB.
    const long = 'x'.repeat(300_000);
    const found = read(`?state=${state}&error=${long}&error_description=${long}&error_uri=${long}`);
    expect(String(found?.answer).length).to.be.lessThan(4_000);
  });

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
