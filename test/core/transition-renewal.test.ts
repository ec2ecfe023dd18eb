import { expect } from '@open-wc/testing';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import { due, firstJwt, lifetime, minute, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { Rules, runRows, textOf } from '../support/harness-rules.js';

const later = (name: string, at: number) => jwt(name, lifetime, t0 + at);

describe('renewal', () => {
  it('J3: refreshes by itself before the JWT expires, once per lifetime', () => {
    const rules = signedIn();
    expect(rules.due).to.equal(due);
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 300, inputs.authenticated(later('j2', due)), 'signed-in', ['token j2 refresh']],
        [due + 301, inputs.commandResolved, 'signed-in', []],
      ],
      rules,
    );
    expect(rules.due).to.equal(due + 300 + due);
  });

  it('J3: accepts a JWT that arrives after the refresh command has resolved', () => {
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 200, inputs.commandResolved, 'renewing', []],
        [due + 300, inputs.authenticated(later('j2', due)), 'signed-in', ['token j2 refresh']],
      ],
      signedIn(),
    );
  });

  it('does nothing before it is due', () => {
    runRows(
      [
        [due - 1, inputs.wake, 'signed-in', []],
        [due - 1, inputs.tick, 'signed-in', []],
      ],
      signedIn(),
    );
  });

  it('starts in a hidden page when it becomes visible', () => {
    const rules = signedIn();
    rules.visible = false;
    expect(rules.due).to.equal(Infinity);
    runRows([[lifetime + minute, inputs.tick, 'signed-in', []]], rules);
    rules.visible = true;
    rules.now = t0 + lifetime + minute;
    expect(rules.send(inputs.wake).map(textOf)).to.eql(['Auth.refreshToken']);
  });

  it('J4: waits for the expiry once an early refresh has returned the same JWT', () => {
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 300, inputs.authenticated(firstJwt), 'signed-in', []],
        [due + 301, inputs.commandResolved, 'signed-in', []],
        [lifetime + 500, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [lifetime + 800, inputs.authenticated(later('j2', lifetime)), 'signed-in', ['token j2 refresh']],
        // One refresh per lifetime from now on.
        [lifetime + 800 + lifetime + 500, inputs.tick, 'renewing', ['Auth.refreshToken']],
      ],
      signedIn(),
    );
  });

  it('J4: recognizes the same JWT by exp, even if its text differs', () => {
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 300, inputs.authenticated({ ...firstJwt, jwt: 'j1-signed-again' }), 'signed-in', []],
        [lifetime + 500, inputs.tick, 'renewing', ['Auth.refreshToken']],
      ],
      signedIn(),
    );
  });

  it('J4: recognizes the same JWT when Messenger resolves without an event', () => {
    const rules = signedIn();
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 1, inputs.refresh(1), 'renewing', []],
        [due + 300, inputs.commandResolved, 'renewing', []],
        [due + 1300, inputs.tick, 'signed-in', ['resolve 1 j1']],
        [lifetime + 500, inputs.tick, 'renewing', ['Auth.refreshToken']],
      ],
      rules,
    );
  });

  it('J4: refreshes at most twice per lifetime, whether or not Messenger reports the same JWT', () => {
    for (const answers of [true, false]) {
      const rules = signedIn();
      let refreshes = 0;
      while (rules.due < lifetime + 500 + minute && refreshes < 10) {
        rules.now = t0 + rules.due;
        if (rules.now >= t0 + lifetime + 500) break;
        const done = rules.send(inputs.tick).map(textOf);
        if (!done.includes('Auth.refreshToken')) continue;
        refreshes++;
        rules.now += 100;
        if (answers) rules.send(inputs.authenticated(firstJwt));
        rules.send(inputs.commandResolved);
      }
      expect(refreshes).to.equal(1);
      expect(rules.due).to.equal(lifetime + 500);
    }
  });

  it('gets a code for a call that arrived while Messenger kept its JWT', () => {
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 100, inputs.pluginCalled(1), 'renewing', []],
        [due + 300, inputs.commandResolved, 'renewing', []],
        [due + 1300, inputs.tick, 'reauthenticating code silent', ['code silent']],
      ],
      signedIn(),
    );
  });

  it('gets a code for a call that arrived during the refresh', () => {
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 100, inputs.pluginCalled(1), 'renewing', []],
        [
          due + 300,
          inputs.authenticated(later('j2', due)),
          'reauthenticating code silent',
          ['token j2 refresh', 'code silent'],
        ],
      ],
      signedIn(),
    );
  });

  it('shares one refresh among concurrent callers', () => {
    runRows(
      [
        [1000, inputs.refresh(1), 'renewing', ['Auth.refreshToken']],
        [1001, inputs.refresh(2), 'renewing', []],
        [1002, inputs.signIn(3), 'renewing', ['resolve 3 j1']],
        [
          1400,
          inputs.authenticated(later('j2', 1000)),
          'signed-in',
          ['token j2 refresh', 'resolve 1 j2', 'resolve 2 j2'],
        ],
      ],
      signedIn(),
    );
  });

  it('refreshes an expired JWT before Messenger configures a new socket with it', () => {
    const rules = signedIn();
    rules.visible = false;
    runRows(
      [
        [1000, inputs.reconnecting, 'signed-in', []],
        [lifetime, inputs.reconnecting, 'renewing', ['Auth.refreshToken']],
        [lifetime + 1, inputs.reconnecting, 'renewing', []],
      ],
      rules,
    );
  });

  for (const sameWhileValid of [false, true]) {
    it(`makes no storm of refreshes with JWTs of a second${sameWhileValid ? ' that an early refresh returns again' : ''}`, () => {
      const rules = signedIn();
      const short = (at: number) => jwt(`j${at}`, 1_000, t0 + at);
      rules.now = t0 + due;
      rules.send(inputs.tick);
      let refreshes = 0;
      for (let at = due; at < due + minute; at += 100) {
        rules.now = t0 + at;
        const effects = [...rules.send(inputs.tick), ...rules.send(inputs.wake), ...rules.send(inputs.reconnecting)];
        if (at > due && !effects.some((effect) => effect.do === 'refresh')) continue;
        refreshes++;
        rules.send(inputs.authenticated(short(at)));
        if (sameWhileValid) rules.model = { ...rules.model, sameWhileValid };
        rules.send(inputs.commandResolved);
      }
      expect(refreshes).to.be.within(3, 7);
    });
  }

  it('waits until something needs the JWT with renew="on-demand"', () => {
    const rules = signedIn(new Rules(configOf({ renew: 'on-demand' })));
    expect(rules.due).to.equal(Infinity);
    runRows([[lifetime + 1, inputs.reconnecting, 'renewing', ['Auth.refreshToken']]], rules);
  });

  it('leaves everything to Messenger with renew="off"', () => {
    const rules = signedIn(new Rules(configOf({ renew: 'off' })));
    expect(rules.due).to.equal(Infinity);
    runRows(
      [
        [lifetime + 1, inputs.reconnecting, 'signed-in', []],
        [lifetime + 2, inputs.wake, 'signed-in', []],
      ],
      rules,
    );
  });

  for (const renew of ['on-demand', 'off'] as const) {
    it(`does not repeat a failed refresh() by itself with renew="${renew}"`, () => {
      const rules = signedIn(new Rules(configOf({ renew })));
      runRows(
        [
          [1000, inputs.refresh(1), 'renewing', ['Auth.refreshToken']],
          [1100, inputs.commandRejected({ status: 503 }), 'signed-in', ['reject 1 refresh-failed']],
        ],
        rules,
      );
      expect(rules.due).to.equal(Infinity);
      expect(rules.send(inputs.wake)).to.eql([]);
    });
  }

  it('is postponed when Messenger refreshes by itself', () => {
    const rules = runRows(
      [[minute, inputs.authenticated(later('j2', minute)), 'signed-in', ['token j2 refresh']]],
      signedIn(),
    );
    expect(rules.due).to.equal(minute + due);
  });

  it('ignores the JWT that it already has', () => {
    runRows([[minute, inputs.authenticated(firstJwt), 'signed-in', []]], signedIn());
  });
});
