import { expect } from '@open-wc/testing';
import { jwt, t0 } from '../support/fixtures.js';
import { lifetime, minute, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, type Rules, runRows, textOf, textsOf } from '../support/harness-rules.js';
import type { ErrorCode } from '../../src/core/errors.js';

const begin = lifetime + minute;
const down = inputs.commandRejected({ status: 503 });

/** The JWT expired while the page was hidden, and the page becomes visible. */
function visibleAgain(): Rules {
  const rules = signedIn();
  rules.now = t0 + begin;
  expect(rules.send(inputs.wake).map(textOf)).to.eql(['Auth.refreshToken']);
  return rules;
}

/** Genesys answers four refreshes with 503. */
function genesysDown(): Rules {
  return runRows(
    [
      [begin + 100, down, 'renewing', []],
      [begin + 600, inputs.tick, 'renewing', ['Auth.refreshToken']],
      [begin + 700, down, 'renewing', []],
      [begin + 1_700, inputs.tick, 'renewing', ['Auth.refreshToken']],
      [begin + 1_800, down, 'renewing', []],
      [begin + 3_800, inputs.tick, 'renewing', ['Auth.refreshToken']],
      [begin + 3_900, down, 'reauthenticating awaiting-call', []],
      [begin + 4_000, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
    ],
    visibleAgain(),
  );
}

/** The silent attempt that follows fails, too. */
const inOutage = (code: ErrorCode = 'silent-refused'): Rules =>
  runRows([[begin + 5_000, inputs.codeFailed(code), 'renewing', [`report ${code}`]]], genesysDown());

describe('an outage of Genesys and the provider', () => {
  for (const code of ['silent-refused', 'silent-timeout', 'discovery-failed', 'offline'] as const) {
    it(`shows no prompt after ${code}`, () => {
      expect(phaseOf(inOutage(code).model)).to.equal('renewing');
    });
  }

  it('shows the prompt after login-required', () => {
    runRows(
      [[begin + 5_000, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']]],
      genesysDown(),
    );
  });

  it('is reported once, and the delay of the next try doubles', () => {
    const rules = inOutage();
    for (const wait of [4_000, 8_000, 16_000, 32_000, 64_000, 120_000]) {
      const from = rules.now - t0;
      expect(rules.due).to.equal(from + wait);
      runRows(
        [
          [from + wait, inputs.tick, 'renewing', ['Auth.refreshToken']],
          [from + wait + 100, down, 'reauthenticating code silent', ['code silent']],
          [from + wait + 1_000, inputs.codeFailed('silent-refused'), 'renewing', []],
        ],
        rules,
      );
    }
  });

  it('continues when Messenger has deleted its refresh token because of it', () => {
    const refreshTokenDeleted = inputs.commandRejected({ message: 'Refresh token is not available' });
    const rules = runRows(
      [
        [begin + 9_000, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [begin + 9_001, refreshTokenDeleted, 'reauthenticating code silent', ['code silent']],
        [begin + 10_000, inputs.codeFailed('silent-refused'), 'renewing', []],
      ],
      inOutage(),
    );
    expect(rules.due).to.equal(begin + 18_000);
  });

  it('ends with the prompt when Genesys refuses the refresh', () => {
    runRows(
      [
        [begin + 9_000, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [begin + 9_100, inputs.commandRejected({ status: 401 }), 'reauthenticating code silent', ['code silent']],
        [begin + 10_000, inputs.codeFailed('silent-refused'), 'interaction-required silent-refused', ['prepare']],
      ],
      inOutage(),
    );
  });

  it('ends without a prompt when Genesys answers again', () => {
    runRows(
      [
        [begin + 9_000, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [
          begin + 9_100,
          inputs.authenticated(jwt('j2', lifetime, t0 + begin + 9_000)),
          'reauthenticating code silent',
          ['token j2 refresh', 'code silent'],
        ],
      ],
      inOutage(),
    );
  });

  it('is tried again sooner when Messenger calls or the page becomes visible, but not too often', () => {
    const rules = inOutage();
    runRows([[begin + 5_100, inputs.wake, 'renewing', []]], rules);
    expect(rules.due).to.equal(begin + 9_000);
    runRows(
      [
        [begin + 9_000, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [begin + 9_100, down, 'reauthenticating code silent', ['code silent']],
        [begin + 10_000, inputs.codeFailed('silent-refused'), 'renewing', []],
        [begin + 18_000, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [begin + 18_100, down, 'reauthenticating code silent', ['code silent']],
        [begin + 19_000, inputs.codeFailed('silent-refused'), 'renewing', []],
        [begin + 20_000, inputs.pluginCalled(2), 'renewing', []],
      ],
      rules,
    );
    expect(rules.due).to.equal(begin + 28_100);
    runRows([[begin + 28_100, inputs.wake, 'renewing', ['Auth.refreshToken']]], rules);
  });

  it('does not keep signIn() from opening the popup', () => {
    runRows([[begin + 6_000, inputs.signIn(1), 'reauthenticating code popup', ['code popup']]], inOutage());
  });

  it('rejects reauthenticate()', () => {
    const rules = genesysDown();
    rules.send(inputs.reauthenticate(7));
    rules.now = t0 + begin + 5_000;
    expect(textsOf(rules.send(inputs.codeFailed('silent-refused')))).to.eql([
      'report silent-refused',
      'reject 7 silent-refused',
    ]);
  });

  it('ends with the prompt half an hour after the JWT expired', () => {
    const rules = inOutage();
    const late = lifetime + 30 * minute;
    rules.now = t0 + late;
    rules.send(inputs.tick);
    rules.now += 100;
    rules.send(down);
    rules.send(inputs.pluginCalled(2, 'reAuthenticate'));
    rules.now += 1_000;
    expect(textsOf(rules.send(inputs.codeFailed('silent-refused')))).to.contain('prepare');
    expect(phaseOf(rules.model)).to.equal('interaction-required silent-refused');
  });

  it('is not assumed when Messenger does not answer: the prompt appears', () => {
    const rules = visibleAgain();
    while (rules.model.phase.name === 'renewing') {
      rules.now = t0 + rules.due;
      rules.send(inputs.tick);
    }
    rules.send(inputs.pluginCalled(1, 'reAuthenticate'));
    rules.now += 1_000;
    rules.send(inputs.codeFailed('silent-refused'));
    expect(phaseOf(rules.model)).to.equal('interaction-required silent-refused');
  });
});

describe('a prompt because the provider did not answer', () => {
  /** Genesys refused the refresh token; the provider is down. */
  const prompted = (): Rules =>
    runRows(
      [
        [1_000, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [2_000, inputs.codeFailed('silent-refused'), 'interaction-required silent-refused', ['prepare']],
      ],
      signedIn(),
    );

  it('disappears when the provider answers again', () => {
    const rules = prompted();
    expect(rules.due).to.equal(2_000 + 2 * minute);
    runRows(
      [
        [2_000 + 2 * minute, inputs.tick, 'interaction-required probe silent-refused', ['code silent']],
        [2_500 + 2 * minute, inputs.codeFailed('silent-refused'), 'interaction-required silent-refused', []],
        [2_500 + 4 * minute, inputs.tick, 'interaction-required probe silent-refused', ['code silent']],
        [3_000 + 4 * minute, inputs.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
      ],
      rules,
    );
  });

  it('starts no probe while the page is hidden', () => {
    const rules = prompted();
    rules.visible = false;
    runRows([[2_000 + 2 * minute, inputs.tick, 'interaction-required silent-refused', []]], rules);
    rules.visible = true;
    runRows([[4 * minute, inputs.wake, 'interaction-required probe silent-refused', ['code silent']]], rules);
  });

  it('remains after login-required', () => {
    const rules = runRows(
      [
        [1_000, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [2_000, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      ],
      signedIn(),
    );
    expect(rules.model.phase.dueAt).to.equal(undefined);
  });
});
