import { expect } from '@open-wc/testing';
import { recentEntries } from '../../src/core/loop-breaker.js';
import type { Model } from '../../src/core/model.js';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import { lifetime, minute, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, textOf } from '../support/harness-rules.js';

const cooldown = 5 * minute;

/** Lets every exchange fail until the session stops; returns the number of codes. */
function failExchanges(rules: Rules, most = 20): number {
  let codes = 0;
  let call = rules.now;
  for (let step = 0; step < most * 4 && rules.model.phase.name !== 'failed'; step++) {
    switch (rules.model.phase.name) {
      case 'code':
        rules.now += 100;
        rules.send(inputs.codeReceived(`c${rules.now}`));
        break;
      case 'exchange':
        codes++;
        rules.send(inputs.authenticating);
        rules.send(inputs.authError({ status: 401 }));
        break;
      case 'code-ready':
      case 'awaiting-call':
        rules.send(inputs.pluginCalled(++call));
        break;
      default:
        rules.now = t0 + rules.due;
        rules.send(inputs.tick);
    }
  }
  return codes;
}

const looping = (rules = signedIn()): Rules => {
  rules.now = t0 + 1000;
  rules.send(inputs.pluginCalled(1, 'reAuthenticate'));
  expect(failExchanges(rules)).to.equal(3);
  expect(phaseOf(rules.model)).to.equal('failed loop-stopped');
  return rules;
};

describe('the loop breaker', () => {
  it('J12: opens after three failed exchanges, and its error contains the trace', () => {
    const rules = signedIn();
    rules.now = t0 + 1000;
    rules.send(inputs.pluginCalled(1, 'reAuthenticate'));
    failExchanges(rules);
    const { phase } = rules.model;
    expect(phase.name === 'failed' && phase.error.trace).to.have.lengthOf(3);
    expect(phase.name === 'failed' && phase.error.retryable).to.equal(true);
  });

  it('J12: refuses plugin calls while it is open', () => {
    const rules = looping();
    const refused = rules.send(inputs.pluginCalled(90)).map(textOf);
    expect(refused).to.eql(['refuse 90 loop-stopped']);
  });

  it('J12: stays open across a reload', () => {
    const { model, now } = looping();
    const rules = new Rules();
    rules.now = now + 3000;
    rules.send({ type: 'start', loopEntries: model.loopEntries, blocked: false });
    rules.send(inputs.loaded);
    rules.send(inputs.authReady(false));
    expect(rules.send(inputs.pluginCalled(1)).map(textOf)).to.eql(['report loop-stopped', 'refuse 1 loop-stopped']);
  });

  it('J12: is half-open after the cooldown: one more failed exchange opens it again', () => {
    const rules = looping();
    const stopped = rules.now;
    expect(t0 + rules.due).to.equal(stopped + cooldown);
    rules.now = stopped + cooldown;
    expect(rules.send(inputs.tick).map(textOf)).to.eql(['code silent']);
    expect(failExchanges(rules)).to.equal(1);
    expect(phaseOf(rules.model)).to.equal('failed loop-stopped');
  });

  it('J12: limits a day of failures to one code in five minutes', () => {
    const rules = looping();
    let codes = 0;
    while (rules.now < t0 + 24 * 60 * minute) {
      rules.now = t0 + rules.due;
      rules.send(inputs.tick);
      codes += failExchanges(rules);
    }
    expect(codes).to.be.within(280, 290);
  });

  it('closes when the sign-in in the half-open state succeeds', () => {
    const rules = looping();
    rules.now += cooldown;
    rules.send(inputs.tick);
    rules.send(inputs.codeReceived('good'));
    rules.send(inputs.pluginCalled(1000));
    rules.now += 400;
    rules.send(inputs.authenticated(jwt('j2', lifetime, rules.now)));
    expect(phaseOf(rules.model)).to.equal('signed-in');
    expect(rules.model.loopEntries.filter(([cause]) => cause === 'exchange')).to.eql([]);
  });

  it('is reset by a click', () => {
    for (const click of [inputs.retry, inputs.signIn(1)]) {
      const rules = looping();
      rules.now += 1000;
      rules.activated = true;
      rules.send(click);
      expect(failExchanges(rules)).to.equal(3);
    }
  });

  it('ignores codes that are far apart', () => {
    const rules = signedIn(new Rules(configOf({ renew: 'on-demand' })));
    for (let round = 1; round < 30; round++) {
      rules.now += 3 * minute;
      rules.send(inputs.pluginCalled(round));
      rules.now += 300;
      rules.send(inputs.codeReceived(`c${round}`));
      rules.send(inputs.authError({ status: 500 }));
      expect(phaseOf(rules.model), `round ${round}`).to.equal('reauthenticating backoff');
    }
  });

  it('J12: opens after too many sign-ins in a minute, even if all succeed', () => {
    const rules = signedIn();
    let rounds = 0;
    while (rounds < 50) {
      rounds++;
      rules.now += 200;
      rules.send(inputs.pluginCalled(rounds));
      if (phaseOf(rules.model).startsWith('failed')) break;
      rules.send(inputs.codeReceived(`c${rounds}`));
      rules.send(inputs.authenticated(jwt(`k${rounds}`, lifetime, rules.now)));
    }
    expect(phaseOf(rules.model)).to.equal('failed loop-stopped');
    expect(rounds).to.equal(13);
  });

  /** How many redirects a page starts that calls `signIn()` at each of ten loads within a minute. */
  function redirectsOf(byClick: boolean): number {
    let loopEntries: Model['loopEntries'] = [];
    let redirects = 0;
    for (let page = 0; page < 10; page++) {
      const rules = new Rules(configOf({ signInModes: ['redirect'] }));
      rules.now = t0 + page * 5000;
      rules.activated = byClick;
      rules.send({ type: 'start', loopEntries, blocked: false });
      rules.send(inputs.loaded);
      rules.send(inputs.authReady(false));
      rules.send(inputs.signIn(page));
      if (rules.model.phase.name === 'code') redirects++;
      loopEntries = rules.model.loopEntries;
    }
    return redirects;
  }

  it('J12: stops a page that starts a redirect at every load', () => {
    expect(redirectsOf(false)).to.equal(3);
  });

  it('J12: never stops redirects that a click starts', () => {
    expect(redirectsOf(true)).to.equal(10);
  });

  it('opens when Messenger calls again after every sign-in, because its socket rejects each new JWT', () => {
    const rules = signedIn();
    let calls = 0;
    while (phaseOf(rules.model) !== 'failed loop-stopped' && calls < 40) {
      rules.now += 500;
      rules.send(inputs.pluginCalled(++calls, 'reAuthenticate'));
      if (rules.runningAttempts) {
        rules.send(inputs.codeReceived(`code-${calls}`));
        rules.send(inputs.authenticating);
        rules.send(inputs.authenticated(jwt(`again-${calls}`, lifetime, rules.now)));
      }
    }
    expect(calls).to.be.within(10, 20);
    expect(rules.send(inputs.pluginCalled(++calls, 'reAuthenticate')).map(textOf)).to.eql([
      `refuse ${calls} loop-stopped`,
    ]);
  });
});

describe('recentEntries()', () => {
  it('are those within the time in which events count as a loop, also with a clock that was set back', () => {
    for (const [ageMs, recent] of [
      [0, true],
      [119_999, true],
      [120_000, false],
      [-119_999, true],
      [-120_000, false],
    ] as const) {
      expect(recentEntries([['exchange', t0 - ageMs]], t0)).to.have.lengthOf(recent ? 1 : 0);
    }
    expect(recentEntries([['toString', t0]], t0)).to.eql([]);
  });
});
