import { expect } from '@open-wc/testing';
import { isDomainAllowed } from '../../src/testing/deployment-config.js';
import { globalNameOf, readSnippet, snippetQueue } from '../../src/testing/snippet.js';

describe('The domain check', () => {
  it('allows an exact host name and its subdomains, in any case', () => {
    const rules = { allowedDomains: ['Shop.example'] };
    expect(isDomainAllowed('shop.example', rules)).to.equal(true);
    expect(isDomainAllowed('WWW.shop.example', rules)).to.equal(true);
    expect(isDomainAllowed('workshop.example', rules)).to.equal(false);
    expect(isDomainAllowed('shop.example.evil', rules)).to.equal(false);
  });

  it('allows all or none without a list', () => {
    expect(isDomainAllowed('any.example', { allowAllDomains: true })).to.equal(true);
    expect(isDomainAllowed('any.example', {})).to.equal(false);
  });
});

describe('The snippet', () => {
  it('is read from a function or a plain object, under the name in _genesysJs', () => {
    const c = { deploymentId: 'one', environment: 'prod' };
    expect(readSnippet({ _genesysJs: 'Chat', Chat: { t: 1, c, q: [] } })).to.deep.equal(c);
    expect(readSnippet({ Genesys: Object.assign(() => undefined, { c }) })).to.deep.equal(c);
    expect(globalNameOf({ _genesysJs: '' })).to.equal('Genesys');
  });

  it('is ignored without a deployment ID', () => {
    expect(readSnippet({})).to.equal(undefined);
    expect(readSnippet({ Genesys: { c: {} } })).to.equal(undefined);
    expect(readSnippet({ Genesys: { c: { deploymentId: '' } } })).to.equal(undefined);
  });

  it('may have no queue', () => {
    expect(snippetQueue(undefined)).to.deep.equal([]);
    expect(snippetQueue({ q: 'odd' })).to.deep.equal([]);
    expect(snippetQueue({ q: [['subscribe']] })).to.deep.equal([['subscribe']]);
  });
});
