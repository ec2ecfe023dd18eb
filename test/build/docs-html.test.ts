import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { SamplePage } from './docs/sample-page.js';
import { at, pages, sides } from './docs/pages.js';

const samples = pages.flatMap((page) => page.samples);
const ofLanguage = (language: string) => samples.filter((sample) => sample.language === language);

describe('HTML samples', () => {
  const opening = SamplePage.open();
  after(async () => (await opening).close());

  const faultsOf = async (html: string, csp?: string): Promise<string[]> => (await opening).faultsOf(html, csp);

  // Of a change, what the page is after it.
  const changed = ofLanguage('diff').map((sample) => ({ ...sample, code: sides(sample).after }));
  for (const sample of [...ofLanguage('html'), ...changed]) {
    it(`${at(sample, sample.line)} runs`, async () => {
      assert.deepEqual(await faultsOf(sample.code), []);
    });
  }

  const smallest = ofLanguage('html').find(({ file }) => file === 'README.md');

  for (const sample of ofLanguage('http')) {
    it(`the smallest page runs under the policy of ${at(sample, sample.line)}`, async () => {
      const [, policy] = /^Content-Security-Policy: (.+)$/.exec(sample.code) ?? assert.fail('There is no policy.');
      assert.deepEqual(await faultsOf(smallest?.code ?? '', policy), []);
    });
  }

  it('would fail on a value that the element refuses', async () => {
    const html = '<gc-auth-messenger environment="atlantis"></gc-auth-messenger>';
    const [fault] = await faultsOf(html);
    assert.match(fault ?? '', /config-invalid: Attribute environment: found “atlantis”/);
  });

  it('would fail on a script that throws', async () => {
    assert.deepEqual(await faultsOf('<script>chat.signIn();</script>'), ['throws chat is not defined']);
  });

  it('would fail under a policy that forbids the Messenger script', async () => {
    const faults = await faultsOf(smallest?.code ?? '', 'script-src https://cdn.example');
    assert.match(faults.join('\n'), /violates script-src-elem: https:\/\/apps\.mypurecloud\.ie/);
  });
});
