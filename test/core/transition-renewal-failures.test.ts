import { expect } from '@open-wc/testing';
import { jwt, t0 } from '../support/fixtures.js';
import { due, lifetime, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, runRows, textOf } from '../support/harness-rules.js';

const later = (name: string, at: number) => jwt(name, lifetime, t0 + at);

describe('renewal that fails', () => {
  const faults: ReadonlyArray<readonly [string, { status?: number; message?: string }]> = [
    ['a network fault', { message: 'Network Error' }],
    ['a 503', { status: 503 }],
    ['a 429', { status: 429 }],
  ];
  for (const [name, failure] of faults) {
    it(`tries again after ${name}, with a growing delay, and signs nobody out`, () => {
      runRows(
        [
          [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
          [due + 100, inputs.commandRejected(failure), 'signed-in', []],
          [due + 4100, inputs.tick, 'renewing', ['Auth.refreshToken']],
          [due + 4200, inputs.commandRejected(failure), 'signed-in', []],
          [due + 12_200, inputs.tick, 'renewing', ['Auth.refreshToken']],
          [due + 12_300, inputs.authenticated(later('j2', due)), 'signed-in', ['token j2 refresh']],
        ],
        signedIn(),
      );
    });
  }

  it('tries again when a refresh does not settle', () => {
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 13_000, inputs.tick, 'signed-in', []],
        [due + 17_000, inputs.tick, 'renewing', ['Auth.refreshToken']],
      ],
      signedIn(),
    );
  });

  it('rejects refresh() when the refresh fails temporarily', () => {
    runRows(
      [
        [1000, inputs.refresh(1), 'renewing', ['Auth.refreshToken']],
        [1100, inputs.commandRejected({ status: 503 }), 'signed-in', ['reject 1 refresh-failed']],
      ],
      signedIn(),
    );
  });

  it('rejects refresh() with offline, and continues when the network is back', () => {
    const rules = signedIn();
    rules.online = false;
    runRows(
      [
        [1000, inputs.refresh(1), 'renewing', ['Auth.refreshToken']],
        [1100, inputs.commandRejected({}), 'signed-in', ['reject 1 offline']],
      ],
      rules,
    );
    rules.now = t0 + 1200;
    expect(rules.send(inputs.wake).map(textOf)).to.eql([]);
    rules.online = true;
    expect(rules.send(inputs.wake).map(textOf)).to.eql(['Auth.refreshToken']);
  });

  it('keeps trying with an expired JWT while the device is offline', () => {
    const rules = signedIn();
    rules.online = false;
    rules.now = t0 + lifetime + 500;
    for (let failures = 0; failures < 8; failures++) {
      rules.now = Math.max(rules.now, t0 + rules.due);
      expect(rules.send(inputs.tick).map(textOf)).to.eql(['Auth.refreshToken']);
      rules.send(inputs.commandRejected({}));
      expect(phaseOf(rules.model)).to.equal('renewing');
    }
    expect(rules.due - (rules.now - t0)).to.be.within(30_000, 60_000);
  });

  it('gets a new code after four failed refreshes of an expired JWT', () => {
    const rules = signedIn();
    rules.visible = false;
    rules.now = t0 + lifetime + 500;
    rules.visible = true;
    for (let failures = 0; failures < 4; failures++) {
      rules.now = Math.max(rules.now, t0 + rules.due);
      rules.send(inputs.tick);
      rules.send(inputs.commandRejected({ status: 503 }));
    }
    expect(phaseOf(rules.model)).to.equal('reauthenticating awaiting-call');
  });

  it('gets a new code at once for a call when the refresh fails temporarily', () => {
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 50, inputs.pluginCalled(1), 'renewing', []],
        [due + 100, inputs.commandRejected({ status: 503 }), 'reauthenticating code silent', ['code silent']],
      ],
      signedIn(),
    );
  });
});
