import { expect } from '@open-wc/testing';
import { deploymentCheck } from '../../src/genesys/deployment-check.js';
import { fakeWindow } from '../support/fake-genesys.js';
import { genesysConfig } from '../support/messenger-under-test.js';

const answering = (config: unknown): typeof fetch => {
  const file = (url: string): unknown => (url.endsWith('domains.json') ? { allowAllDomains: true } : config);
  return (url) => Promise.resolve({ status: 200, json: () => Promise.resolve(file(url as string)) } as Response);
};

describe('deploymentCheck', () => {
  const { signal } = new AbortController();

  it('is ok for a usable deployment', async () => {
    const win = fakeWindow({ fetch: answering({ status: 'Active', auth: { enabled: true } }) });
    expect(await deploymentCheck(genesysConfig, win, signal)).to.include({ name: 'Messenger deployment', ok: true });
  });

  it('reports the fault, with a hint', async () => {
    const win = fakeWindow({ fetch: answering({ status: 'Inactive' }) });
    const check = await deploymentCheck(genesysConfig, win, signal);
    expect(check).to.include({ ok: false, found: 'The Messenger deployment is inactive.' });
    expect(check.hint).to.be.a('string');
  });
});
