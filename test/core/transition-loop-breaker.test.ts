import { expect } from '@open-wc/testing';
import type { Model } from '../../src/core/model.js';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import { life, minute, signedIn } from '../support/fixtures-signed-in.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, Rules, wordsOf } from '../support/harness-rules.js';

const rest = 5 * minute;

/** Fails every exchange until the rules rest; returns how many codes that took. */
function failExchanges(rules: Rules, most = 20): number {
  let codes = 0;
  let call = rules.now;
  for (let step = 0; step < most * 4 && rules.model.phase.name !== 'failed'; step++) {
    switch (rules.model.phase.name) {
      case 'code':
        rules.now += 100;
        rules.send(say.codeReceived(`c${rules.now}`));
        break;
      case 'exchange':
        codes++;
        rules.send(say.authenticating);
        rules.send(say.authError({ status: 401 }));
        break;
      case 'code-ready':
      case 'awaiting-call':
        rules.send(say.pluginCalled(++call));
        break;
      default:
        rules.now = t0 + rules.due;
        rules.send(say.tick);
    }
  }
  return codes;
}

const looping = (rules = signedIn()): Rules => {
  rules.now = t0 + 1000;
  rules.send(say.pluginCalled(1, 'reAuthenticate'));
  expect(failExchanges(rules)).to.equal(3);
  expect(phaseOf(rules.model)).to.equal('failed loop-stopped');
  return rules;
};

describe('the loop breaker', () => {
  it('J12: opens after three codes that came to nothing, and says so with the evidence', () => {
    const rules = signedIn();
    rules.now = t0 + 1000;
    rules.send(say.pluginCalled(1, 'reAuthenticate'));
    failExchanges(rules);
    const { phase } = rules.model;
    expect(phase.name === 'failed' && phase.error.trace).to.have.lengthOf(3);
    expect(phase.name === 'failed' && phase.error.retryable).to.equal(true);
  });

  it('J12: refuses what Messenger calls while it is open', () => {
    const rules = looping();
    const refused = rules.send(say.pluginCalled(90)).map(wordsOf);
    expect(refused).to.eql(['refuse 90 loop-stopped']);
  });

  it('J12: stays open across a reload', () => {
    const { model, now } = looping();
    const rules = new Rules();
    rules.now = now + 3000;
    rules.send({ type: 'start', loopEntries: model.loopEntries, blocked: false });
    rules.send(say.loaded);
    rules.send(say.authReady(false));
    expect(rules.send(say.pluginCalled(1)).map(wordsOf)).to.eql(['report loop-stopped', 'refuse 1 loop-stopped']);
  });

  it('J12: is half open after a pause: one more code, and it opens again', () => {
    const rules = looping();
    const stopped = rules.now;
    expect(t0 + rules.due).to.equal(stopped + rest);
    rules.now = stopped + rest;
    expect(rules.send(say.tick).map(wordsOf)).to.eql(['code silent']);
    expect(failExchanges(rules)).to.equal(1);
    expect(phaseOf(rules.model)).to.equal('failed loop-stopped');
  });

  it('J12: a day of failure costs one code in five minutes', () => {
    const rules = looping();
    let codes = 0;
    while (rules.now < t0 + 24 * 60 * minute) {
      rules.now = t0 + rules.due;
      rules.send(say.tick);
      codes += failExchanges(rules);
    }
    expect(codes).to.be.within(280, 290);
  });

  it('closes when the try of the half-open state succeeds', () => {
    const rules = looping();
    rules.now += rest;
    rules.send(say.tick);
    rules.send(say.codeReceived('good'));
    rules.send(say.pluginCalled(1000));
    rules.now += 400;
    rules.send(say.authenticated(jwt('j2', life, rules.now)));
    expect(phaseOf(rules.model)).to.equal('signed-in');
    expect(rules.model.loopEntries.filter(([cause]) => cause === 'exchange')).to.eql([]);
  });

  it('a person’s wish begins anew', () => {
    for (const wish of [say.retry, say.signIn(1)]) {
      const rules = looping();
      rules.now += 1000;
      rules.activated = true;
      rules.send(wish);
      expect(failExchanges(rules)).to.equal(3);
    }
  });

  it('codes that are far apart are no loop', () => {
    const rules = signedIn(new Rules(configOf({ renew: 'on-demand' })));
    for (let round = 1; round < 30; round++) {
      rules.now += 3 * minute;
      rules.send(say.pluginCalled(round));
      rules.now += 300;
      rules.send(say.codeReceived(`c${round}`));
      rules.send(say.authError({ status: 500 }));
      expect(phaseOf(rules.model), `round ${round}`).to.equal('reauthenticating backoff');
    }
  });

  it('J12: sign-ins that all succeed can be a loop too', () => {
    const rules = signedIn();
    let rounds = 0;
    while (rounds < 50) {
      rounds++;
      rules.now += 200;
      rules.send(say.pluginCalled(rounds));
      if (phaseOf(rules.model).startsWith('failed')) break;
      rules.send(say.codeReceived(`c${rounds}`));
      rules.send(say.authenticated(jwt(`k${rounds}`, life, rules.now)));
    }
    expect(phaseOf(rules.model)).to.equal('failed loop-stopped');
    expect(rounds).to.equal(13);
  });

  /** How often a page leaves that calls `signIn()` whenever it is loaded, within a minute. */
  function leavings(byClick: boolean): number {
    let loopEntries: Model['loopEntries'] = [];
    let left = 0;
    for (let page = 0; page < 10; page++) {
      const rules = new Rules(configOf({ signInModes: ['redirect'] }));
      rules.now = t0 + page * 5000;
      rules.activated = byClick;
      rules.send({ type: 'start', loopEntries, blocked: false });
      rules.send(say.loaded);
      rules.send(say.authReady(false));
      rules.send(say.signIn(page));
      if (rules.model.phase.name === 'code') left++;
      loopEntries = rules.model.loopEntries;
    }
    return left;
  }

  it('J12: a page that is left for the provider whenever it is loaded is stopped', () => {
    expect(leavings(false)).to.equal(3);
  });

  it('J12: but a person may click as often as they like', () => {
    expect(leavings(true)).to.equal(10);
  });
});
