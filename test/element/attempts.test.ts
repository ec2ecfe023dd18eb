import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import type { Attempt } from '../../src/core/errors.js';
import { grantOf } from '../support/fixtures.js';
import { clearAway, placedWith } from '../support/harness-element.js';

afterEach(clearAway);

describe('attempts of <gc-auth-messenger>', () => {
  it('are told by gc-attempt and attempt$, and are user timings', async () => {
    const { element, toPrompt, code } = await placedWith();
    performance.clearMeasures();
    const heard: Attempt[] = [];
    const streamed: Attempt[] = [];
    document.addEventListener('gc-attempt', ({ detail }) => heard.push(detail), { once: true });
    element.attempt$.subscribe((attempt) => streamed.push(attempt));
    await toPrompt();
    expect(heard).to.eql([{ rung: 'silent', verdict: 'login-required', ms: 0, reason: 'getAuthCode' }]);
    expect(heard[0]).to.satisfy(Object.isFrozen);
    void element.signIn().catch(() => undefined);
    code.answerPopup(grantOf('c1'));
    expect(streamed.map(({ rung, verdict }) => `${rung} ${verdict}`)).to.eql(['silent login-required', 'popup code']);
    const measures = performance.getEntriesByType('measure') as PerformanceMeasure[];
    expect(measures.map(({ name, detail }) => [name, detail as object])).to.eql([
      ['gc-auth:silent', { verdict: 'login-required', reason: 'getAuthCode' }],
      ['gc-auth:popup', { verdict: 'code', reason: 'sign-in' }],
    ]);
    expect(JSON.stringify([heard, streamed, measures])).not.to.contain('c1');
  });

  it('are told once each, and replay none', async () => {
    const { element, toPrompt, code } = await placedWith();
    await toPrompt();
    const late: Attempt[] = [];
    element.attempt$.subscribe((attempt) => late.push(attempt));
    expect(late).to.eql([]);
    void element.signIn().catch(() => undefined);
    code.answerPopup(new GcAuthError('popup-closed'));
    expect(late.map(({ verdict }) => verdict)).to.eql(['popup-closed']);
  });

  it('disturb nothing where the browser cannot measure', async () => {
    const { measure } = performance;
    performance.measure = () => {
      throw new TypeError('no options');
    };
    const { element, toPrompt } = await placedWith();
    await toPrompt();
    performance.measure = measure;
    expect(element.state).to.equal('interaction-required');
  });
});
