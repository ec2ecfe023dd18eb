import { expect } from '@open-wc/testing';
import type { ErrorCode } from '../../src/core/errors.js';
import { configOf, jwt, pluginCallOf, t0 } from '../support/fixtures.js';
import { due, lifetime, minute, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, textOf, textsOf } from '../support/harness-rules.js';

const withPopupOnly = (): Rules => new Rules(configOf({ signInModes: ['popup'] }));

/** A call arrives, and before its silent attempt ends, a renewal brings a JWT that is newer than the call. */
function callBeforeJwt(rules = signedIn(), call = pluginCallOf(1)): Rules {
  rules.now = t0 + due;
  rules.send(inputs.tick);
  rules.send({ type: 'plugin-called', call });
  rules.now += 100;
  rules.send(inputs.authenticated(jwt('j2', lifetime, rules.now)));
  expect(phaseOf(rules.model)).to.equal('reauthenticating code silent');
  return rules;
}

const fail = (rules: Rules, code: ErrorCode): readonly string[] => textsOf(rules.send(inputs.codeFailed(code)));

describe('a code that a JWT has made unnecessary', () => {
  it('is not worth a prompt: the session continues with that JWT, and reports nothing', () => {
    const rules = callBeforeJwt();
    expect(fail(rules, 'login-required')).to.eql(['refuse 1 login-required']);
    expect(phaseOf(rules.model)).to.equal('signed-in');
    expect(rules.model.reason).to.equal('login-required');
    expect(rules.due).to.equal(due + 100 + due);
  });

  it('is worth one when Messenger says that it needs another JWT', () => {
    const rules = callBeforeJwt(signedIn(), { ...pluginCallOf(1), forceUpdate: true });
    fail(rules, 'login-required');
    expect(phaseOf(rules.model)).to.equal('interaction-required login-required');
  });

  it('is worth one for a call that arrived after the JWT', () => {
    const rules = callBeforeJwt();
    rules.send(inputs.pluginCalled(2));
    fail(rules, 'login-required');
    expect(phaseOf(rules.model)).to.equal('interaction-required login-required');
  });

  it('is worth one for a call that arrived together with the JWT', () => {
    const rules = signedIn();
    rules.send(inputs.pluginCalled(1));
    fail(rules, 'login-required');
    expect(phaseOf(rules.model)).to.equal('interaction-required login-required');
  });

  it('is worth one when the page waits, too', () => {
    const rules = callBeforeJwt();
    rules.send(inputs.reauthenticate(1));
    fail(rules, 'login-required');
    expect(phaseOf(rules.model)).to.equal('interaction-required login-required');
  });

  it('is worth one when that JWT has expired meanwhile', () => {
    const rules = callBeforeJwt();
    rules.now += lifetime;
    fail(rules, 'login-required');
    expect(phaseOf(rules.model)).to.equal('interaction-required login-required');
  });
});

describe('a network error while the JWT is valid', () => {
  for (const [renew, next] of [
    ['auto', due],
    ['on-demand', Infinity],
  ] as const) {
    it(`keeps the next renewal as it was: renew="${renew}"`, () => {
      const rules = signedIn(new Rules(configOf({ renew })));
      rules.now = t0 + minute;
      rules.send(inputs.reauthenticate(7));
      rules.send(inputs.pluginCalled(1));
      expect(fail(rules, 'offline')).to.eql(['report offline', 'refuse 1 offline', 'reject 7 offline']);
      expect(rules.due).to.equal(next);
    });
  }
});

describe('the popup of a click that requested the code', () => {
  /** Nobody is signed in; a person has just clicked. */
  function clicked(): Rules {
    const rules = new Rules();
    for (const input of [inputs.start, inputs.loadedForStepUp, inputs.authReady(false)]) rules.send(input);
    rules.now += 1_000;
    rules.send(inputs.tick);
    rules.activated = true;
    return rules;
  }

  it('opens by itself for a step-up, and not for other calls', () => {
    const bySignIn = clicked();
    bySignIn.send(inputs.pluginCalled(1, 'signIn'));
    expect(fail(bySignIn, 'login-required')).to.eql(['code popup']);
    const byCode = clicked();
    byCode.send(inputs.pluginCalled(1));
    expect(fail(byCode, 'login-required')).to.eql(['prepare']);
  });

  it('opens by itself when one of several calls is a step-up', () => {
    const rules = clicked();
    rules.send(inputs.pluginCalled(1));
    rules.send(inputs.pluginCalled(2, 'signIn'));
    expect(fail(rules, 'login-required')).to.eql(['code popup']);
  });

  it('opens by itself for stepUp(), also beside another method', () => {
    const rules = clicked();
    rules.send(inputs.stepUp(1));
    rules.send(inputs.pluginCalled(1));
    rules.send(inputs.reauthenticate(2));
    expect(fail(rules, 'login-required')).to.eql(['code popup']);
  });

  it('is no redirect, which would leave the page without a warning', () => {
    const rules = new Rules(configOf({ signInModes: ['silent', 'redirect'] }));
    for (const input of [inputs.start, inputs.loadedForStepUp, inputs.authReady(false)]) rules.send(input);
    rules.activated = true;
    rules.send(inputs.pluginCalled(1, 'signIn'));
    expect(fail(rules, 'login-required')).to.eql(['prepare']);
  });

  it('closes again without a code: only a step-up ends with it', () => {
    const stepUp = clicked();
    stepUp.send(inputs.pluginCalled(1, 'signIn'));
    fail(stepUp, 'login-required');
    fail(stepUp, 'popup-closed');
    expect(phaseOf(stepUp.model)).to.equal('signed-out');
    const signIn = clicked();
    signIn.send(inputs.signIn(1));
    fail(signIn, 'popup-closed');
    expect(phaseOf(signIn.model)).to.equal('interaction-required popup-closed');
  });
});

describe('a blocked popup', () => {
  /** Clicks, and lets the popup of each click fail; returns the rung of the next click. */
  function clickThrough(rules: Rules, ...errors: readonly ErrorCode[]): string | undefined {
    errors.forEach((code, click) => {
      rules.send(inputs.signIn(click));
      rules.send(inputs.codeFailed(code));
    });
    const { phase } = rules.model;
    return phase.name === 'interaction-required' ? phase.rung : undefined;
  }
  const withRedirect = (): Rules => signedIn(new Rules(configOf({ signInModes: ['popup', 'redirect'] })));
  const prompted = (rules: Rules): Rules => {
    rules.send(inputs.pluginCalled(1));
    return rules;
  };

  it('is tried again once, because there may have been no click, then the next click redirects', () => {
    expect(clickThrough(prompted(withRedirect()), 'popup-blocked')).to.equal('popup');
    expect(clickThrough(prompted(withRedirect()), 'popup-blocked', 'popup-blocked')).to.equal('redirect');
  });

  it('is tried again and again where no redirect is allowed', () => {
    const errors = ['popup-blocked', 'popup-blocked', 'popup-blocked'] as const;
    expect(clickThrough(prompted(signedIn(withPopupOnly())), ...errors)).to.equal('popup');
  });

  it('is tried again after popups that the person has closed', () => {
    const closed = ['popup-closed', 'popup-closed'] as const;
    expect(clickThrough(prompted(withRedirect()), ...closed, 'popup-blocked')).to.equal('popup');
    expect(clickThrough(prompted(withRedirect()), 'popup-blocked', ...closed)).to.equal('popup');
  });

  it('counts also if it was closed in between', () => {
    const errors = ['popup-blocked', 'popup-closed', 'popup-blocked'] as const;
    expect(clickThrough(prompted(withRedirect()), ...errors)).to.equal('redirect');
  });
});

describe('asking for the popup again', () => {
  it('opens it again, because the person cannot find it', () => {
    const rules = signedIn(withPopupOnly());
    rules.send(inputs.pluginCalled(1));
    rules.send(inputs.signIn(1));
    expect(rules.send({ type: 'reopen' }).map(textOf)).to.eql(['cancel', 'code popup']);
    expect(rules.runningAttempts).to.equal(1);
  });

  it('does nothing in any other phase', () => {
    const silent = signedIn();
    silent.send(inputs.pluginCalled(1));
    for (const rules of [new Rules(), signedIn(), silent]) {
      const phase = phaseOf(rules.model);
      expect(rules.send({ type: 'reopen' })).to.eql([]);
      expect(phaseOf(rules.model)).to.equal(phase);
    }
  });
});

describe('operation IDs', () => {
  it('are numbers that count up, so an answer belongs to one operation only', () => {
    const rules = signedIn(new Rules(configOf({ signInModes: ['silent', 'popup'] })));
    const steps = [
      inputs.refresh(1),
      inputs.commandRejected({ status: 401 }),
      inputs.pluginCalled(1),
      inputs.codeFailed('login-required'),
      inputs.signIn(2),
      inputs.codeReceived('c1'),
      inputs.authenticating,
    ];
    const ids: number[] = [];
    const send = (input: (typeof steps)[number]): void => {
      for (const effect of rules.send(input)) {
        if (effect.do !== 'cancel' && 'operationId' in effect) ids.push(effect.operationId);
      }
    };
    for (const input of steps) send(input);
    send(inputs.authenticated(jwt('j2', lifetime, rules.now + 2_000)));
    rules.now += minute;
    send(inputs.pluginCalled(2));
    send(inputs.codeFailed('login-required'));
    rules.now += minute;
    send(inputs.wake);
    send(inputs.signOut(3));
    expect(ids.length).to.be.at.least(6);
    expect(ids[0]).to.be.greaterThan(0);
    expect(ids).to.eql([...new Set(ids)].sort((one, other) => one - other));
  });
});
