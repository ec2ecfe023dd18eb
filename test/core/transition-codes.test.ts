import { expect } from '@open-wc/testing';
import { t0 } from '../support/fixtures.js';
import { codeAnswered, firstJwt } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, runRows, textOf, textsOf } from '../support/harness-rules.js';

describe('a code', () => {
  it('J13: every call gets a code of its own, oldest call first', () => {
    runRows([
      ...codeAnswered.slice(0, -1),
      [700, inputs.pluginCalled(2), 'signing-in code silent', []],
      [1000, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      [1010, inputs.authenticating, 'signing-in exchange', []],
      [1020, inputs.pluginCalled(3), 'signing-in exchange', []],
      [
        1300,
        inputs.authenticated(firstJwt),
        'reauthenticating code silent',
        ['token j1 sign-in', 'signed-in', 'code silent'],
      ],
      [1600, inputs.codeReceived('c2'), 'reauthenticating exchange', ['answer 2 c2']],
      [1610, inputs.authenticating, 'reauthenticating exchange', []],
    ]);
  });

  it('J13: a code that was used before is discarded, and the call gets another', () => {
    const rules = runRows(codeAnswered);
    rules.now = t0 + 1005;
    expect(rules.send(inputs.codeAlreadyUsed(1)).map(textOf)).to.eql(['code silent']);
    rules.now = t0 + 1400;
    expect(textsOf(rules.send(inputs.codeReceived('c2')))).to.eql(['answer 1 c2']);
  });

  it('J13: a provider that repeats one code does not cause an endless loop', () => {
    const rules = runRows(codeAnswered);
    for (let round = 0; round < 10 && phaseOf(rules.model) !== 'failed loop-stopped'; round++) {
      rules.now += 300;
      rules.send(inputs.codeAlreadyUsed(1));
      if (phaseOf(rules.model) === 'signing-in backoff') {
        rules.now = t0 + rules.due;
        rules.send(inputs.tick);
      }
      rules.send(inputs.codeReceived(`same-${round}`));
    }
    expect(phaseOf(rules.model)).to.equal('failed loop-stopped');
  });

  it('J13: a code that was used before starts no attempt after a sign-out', () => {
    const rules = runRows(codeAnswered);
    rules.send(inputs.signOut(1));
    const effects = rules.send(inputs.codeAlreadyUsed(1)).map(textOf);
    expect(effects).to.not.include('code silent');
  });

  it('J13: a fresh code is given to the next call', () => {
    runRows([
      ...codeAnswered.slice(0, 3),
      [100, inputs.signIn(1), 'signing-in code popup', ['code popup']],
      [9000, inputs.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
      [9001, inputs.signIn(2), 'signing-in code-ready', []],
      [9100, inputs.pluginCalled(1, 'reAuthenticate'), 'signing-in exchange', ['answer 1 c1']],
    ]);
  });

  it('J13: a call that arrives before the exchange starts gets another code', () => {
    runRows([
      ...codeAnswered,
      [1100, inputs.pluginCalled(2), 'signing-in code silent', ['code silent']],
      [1400, inputs.codeReceived('c2'), 'signing-in exchange', ['answer 2 c2']],
    ]);
  });

  it('J13: a JWT that arrives while the popup is open cancels it', () => {
    runRows([
      ...codeAnswered.slice(0, 3),
      [100, inputs.signIn(1), 'signing-in code popup', ['code popup']],
      [900, inputs.authenticated(firstJwt), 'signed-in', ['token j1 sign-in', 'cancel', 'signed-in', 'resolve 1 j1']],
    ]);
  });
});
