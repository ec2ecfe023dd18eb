import { expect } from '@open-wc/testing';
import { jwt, t0 } from '../support/fixtures.js';
import { due, lifetime, minute, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, runRows } from '../support/harness-rules.js';

describe('renewal on a device with a wrong clock', () => {
  const hour = 60 * minute;
  const restored = (rules: Rules, token: ReturnType<typeof jwt>): Rules =>
    runRows(
      [
        [0, inputs.start, 'loading script', ['connect']],
        [0, inputs.loaded, 'loading auth', ['ready']],
        [0, inputs.authReady(true), 'loading stored-jwt', []],
        [0, inputs.authenticated(token), 'renewing', ['Auth.refreshToken']],
      ],
      rules,
    );

  for (const [name, token] of [
    ['an hour behind', jwt('old', lifetime, t0 + hour)],
    ['an hour ahead', jwt('old', lifetime, t0 - hour)],
    ['and a JWT without claims', { jwt: 'opaque', claims: {} }],
  ] as const) {
    it(`${name}: refreshes a stored JWT once, and counts it as valid again if the refresh returns the same one`, () => {
      const rules = restored(new Rules(), token);
      rules.now = t0 + 300;
      rules.send(inputs.authenticated(token));
      rules.send(inputs.commandResolved);
      expect(phaseOf(rules.model)).to.equal('signed-in');
      expect(rules.model.token?.expiresAt).to.be.above(t0 + minute);
      expect(rules.due).to.be.above(minute);
    });

    it(`${name}: the lifetime of a new JWT counts from its arrival`, () => {
      const rules = restored(new Rules(), token);
      const next = jwt('new', lifetime, 'iat' in token.claims ? Number(token.claims.iat) * 1000 + hour : t0);
      rules.now = t0 + 300;
      rules.send(inputs.authenticated(next));
      expect(rules.model.token).to.include({ issuedAt: t0 + 300, expiresAt: t0 + 300 + lifetime });
      expect(rules.due).to.equal(300 + due);
    });
  }
});

describe('a JWT that Messenger reports again', () => {
  const signedOutPage = (): Rules =>
    runRows([
      [0, inputs.start, 'loading script', ['connect']],
      [0, inputs.loaded, 'loading auth', ['ready']],
      [0, inputs.authReady(false), 'loading first-call', []],
      [600, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [900, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
    ]);

  it('counts from its claims when nobody asked for a new one: an expired JWT is refreshed', () => {
    const old = jwt('old', lifetime, t0 - 60 * minute);
    runRows([[2000, inputs.authenticated(old), 'renewing', ['Auth.refreshToken']]], signedOutPage());
  });

  it('counts from its claims when nobody asked for a new one: a valid JWT is used for the rest of its lifetime', () => {
    const rules = signedOutPage();
    rules.now = t0 + 2000;
    rules.send(inputs.authenticated(jwt('other-tab', lifetime, t0 - 10 * minute)));
    // The call that waits still gets a code.
    expect(phaseOf(rules.model)).to.equal('reauthenticating code silent');
    expect(rules.model.token).to.include({ source: 'sign-in', expiresAt: t0 + lifetime - 10 * minute });
  });

  it('changes nothing if a newer one is known', () => {
    const rules = signedIn();
    const { token } = rules.model;
    runRows([[3000, inputs.authenticated(jwt('old', lifetime, t0 - 60 * minute)), 'signed-in', []]], rules);
    expect(rules.model.token).to.equal(token);
  });
});
