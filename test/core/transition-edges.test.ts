import { expect } from '@open-wc/testing';
import type { Effect } from '../../src/core/effect.js';
import { fingerprint, identityDigest } from '../../src/core/person-fingerprint.js';
import { transition } from '../../src/core/transition.js';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import {
  codeAnswered,
  due,
  firstJwt,
  lifetime,
  minute,
  renewInOtherTab,
  secondJwt,
  signedIn,
} from '../support/fixtures-signed-in.js';
import { bob, personChanged } from '../support/fixtures-person-changed.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, runRows, textOf } from '../support/harness-rules.js';
import type { InputOrFactory } from '../support/harness-rules.js';

/* Inputs that arrive in a phase in which few do. */

const person = fingerprint(firstJwt.claims, 0)!;
const texts = (rules: Rules, input: InputOrFactory): readonly string[] => rules.send(input).map(textOf);

function after(rules: Rules, ...steps: readonly InputOrFactory[]): Rules {
  for (const step of steps) rules.send(step);
  return rules;
}

const loading = (rules = new Rules()): Rules => after(rules, inputs.start, inputs.loaded, inputs.authReady(true));
const nobody = (rules = new Rules()): Rules => after(rules, inputs.start, inputs.loaded, inputs.authReady(false));
const anonymous = (rules = new Rules()): Rules => {
  after(rules, inputs.start, inputs.loadedForStepUp, inputs.authReady(false));
  rules.now += 1_000;
  return after(rules, inputs.tick);
};
const renewing = (rules = signedIn()): Rules => {
  rules.now = t0 + due;
  return after(rules, inputs.tick);
};
/** The next try of a refresh, without a valid JWT, is some time ahead. */
const waitingToRetry = (): Rules => {
  const rules = signedIn();
  rules.now = t0 + lifetime + minute;
  return after(rules, inputs.wake, inputs.commandRejected({ status: 503 }));
};

function errorOf(effects: readonly Effect[]): { message: string; hint: string; step: string; retryable: boolean } {
  for (const effect of effects) if ('error' in effect && effect.error) return effect.error;
  throw new Error('no error');
}

describe('a message of another tab', () => {
  for (const message of ['signed-out', 'person-changed', 'signed-in', 'renewed'] as const) {
    it(`${message}: changes nothing while a sign-out runs`, () => {
      const rules = after(signedIn(), inputs.signOut(1));
      expect(texts(rules, inputs.tabMessage(message))).to.eql([]);
      expect(phaseOf(rules.model)).to.equal('signing-out logout');
    });

    it(`${message}: changes nothing while Messenger loads`, () => {
      const rules = loading();
      expect(texts(rules, inputs.tabMessage(message))).to.eql([]);
      expect(phaseOf(rules.model)).to.equal('loading stored-jwt');
    });
  }

  for (const message of ['signed-out', 'person-changed', 'renewed'] as const) {
    it(`${message}: changes nothing where nobody is signed in`, () => {
      const rules = after(anonymous(), inputs.loggedOut);
      expect(texts(rules, inputs.tabMessage(message))).to.eql([]);
      expect(phaseOf(rules.model)).to.equal('signed-out');
    });
  }

  it('signed-out: changes nothing during the first code, which may be that of the next person', () => {
    const rules = after(nobody(), inputs.pluginCalled(1));
    expect(texts(rules, inputs.tabMessage('signed-out'))).to.eql([]);
    expect(phaseOf(rules.model)).to.equal('signing-in code silent');
  });

  it('person-changed: hides Messenger also where its JWT is not reported yet', () => {
    const rules = loading();
    rules.now += 300;
    rules.send(inputs.tick);
    expect(rules.model.token).to.equal(undefined);
    expect(texts(rules, inputs.tabMessage('person-changed'))).to.include('hide messenger');
    expect(phaseOf(rules.model)).to.equal('signed-out other-tab');
  });

  it('person-changed: hides Messenger where its JWT is known, and publishes the sign-out', () => {
    expect(texts(signedIn(), inputs.tabMessage('person-changed'))).to.eql(['signed-out other-tab', 'hide messenger']);
  });

  it('renewed: does not end a refresh that runs, because the page or Messenger waits for it', () => {
    const rules = renewInOtherTab(renewing(), due);
    expect(texts(rules, inputs.tabMessage('renewed'))).to.eql([]);
    expect(phaseOf(rules.model)).to.equal('renewing');
  });

  it('renewed: does not end an attempt that runs', () => {
    const rules = renewInOtherTab(after(signedIn(), inputs.pluginCalled(1)), minute);
    expect(texts(rules, inputs.tabMessage('renewed'))).to.eql([]);
    expect(phaseOf(rules.model)).to.equal('reauthenticating code silent');
  });

  it('signed-in: starts no second refresh', () => {
    expect(texts(renewing(), inputs.tabMessage('signed-in'))).to.eql([]);
    expect(texts(waitingToRetry(), inputs.tabMessage('signed-in'))).to.eql(['Auth.refreshToken']);
  });

  it('renewed: with renew="on-demand" plans no renewal', () => {
    const rules = renewInOtherTab(signedIn(new Rules(configOf({ renew: 'on-demand' }))), minute);
    rules.record = { ...rules.record, sameWhileValid: true };
    rules.send(inputs.tabMessage('renewed'));
    expect(rules.due).to.equal(Infinity);
  });

  it('that the lock is free after a renewal belongs to one refresh', () => {
    const rules = renewing();
    expect(texts(rules, { type: 'renewed-in-other-tab', operationId: 999 })).to.eql([]);
    expect(texts(signedIn(), { type: 'renewed-in-other-tab', operationId: 999 })).to.eql([]);
  });
});

describe('a sign-out in another tab', () => {
  it('ends what waits to be tried again by itself, and leaves what has stopped for good', () => {
    const stopped = nobody();
    stopped.model = { ...stopped.model, loopEntries: Array.from({ length: 3 }, () => ['exchange', stopped.now]) };
    stopped.send(inputs.pluginCalled(1));
    const failed = after(new Rules(), inputs.start, inputs.loaded);
    failed.now += 10_000;
    failed.send(inputs.tick);
    for (const [rules, before, end] of [
      [stopped, 'failed loop-stopped', 'signed-out other-tab'],
      [failed, 'failed script-timeout', 'failed script-timeout'],
    ] as const) {
      expect(phaseOf(rules.model)).to.equal(before);
      rules.record = { signOut: { at: rules.now } };
      rules.send(inputs.tick);
      expect(phaseOf(rules.model)).to.equal(end);
    }
  });

  it('is not published where nobody was signed in', () => {
    const rules = after(nobody(), inputs.pluginCalled(1));
    rules.record = { signOut: { at: rules.now } };
    expect(texts(rules, inputs.tick)).to.eql(['cancel', 'refuse 1 login-required']);
  });
});

describe('the conversation of a stored JWT', () => {
  const identity = identityDigest('identity', person);
  for (const [name, record, hidden] of [
    ['is shown where the record is of this person and this configuration', { person, identity }, false],
    ['is hidden where the record is of another configuration', { person, identity: 'other' }, true],
    ['is shown where the record does not say of which configuration it is', { person }, false],
    ['is shown where the record does not say of whom it is', { identity }, false],
  ] as const) {
    it(name, () => {
      const rules = new Rules();
      rules.record = record;
      expect(texts(rules, inputs.start).includes('hide messenger')).to.equal(hidden);
      after(rules, inputs.loaded, inputs.authReady(true), inputs.authenticated(firstJwt));
      expect(rules.model.hidden).to.equal(hidden);
    });
  }

  it('whose person is not known gets a code, in whichever phase the JWT arrives', () => {
    const record = { person: fingerprint(bob.claims, 0)! };
    const atLoad = loading();
    const refreshing = loading();
    refreshing.now += 300;
    refreshing.send(inputs.tick);
    const trusted = loading(new Rules(configOf({ renew: 'off' })));
    trusted.now += 300;
    trusted.send(inputs.tick);
    for (const [rules, phase] of [
      [atLoad, 'loading stored-jwt'],
      [refreshing, 'renewing'],
      [trusted, 'signed-in'],
    ] as const) {
      expect(phaseOf(rules.model)).to.equal(phase);
      rules.record = record;
      expect(texts(rules, inputs.authenticated(firstJwt))).to.include.members([
        'hide messenger',
        'Auth.reAuthenticate',
      ]);
      expect(phaseOf(rules.model)).to.equal('signing-in awaiting-call');
      expect(rules.model.reason).to.equal('person-unknown');
    }
  });

  it('whose person is not known stays hidden when a second JWT of theirs arrives during the attempt', () => {
    const rules = new Rules();
    rules.record = { person: fingerprint(bob.claims, 0)! };
    loading(rules);
    after(rules, inputs.authenticated(firstJwt), inputs.pluginCalled(1));
    expect(phaseOf(rules.model)).to.equal('signing-in code silent');
    expect(texts(rules, inputs.authenticated(secondJwt))).to.eql(['hide messenger']);
    expect(phaseOf(rules.model)).to.equal('signing-in code silent');
  });
});

describe('a JWT that is known already', () => {
  it('during an exchange does not end it, and one with other text does', () => {
    const exchanging = (): Rules => {
      const rules = after(signedIn(), inputs.pluginCalled(1), inputs.codeReceived('c1'), inputs.authenticating);
      rules.now += 100;
      return rules;
    };
    const repeated = exchanging();
    const source = repeated.model.token?.source;
    repeated.send(inputs.authenticated(firstJwt));
    expect(repeated.model.token?.source).to.equal(source);
    const signedAgain = exchanging();
    expect(texts(signedAgain, inputs.authenticated({ ...firstJwt, jwt: 'again' }))).to.include('token again sign-in');
  });

  for (const [name, rules] of [
    ['signed-in', signedIn],
    ['signing-out logout', () => after(signedIn(), inputs.signOut(1))],
  ] as const) {
    it(`changes nothing: ${name}`, () => {
      const before = rules();
      expect(texts(before, inputs.authenticated(firstJwt))).to.eql([]);
      expect(phaseOf(before.model)).to.equal(name);
    });
  }

  it('of an attempt, while it is valid, ends the attempt, but does not mean that refreshing early is of no use', () => {
    const rules = after(signedIn(), inputs.pluginCalled(1));
    rules.send(inputs.authenticated(firstJwt));
    expect(rules.model.sameWhileValid).to.equal(false);
  });

  it('counts for half of its lifetime if it has expired by a clock that must be wrong, and is told', () => {
    const rules = signedIn();
    rules.visible = false;
    rules.now = t0 + 2 * lifetime;
    rules.visible = true;
    rules.send(inputs.tick);
    const effects = rules.send(inputs.authenticated(firstJwt));
    expect(effects.map(textOf)).to.include('token j1 refresh');
    const { token } = rules.model;
    expect([token?.issuedAt, token?.expiresAt]).to.eql([rules.now, rules.now + lifetime / 2]);
    expect(effects.find(({ do: what }) => what === 'token')).to.include({ token });
  });
});

describe('a refresh', () => {
  it('that resolves without a JWT where none is known fails at its deadline', () => {
    const rules = loading();
    rules.now += 300;
    after(rules, inputs.tick, inputs.commandResolved);
    rules.now += 1_000;
    rules.send(inputs.tick);
    expect(rules.model.reason).to.equal('refresh-failed');
  });

  it('whose command belongs to an earlier one is not settled by it', () => {
    const rules = renewing();
    const { phase } = rules.model;
    expect(texts(rules, { type: 'command-settled', operationId: 999, failure: { status: 401 } })).to.eql([]);
    expect(rules.model.phase).to.equal(phase);
    const leaving = after(signedIn(), inputs.signOut(1));
    expect(texts(leaving, { type: 'command-settled', operationId: 999 })).to.eql([]);
    expect(phaseOf(leaving.model)).to.equal('signing-out logout');
  });

  it('that fails says so in the step of its error', () => {
    for (const [online, code] of [
      [true, 'refresh-failed'],
      [false, 'offline'],
    ] as const) {
      const rules = after(signedIn(), inputs.refresh(1));
      rules.online = online;
      const [effect] = rules.send(inputs.commandRejected({ status: 503 }));
      expect(effect?.do === 'reject' && effect.error).to.include({ code, step: 'refresh' });
    }
  });

  it('that fails before the first sign-in is tried again also with renew="on-demand", later not', () => {
    const first = loading(new Rules(configOf({ renew: 'on-demand' })));
    first.now += 300;
    after(first, inputs.tick, inputs.commandRejected({ status: 503 }));
    expect(phaseOf(first.model)).to.equal('renewing');
    const later = signedIn(new Rules(configOf({ renew: 'on-demand' })));
    later.now = t0 + lifetime;
    after(later, inputs.refresh(1), inputs.commandRejected({ status: 503 }));
    expect(phaseOf(later.model)).to.equal('signed-in');
    expect(later.due).to.equal(Infinity);
  });

  it('that is refused without a status is refused, unless Genesys had an outage before', () => {
    const rules = renewing();
    rules.send(inputs.commandRejected({ status: 401 }));
    expect(rules.model.outageWaits).to.equal(undefined);
    expect(phaseOf(rules.model)).to.equal('reauthenticating awaiting-call');
  });

  it('that is refused shows Messenger only if a sign-out was pending', () => {
    const shown = (pending: boolean): boolean => {
      const rules = renewing();
      if (pending) {
        rules.record = { signOut: { at: t0 - 1, pending: true } };
        rules.signOutAtLoad = t0 - 1;
      }
      return texts(rules, inputs.commandRejected({ status: 401 })).includes('show messenger');
    };
    expect([shown(false), shown(true)]).to.eql([false, true]);
  });

  it('runs for the new socket from the earliest time of a renewal, not before', () => {
    const started = (at: number): boolean => {
      const rules = new Rules();
      const short = jwt('short', 1_000);
      after(rules, inputs.start, inputs.loaded, inputs.authReady(true), inputs.authenticated(short));
      rules.visible = false;
      rules.now = t0 + at;
      return texts(rules, inputs.reconnecting).includes('Auth.refreshToken');
    };
    expect([started(9_999), started(10_000)]).to.eql([false, true]);
  });
});

describe('a step-up', () => {
  it('that the deployment does not allow says what to do', () => {
    const error = errorOf(nobody().send(inputs.stepUp(1)));
    expect(error.message).to.equal('The deployment does not allow anonymous conversations to be stepped up.');
    expect(error.hint).to.equal('Allow it in the Messenger configuration in Genesys Cloud, or call signIn().');
    expect(error.retryable).to.equal(false);
  });

  it('that Messenger refuses without a reason says so', () => {
    const rules = after(anonymous(), inputs.stepUp(1));
    const message = 'Messenger did not step up the conversation: no reason given.';
    expect(errorOf(rules.send(inputs.commandRejected({}))).message).to.equal(message);
  });

  it('ends with the command where another call than signIn waits, and at a prompt', () => {
    const rules = anonymous();
    after(rules, inputs.stepUp(1));
    expect(texts(rules, inputs.commandResolved)).to.eql(['reject 1 command-failed']);
    const prompted = after(anonymous(), inputs.pluginCalled(1), inputs.codeFailed('login-required'), inputs.stepUp(2));
    expect(texts(prompted, inputs.commandResolved)).to.eql(['reject 2 command-failed']);
  });

  it('is not over when its command has resolved after the call of Messenger', () => {
    const rules = after(anonymous(), inputs.stepUp(1));
    const { commandOperationId } = rules;
    rules.send(inputs.pluginCalled(1, 'signIn'));
    expect(texts(rules, { type: 'command-settled', operationId: commandOperationId })).to.eql([]);
    rules.send(inputs.codeReceived('c1'));
    expect(texts(rules, inputs.authenticated(firstJwt))).to.include('resolve 1 j1');
  });

  it('is not over when its command resolves during the silent attempt of another call', () => {
    const rules = after(anonymous(), inputs.stepUp(1));
    const { commandOperationId } = rules;
    rules.send(inputs.pluginCalled(1));
    expect(texts(rules, { type: 'command-settled', operationId: commandOperationId })).to.eql([]);
    expect(rules.model.callers).to.have.lengthOf(1);
  });

  it('whose command still runs when the person signs out gets no code', () => {
    const rules = after(anonymous(), inputs.stepUp(1));
    rules.record = { signOut: { at: rules.now } };
    expect(texts(rules, inputs.tick)).to.eql(['reject 1 login-required']);
    expect(texts(rules, inputs.pluginCalled(1, 'signIn'))).to.include('refuse 1 login-required');
  });

  it('after a sign-out in another tab starts with the click in Messenger', () => {
    const rules = after(anonymous());
    rules.record = { signOut: { at: rules.now } };
    rules.send(inputs.tick);
    rules.activated = true;
    expect(texts(rules, inputs.pluginCalled(1, 'signIn'))).to.include('code silent');
    expect(texts(rules, inputs.codeReceived('c1'))).to.include('answer 1 c1');
  });

  it('of a person whose JWT has expired refreshes it, even if another tab has a newer one', () => {
    const rules = signedIn();
    rules.model = { ...rules.model, allowSessionUpgrade: true };
    rules.visible = false;
    rules.now = t0 + lifetime;
    const [effect] = rules.send(inputs.stepUp(1));
    expect(effect).to.include({ do: 'refresh', force: true });
  });
});

describe('loading', () => {
  const starts = (
    record: Rules['record'],
    changes: Parameters<typeof configOf>[0],
    framesUnusable = false,
  ): boolean => {
    const rules = new Rules(configOf(changes));
    rules.record = record;
    rules.framesUnusable = framesUnusable;
    return texts(rules, inputs.start).includes('warm');
  };

  it('prepares a silent attempt only where one is likely', () => {
    expect(starts({}, {})).to.equal(true);
    expect(starts({ issuedAt: t0, expiresAt: t0 + lifetime }, {})).to.equal(false);
    expect(starts({}, { signInModes: ['popup'] })).to.equal(false);
    expect(starts({}, {}, true)).to.equal(false);
    expect(starts({ signOut: { at: t0 } }, {})).to.equal(false);
  });

  it('twice does not start again', () => {
    for (const rules of [signedIn(), loading()]) {
      const phase = phaseOf(rules.model);
      expect(texts(rules, inputs.loaded)).to.eql(['ready']);
      expect(phaseOf(rules.model)).to.equal(phase);
    }
  });

  it('that does not end says what is missing', () => {
    const rules = after(new Rules(), inputs.start, inputs.loaded);
    rules.now += 10_000;
    expect(errorOf(rules.send(inputs.tick)).message).to.equal('Messenger’s Auth plugin did not become ready in time.');
  });

  it('reports that storage is blocked', () => {
    expect(texts(new Rules(), { type: 'start', loopEntries: [], blocked: true })).to.include('report storage-blocked');
  });

  it('does not show a stored JWT after a sign-out in another tab', () => {
    const rules = loading();
    rules.record = { signOut: { at: t0 } };
    rules.now += 300;
    expect(texts(rules, inputs.tick)).to.include('Auth.logout');
  });
});

describe('an exchange that fails', () => {
  const exchanging = (): Rules => runRows([...codeAnswered]);

  it('is told in words, shortened', () => {
    for (const [failure, text] of [
      [{ status: 400, message: 'bad code' }, 'Auth.error 400 bad code'],
      [{}, 'Auth.error'],
      [{ message: 'x'.repeat(300) }, `Auth.error ${'x'.repeat(189)}`],
    ] as const) {
      const error = errorOf(exchanging().send(inputs.authError(failure)));
      expect(error.message).to.equal(`Genesys could not exchange the code (${text}).`);
    }
  });

  it('has the usual hint without a contextId', () => {
    expect(errorOf(exchanging().send(inputs.authError({}))).hint)
      .to.not.contain('undefined')
      .and.not.equal('');
  });

  it('because of no answer says so', () => {
    const rules = after(exchanging(), inputs.authenticating);
    rules.now += 15_000;
    expect(errorOf(rules.send(inputs.tick)).message).to.contain('(no answer)');
  });

  it('waits as long as there were failed exchanges, whatever else is in the loop breaker', () => {
    const rules = exchanging();
    rules.model = { ...rules.model, loopEntries: Array.from({ length: 5 }, () => ['silent', rules.now]) };
    rules.send(inputs.authError({}));
    expect(rules.due - (rules.now - t0)).to.equal(500);
  });

  it('is no matter of a phase without an exchange', () => {
    const rules = signedIn();
    const { phase, reason } = rules.model;
    expect(texts(rules, inputs.authenticating)).to.eql([]);
    expect([rules.model.phase, rules.model.reason]).to.eql([phase, reason]);
  });

  it('too often has the last failure as the cause of its error', () => {
    const rules = exchanging();
    rules.model = { ...rules.model, loopEntries: Array.from({ length: 2 }, () => ['exchange', rules.now]) };
    const [effect] = rules.send(inputs.authError({ status: 400 }));
    expect(effect?.do === 'report' && effect.error.cause).to.include({ code: 'exchange-failed' });
    expect(effect?.do === 'report' && effect.error.trace).to.have.lengthOf(1);
  });
});

describe('a code that nobody fetches', () => {
  it('fails with words that say so', () => {
    const rules = nobody();
    rules.now += 1_000;
    rules.send(inputs.tick);
    rules.now += 3_000;
    after(rules, inputs.tick, inputs.codeReceived('c1'));
    rules.now += 5_000;
    expect(errorOf(rules.send(inputs.tick)).message).to.equal('Messenger did not request the new code.');
  });
});

describe('waking up', () => {
  const redirecting = (): Rules => {
    const rules = nobody(new Rules(configOf({ signInModes: ['redirect'] })));
    rules.activated = true;
    return after(rules, inputs.signIn(1));
  };

  it('ends a redirect only where the Back button has restored the page', () => {
    const restored = redirecting();
    expect(texts(restored, inputs.wake)).to.eql([]);
    expect(phaseOf(restored.model)).to.equal('signing-in code redirect');
    restored.send(inputs.pageShown);
    expect(phaseOf(restored.model)).to.equal('interaction-required popup-closed');
  });

  it('ends no other attempt, and nothing else', () => {
    const silent = after(nobody(), inputs.pluginCalled(1));
    const popup = after(nobody(new Rules(configOf({ signInModes: ['popup'] }))), inputs.signIn(1));
    for (const rules of [silent, popup, signedIn(), renewing()]) {
      const phase = phaseOf(rules.model);
      expect(texts(rules, inputs.pageShown)).to.eql([]);
      expect(phaseOf(rules.model)).to.equal(phase);
    }
  });

  it('tries a failed refresh again, at once after one failure', () => {
    expect(texts(waitingToRetry(), inputs.wake)).to.eql(['Auth.refreshToken']);
  });

  it('starts no second refresh', () => {
    expect(texts(renewing(), inputs.wake)).to.eql([]);
  });

  it('tries again at once after a silent attempt, and during an outage not before the next one', () => {
    for (const [outageWaits, sinceSilentMs, tried] of [
      [undefined, 1_000, true],
      [0, 1_000, true],
      [1, 9_999, false],
      [1, 10_000, true],
      [1, Infinity, true],
    ] as const) {
      const rules = waitingToRetry();
      rules.model = { ...rules.model, outageWaits, lastSilentAt: rules.now - sinceSilentMs };
      expect(texts(rules, inputs.wake).includes('Auth.refreshToken'), `${outageWaits} ${sinceSilentMs}`).to.equal(
        tried,
      );
    }
  });

  it('starts no probe beside one that still runs', () => {
    const rules = signedIn(new Rules(configOf({ silentTimeoutMs: 20_000 })));
    after(rules, inputs.pluginCalled(1), inputs.codeFailed('login-required'));
    rules.now += 10_000;
    expect(texts(rules, inputs.wake)).to.eql(['code silent']);
    rules.now += 11_000;
    expect(texts(rules, inputs.wake)).to.eql([]);
  });
});

describe('a call of Messenger', () => {
  it('waits for the refresh that runs', () => {
    expect(texts(renewing(), inputs.pluginCalled(1))).to.eql([]);
  });

  it('does not change when the next refresh starts, without an outage', () => {
    const rules = waitingToRetry();
    rules.model = { ...rules.model, outageWaits: undefined };
    const { due: before } = rules;
    rules.send(inputs.pluginCalled(1));
    expect(rules.due).to.equal(Math.min(before, rules.now - t0 + 300_000));
  });

  it('after the person has signed out here is refused', () => {
    const rules = after(signedIn(), inputs.signOut(1), inputs.commandResolved);
    rules.record = {};
    expect(texts(rules, inputs.pluginCalled(1))).to.eql(['refuse 1 login-required']);
  });

  it('is tried after a failure that was no loop', () => {
    const rules = after(nobody(), inputs.pluginCalled(1), inputs.codeFailed('config-invalid'));
    expect(phaseOf(rules.model)).to.equal('failed config-invalid');
    expect(texts(rules, inputs.pluginCalled(2))).to.eql(['code silent']);
  });

  it('that is refused tells Messenger why', () => {
    const rules = after(anonymous(), inputs.pluginCalled(1, 'signIn'), inputs.codeFailed('login-required'));
    const published = rules.send(inputs.dismiss).find(({ do: what }) => what === 'publish');
    expect(published?.do === 'publish' && published.data)
      .to.have.property('message')
      .that.is.a('string');
  });
});

describe('the test of hidden frames', () => {
  const popupSignIn = (rules: Rules): Rules => {
    after(nobody(rules), inputs.signIn(1), inputs.codeReceived('c1'), inputs.pluginCalled(1), inputs.authenticating);
    return after(rules, inputs.authenticated(firstJwt));
  };

  it('does not follow a probe, which is silent itself', () => {
    const rules = after(signedIn(), inputs.pluginCalled(1), inputs.codeFailed('login-required'));
    rules.now += 10_000;
    after(rules, inputs.wake, inputs.codeReceived('c1'));
    expect(rules.model.frameTest).to.equal(undefined);
  });

  it('is cancelled by the next attempt, and nothing is where none runs', () => {
    const cancelled = (rules: Rules): readonly unknown[] => {
      const [, effects] = transition(rules.model, inputs.pluginCalled(5), rules.conditions);
      return effects.flatMap((effect) => (effect.do === 'cancel' ? effect.operationId : []));
    };
    const rules = popupSignIn(new Rules());
    expect(rules.model.frameTest).to.be.a('number');
    expect(cancelled(rules)).to.eql([rules.model.frameTest]);
    expect(cancelled(signedIn())).to.eql([]);
  });
});

describe('the trace', () => {
  it('keeps the twenty latest attempts', () => {
    const rules = after(nobody(), inputs.pluginCalled(1), inputs.codeFailed('login-required'));
    for (let click = 1; click <= 30; click++) {
      after(rules, inputs.signIn(click), inputs.codeFailed('popup-closed'));
    }
    expect(rules.model.trace).to.have.lengthOf(20);
    expect(rules.model.trace[0]?.verdict).to.equal('popup-closed');
  });

  it('names the page as the rung where codeProvider gets the code', () => {
    const rules = after(nobody(new Rules(configOf({ codeProvider: true }))), inputs.pluginCalled(1));
    rules.send(inputs.codeFailed('login-required'));
    expect(rules.model.trace.map(({ rung }) => rung)).to.eql(['page']);
  });

  it('names a probe silent, and a redirect redirect', () => {
    const rules = after(signedIn(), inputs.pluginCalled(1), inputs.codeFailed('login-required'));
    rules.now += 10_000;
    after(rules, inputs.wake, inputs.codeFailed('silent-timeout'));
    expect(rules.model.trace.map(({ rung }) => rung)).to.eql(['silent', 'silent']);
    const returned = after(new Rules(), inputs.start, inputs.redirectReturned('c1'));
    expect(returned.model.trace).to.eql([{ rung: 'redirect', verdict: 'code', ms: 0 }]);
  });

  it('starts anew when the person tries again', () => {
    const rules = after(nobody(), inputs.pluginCalled(1));
    for (let tries = 0; tries < 3; tries++) {
      after(rules, inputs.codeFailed('discovery-failed'));
      rules.now = t0 + rules.due;
      if (tries < 2) after(rules, inputs.tick);
    }
    expect(phaseOf(rules.model)).to.equal('failed discovery-failed');
    after(rules, inputs.retry);
    expect(rules.model.trace).to.eql([]);
    expect(rules.model.loopEntries.map(([cause]) => cause)).to.eql(['silent']);
  });
});

describe('a popup', () => {
  it('that fails is reported, also when the person has closed it', () => {
    const rules = after(nobody(), inputs.signIn(1));
    expect(texts(rules, inputs.codeFailed('popup-closed'))).to.include('report popup-closed');
  });

  it('of a step-up stays the rung after the prompt', () => {
    const rules = nobody(new Rules(configOf({ signInModes: ['silent', 'redirect', 'popup'] })));
    after(rules, inputs.pluginCalled(1), inputs.codeFailed('login-required'), inputs.signIn(1));
    expect(phaseOf(rules.model)).to.equal('signing-in code popup');
    expect(texts(rules, inputs.dismiss)).to.include('report popup-closed');
    rules.popups = false;
    rules.send(inputs.signIn(2));
    expect(phaseOf(rules.model)).to.equal('signing-in code popup');
  });

  it('is not cancelled by dismissing something else', () => {
    const rules = after(nobody(), inputs.pluginCalled(1));
    expect(texts(rules, inputs.dismiss)).to.eql([]);
    expect(phaseOf(rules.model)).to.equal('signing-in code silent');
  });
});

describe('signIn() after a failure', () => {
  it('opens the popup where Messenger is there, and loads Messenger where it is not', () => {
    const failed = after(nobody(), inputs.pluginCalled(1), inputs.codeFailed('discovery-failed'));
    expect(texts(failed, inputs.signIn(1))).to.eql(['code popup']);
    const notLoaded = after(new Rules(), inputs.start, inputs.loaded);
    notLoaded.now += 10_000;
    notLoaded.send(inputs.tick);
    expect(texts(notLoaded, inputs.signIn(1))).to.include('connect');
  });
});

describe('retrying', () => {
  it('does nothing where nothing has failed', () => {
    for (const rules of [signedIn(), renewing(), loading(), nobody()]) {
      const { phase } = rules.model;
      expect(texts(rules, inputs.retry)).to.eql([]);
      expect(rules.model.phase).to.equal(phase);
    }
  });
});

describe('a change of the person', () => {
  it('shares a fingerprint, which the other tabs need', () => {
    const rules = personChanged();
    rules.send(inputs.commandResolved);
    after(rules, inputs.codeReceived('c2'), inputs.pluginCalled(5), inputs.authenticating);
    rules.now += 1_000;
    rules.send(inputs.authenticated(jwt('b2', lifetime, rules.now, 'bob')));
    expect(rules.record.person).to.equal(fingerprint(bob.claims, 0));
  });
});
