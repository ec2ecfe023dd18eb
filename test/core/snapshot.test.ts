import { expect } from '@open-wc/testing';
import { snapshot } from '../../src/core/snapshot.js';
import { jwt, t0 } from '../support/fixtures.js';
import * as say from '../support/harness-rules.js';
import { Rules } from '../support/harness-rules.js';
import type { Said } from '../support/harness-rules.js';
import { GcAuthError } from '../../src/core/errors.js';

function after(...inputs: readonly Said[]) {
  const rules = new Rules();
  for (const input of inputs) {
    rules.now += 100;
    rules.send(input);
  }
  return snapshot(rules.model);
}

const toAsk = [say.start, say.loaded, say.authReady(false), say.pluginCalled(1)];
const toPrompt = [...toAsk, say.codeFailed('login-required')];

describe('what the element is shown', () => {
  it('nothing while it loads', () => {
    expect(after(say.start)).to.eql({
      state: 'loading',
      reason: 'start',
      prompt: undefined,
      required: undefined,
      token: undefined,
    });
  });

  it('nothing while it signs in silently', () => {
    expect(after(...toAsk)).to.include({ state: 'signing-in', prompt: undefined, reason: 'getAuthCode' });
  });

  it('the token, signed in', () => {
    const { state, token, prompt } = after(
      say.start,
      say.loaded,
      say.authReady(true),
      say.authenticated(jwt('j', 9e5, t0)),
    );
    expect({ state, jwt: token?.jwt, prompt }).to.eql({ state: 'signed-in', jwt: 'j', prompt: undefined });
  });

  it('a call to sign in, and why', () => {
    const { state, prompt, required, reason } = after(...toPrompt);
    expect({ state, prompt, reason }).to.eql({
      state: 'interaction-required',
      prompt: { kind: 'sign-in', code: 'login-required' },
      reason: 'login-required',
    });
    expect(required?.code).to.equal('login-required');
  });

  it('that a popup waits', () => {
    expect(after(...toPrompt, say.signIn(1)).prompt).to.eql({ kind: 'waiting', code: 'login-required' });
  });

  it('why the popup failed', () => {
    const { prompt } = after(...toPrompt, say.signIn(1), say.codeFailed('popup-blocked'));
    expect(prompt).to.eql({ kind: 'sign-in', code: 'popup-blocked' });
  });

  it('a chance to try again after a failure that may pass', () => {
    const { state, prompt } = after(say.start, say.startFailed(new GcAuthError('script-blocked')));
    expect({ state, prompt }).to.eql({ state: 'failed', prompt: { kind: 'retry', code: 'script-blocked' } });
  });

  it('none after a failure that does not', () => {
    const { state, prompt } = after(say.start, say.startFailed(new GcAuthError('domain-not-allowed')));
    expect({ state, prompt }).to.eql({ state: 'failed', prompt: undefined });
  });

  it('no code and no verifier', () => {
    const shown = JSON.stringify(after(say.start, say.loaded, say.signIn(1), say.codeReceived('c1')));
    expect(shown).to.not.match(/c1|verifier/);
  });
});
