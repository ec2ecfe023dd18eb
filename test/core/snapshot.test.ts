import { expect } from '@open-wc/testing';
import { snapshot } from '../../src/core/snapshot.js';
import { jwt, t0 } from '../support/fixtures.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { Rules } from '../support/harness-rules.js';
import type { InputOrFactory } from '../support/harness-rules.js';
import { GcAuthError } from '../../src/core/errors.js';

function after(...inputs: readonly InputOrFactory[]) {
  const rules = new Rules();
  for (const input of inputs) {
    rules.now += 100;
    rules.send(input);
  }
  return snapshot(rules.model);
}

const untilCall = [inputs.start, inputs.loaded, inputs.authReady(false), inputs.pluginCalled(1)];
const untilPrompt = [...untilCall, inputs.codeFailed('login-required')];

describe('snapshot()', () => {
  it('has no prompt during loading', () => {
    expect(after(inputs.start)).to.eql({
      state: 'loading',
      reason: 'start',
      prompt: undefined,
      required: undefined,
      token: undefined,
      windowOpen: false,
      position: undefined,
    });
  });

  it('has no prompt during a silent attempt', () => {
    expect(after(...untilCall)).to.include({ state: 'signing-in', prompt: undefined, reason: 'getAuthCode' });
  });

  it('contains the token when signed in', () => {
    const { state, token, prompt } = after(
      inputs.start,
      inputs.loaded,
      inputs.authReady(true),
      inputs.authenticated(jwt('j', 9e5, t0)),
    );
    expect({ state, jwt: token?.jwt, prompt }).to.eql({ state: 'signed-in', jwt: 'j', prompt: undefined });
  });

  it('offers a sign-in, and says why a person must act', () => {
    const { state, prompt, required, reason } = after(...untilPrompt);
    expect({ state, prompt, reason }).to.eql({
      state: 'interaction-required',
      prompt: { kind: 'sign-in', code: 'login-required' },
      reason: 'login-required',
    });
    expect(required?.code).to.equal('login-required');
  });

  it('says that a popup is open', () => {
    expect(after(...untilPrompt, inputs.signIn(1)).prompt).to.eql({ kind: 'waiting', code: 'login-required' });
  });

  it('says why the popup failed', () => {
    const { prompt } = after(...untilPrompt, inputs.signIn(1), inputs.codeFailed('popup-blocked'));
    expect(prompt).to.eql({ kind: 'sign-in', code: 'popup-blocked' });
  });

  it('offers a retry after a retryable error', () => {
    const { state, prompt } = after(inputs.start, inputs.startFailed(new GcAuthError('script-blocked')));
    expect({ state, prompt }).to.eql({ state: 'failed', prompt: { kind: 'retry', code: 'script-blocked' } });
  });

  it('offers no retry after another error', () => {
    const { state, prompt } = after(inputs.start, inputs.startFailed(new GcAuthError('domain-not-allowed')));
    expect({ state, prompt }).to.eql({ state: 'failed', prompt: undefined });
  });

  it('contains no code and no verifier', () => {
    const shown = JSON.stringify(after(inputs.start, inputs.loaded, inputs.signIn(1), inputs.codeReceived('c1')));
    expect(shown).to.not.match(/c1|verifier/);
  });
});
