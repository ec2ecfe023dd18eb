import { expect } from '@open-wc/testing';
import { publicState } from '../../src/core/model.js';
import { t0 } from '../support/fixtures.js';
import { atLoad, firstJwt, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, type Rules, runRows, textOf } from '../support/harness-rules.js';

describe('a sign-out while something else is running', () => {
  it('settles all other callers, and nothing else starts meanwhile', () => {
    runRows(
      [
        [500, inputs.refresh(1), 'renewing', ['Auth.refreshToken']],
        [1000, inputs.signOut(2), 'signing-out logout', ['Auth.logout']],
        [1010, inputs.signIn(3), 'signing-out logout', ['reject 3 login-required']],
        [1011, inputs.refresh(4), 'signing-out logout', ['reject 4 login-required']],
        [1012, inputs.reauthenticate(5), 'signing-out logout', ['reject 5 login-required']],
        [1013, inputs.pluginCalled(1), 'signing-out logout', ['refuse 1 login-required']],
        [1014, inputs.reconnecting, 'signing-out logout', []],
        [1015, inputs.wake, 'signing-out logout', []],
        [1300, inputs.commandResolved, 'signed-out user', ['signed-out user', 'reject 1 login-required', 'resolve 2']],
      ],
      signedIn(),
    );
  });

  it('settles all other callers when Genesys does not confirm', () => {
    const rules = runRows(
      [
        [500, inputs.refresh(1), 'renewing', ['Auth.refreshToken']],
        [1000, inputs.signOut(2), 'signing-out logout', ['Auth.logout']],
      ],
      signedIn(),
    );
    rules.now = t0 + 1100;
    rules.send(inputs.commandRejected({ status: 500 }));
    expect(rules.model.callers).to.eql([]);
  });

  it('settles or continues an earlier plugin call when Genesys does not confirm', () => {
    const rules = runRows(
      [
        [500, inputs.refresh(1), 'renewing', ['Auth.refreshToken']],
        [600, inputs.pluginCalled(1), 'renewing', []],
        [1000, inputs.signOut(2), 'signing-out logout', ['Auth.logout']],
      ],
      signedIn(),
    );
    rules.now = t0 + 1100;
    rules.send(inputs.commandRejected({ status: 500 }));
    const served = rules.model.calls.length === 0 || phaseOf(rules.model).includes('code');
    expect(served, 'refused or served').to.equal(true);
  });

  it('cancels a running attempt', () => {
    runRows([
      [0, inputs.start, 'loading script', ['connect']],
      [0, inputs.loaded, 'loading auth', ['ready']],
      [0, inputs.authReady(false), 'loading first-call', []],
      [100, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [200, inputs.signIn(1), 'signing-in code popup', ['cancel', 'code popup']],
      [
        300,
        inputs.signOut(2),
        'signed-out user',
        ['cancel', 'signed-out user', 'refuse 1 login-required', 'reject 1 login-required', 'resolve 2'],
      ],
      [400, inputs.pluginCalled(2), 'signed-out user', ['refuse 2 login-required']],
      [9000, inputs.signIn(3), 'signing-in code popup', ['code popup']],
    ]);
  });

  it('is not undone by a stored JWT that Messenger reports later', () => {
    const rules = runRows(atLoad);
    const effects = rules.send(inputs.signOut(1)).map(textOf);
    rules.now = t0 + 20;
    effects.push(...rules.send(inputs.authenticated(firstJwt)).map(textOf));
    expect(effects, 'signs out at Genesys').to.include('Auth.logout');
    expect(phaseOf(rules.model)).to.not.equal('signed-in');
  });

  for (const [name, end] of [
    ['refuses', (rules: Rules) => rules.send(inputs.commandRejected({ message: 'Not authenticated' }))],
    ['does not answer', (rules: Rules) => ((rules.now = t0 + 400 + 6_000), rules.send(inputs.tick))],
  ] as const) {
    for (const rows of [atLoad.slice(0, 1), atLoad.slice(0, 2), atLoad]) {
      it(`during loading (${rows.length}): nobody is signed in when Messenger ${name}`, () => {
        const rules = runRows(rows);
        rules.send(inputs.signOut(1));
        end(rules);
        expect(rules.model.token).to.equal(undefined);
        expect(publicState(rules.model)).to.not.equal('signed-in');
      });
    }
  }

  it('is not undone by an exchange that was running', () => {
    const rules = runRows([
      [0, inputs.start, 'loading script', ['connect']],
      [0, inputs.loaded, 'loading auth', ['ready']],
      [0, inputs.authReady(false), 'loading first-call', []],
      [100, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [400, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      [410, inputs.authenticating, 'signing-in exchange', []],
    ]);
    const effects = rules.send(inputs.signOut(1)).map(textOf);
    rules.now = t0 + 700;
    effects.push(...rules.send(inputs.authenticated(firstJwt)).map(textOf));
    expect(effects, 'signs out at Genesys').to.include('Auth.logout');
    expect(phaseOf(rules.model)).to.not.equal('signed-in');
  });

  it('is published once, and nobody shows as signed in, when an exchange succeeds after it', () => {
    const rules = runRows([
      [0, inputs.start, 'loading script', ['connect']],
      [0, inputs.loaded, 'loading auth', ['ready']],
      [0, inputs.authReady(false), 'loading first-call', []],
      [100, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [400, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
    ]);
    const effects: string[] = [];
    for (const input of [
      inputs.signOut(1),
      inputs.commandResolved,
      inputs.authenticated(firstJwt),
      inputs.commandResolved,
      inputs.loggedOut,
    ]) {
      rules.now += 100;
      effects.push(...rules.send(input).map(textOf));
      if (effects.includes('resolve 1')) expect(publicState(rules.model)).to.equal('signed-out');
    }
    expect(effects.filter((text) => text.startsWith('signed-out'))).to.eql(['signed-out user']);
    expect(effects.filter((text) => text === 'Auth.logout').length).to.be.at.least(1);
  });
});
