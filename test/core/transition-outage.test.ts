import { expect } from '@open-wc/testing';
import { jwt, t0 } from '../support/fixtures.js';
import { life, minute, signedIn } from '../support/fixtures-signed-in.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, type Rules, tell, wordsOf } from '../support/harness-rules.js';
import type { ErrorCode } from '../../src/core/errors.js';

const begin = life + minute;
const down = say.rejected({ status: 503 });

/** The page was hidden while the JWT ended, and is seen again. */
function seenAgain(): Rules {
  const rules = signedIn();
  rules.now = t0 + begin;
  expect(rules.send(say.wake).map(wordsOf)).to.eql(['Auth.refreshToken']);
  return rules;
}

/** Genesys answers four times that it cannot now. */
function faulty(): Rules {
  return tell(
    [
      [begin + 100, down, 'renewing', []],
      [begin + 600, say.tick, 'renewing', ['Auth.refreshToken']],
      [begin + 700, down, 'renewing', []],
      [begin + 1_700, say.tick, 'renewing', ['Auth.refreshToken']],
      [begin + 1_800, down, 'renewing', []],
      [begin + 3_800, say.tick, 'renewing', ['Auth.refreshToken']],
      [begin + 3_900, down, 'reauthenticating awaiting-call', []],
      [begin + 4_000, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
    ],
    seenAgain(),
  );
}

/** And the provider does not answer either. */
const inOutage = (code: ErrorCode = 'silent-refused'): Rules =>
  tell([[begin + 5_000, say.codeFailed(code), 'renewing', [`report ${code}`]]], faulty());

describe('the rules of an outage', () => {
  for (const code of ['silent-refused', 'silent-timeout', 'discovery-failed', 'offline'] as const) {
    it(`nobody is asked who could not be signed in either: ${code}`, () => {
      expect(phaseOf(inOutage(code).model)).to.equal('renewing');
    });
  }

  it('whoever is signed out at the provider is asked all the same', () => {
    tell(
      [[begin + 5_000, say.codeFailed('login-required'), 'interaction-required login-required', ['prepare']]],
      faulty(),
    );
  });

  it('is said once, and tried again later each time', () => {
    const rules = inOutage();
    for (const wait of [4_000, 8_000, 16_000, 32_000, 64_000, 120_000]) {
      const from = rules.now - t0;
      expect(rules.due).to.equal(from + wait);
      tell(
        [
          [from + wait, say.tick, 'renewing', ['Auth.refreshToken']],
          [from + wait + 100, down, 'reauthenticating code silent', ['code silent']],
          [from + wait + 1_000, say.codeFailed('silent-refused'), 'renewing', []],
        ],
        rules,
      );
    }
  });

  it('goes on where Messenger has dropped its refresh token over it', () => {
    const gone = say.rejected({ message: 'Refresh token is not available' });
    const rules = tell(
      [
        [begin + 9_000, say.tick, 'renewing', ['Auth.refreshToken']],
        [begin + 9_001, gone, 'reauthenticating code silent', ['code silent']],
        [begin + 10_000, say.codeFailed('silent-refused'), 'renewing', []],
      ],
      inOutage(),
    );
    expect(rules.due).to.equal(begin + 18_000);
  });

  it('is none any more once Genesys says no: a person is asked', () => {
    tell(
      [
        [begin + 9_000, say.tick, 'renewing', ['Auth.refreshToken']],
        [begin + 9_100, say.rejected({ status: 401 }), 'reauthenticating code silent', ['code silent']],
        [begin + 10_000, say.codeFailed('silent-refused'), 'interaction-required silent-refused', ['prepare']],
      ],
      inOutage(),
    );
  });

  it('when it is over, nobody has noticed', () => {
    tell(
      [
        [begin + 9_000, say.tick, 'renewing', ['Auth.refreshToken']],
        [
          begin + 9_100,
          say.authenticated(jwt('j2', life, t0 + begin + 9_000)),
          'reauthenticating code silent',
          ['token j2 refresh', 'code silent'],
        ],
      ],
      inOutage(),
    );
  });

  it('is looked at sooner when Messenger calls, or the page is seen, but not again and again', () => {
    const rules = inOutage();
    tell([[begin + 5_100, say.wake, 'renewing', []]], rules);
    expect(rules.due).to.equal(begin + 9_000);
    tell(
      [
        [begin + 9_000, say.tick, 'renewing', ['Auth.refreshToken']],
        [begin + 9_100, down, 'reauthenticating code silent', ['code silent']],
        [begin + 10_000, say.codeFailed('silent-refused'), 'renewing', []],
        [begin + 18_000, say.tick, 'renewing', ['Auth.refreshToken']],
        [begin + 18_100, down, 'reauthenticating code silent', ['code silent']],
        [begin + 19_000, say.codeFailed('silent-refused'), 'renewing', []],
        [begin + 20_000, say.pluginCalled(2), 'renewing', []],
      ],
      rules,
    );
    expect(rules.due).to.equal(begin + 28_100);
    tell([[begin + 28_100, say.wake, 'renewing', ['Auth.refreshToken']]], rules);
  });

  it('the page’s own button leads to the provider all the same', () => {
    tell([[begin + 6_000, say.signIn(1), 'reauthenticating code popup', ['code popup']]], inOutage());
  });

  it('a page that waits for the JWT is told', () => {
    const rules = faulty();
    rules.send(say.reauthenticate(7));
    rules.now = t0 + begin + 5_000;
    expect(rules.send(say.codeFailed('silent-refused')).map(wordsOf)).to.eql([
      'report silent-refused',
      'reject 7 silent-refused',
    ]);
  });

  it('half an hour after the JWT’s end it is none any more: a person is asked', () => {
    const rules = inOutage();
    const late = life + 30 * minute;
    rules.now = t0 + late;
    rules.send(say.tick);
    rules.now += 100;
    rules.send(down);
    rules.send(say.pluginCalled(2, 'reAuthenticate'));
    rules.now += 1_000;
    expect(rules.send(say.codeFailed('silent-refused')).map(wordsOf)).to.contain('prepare');
    expect(phaseOf(rules.model)).to.equal('interaction-required silent-refused');
  });

  it('is none where Messenger does not answer: a person is asked', () => {
    const rules = seenAgain();
    while (rules.model.phase.name === 'renewing') {
      rules.now = t0 + rules.due;
      rules.send(say.tick);
    }
    rules.send(say.pluginCalled(1, 'reAuthenticate'));
    rules.now += 1_000;
    rules.send(say.codeFailed('silent-refused'));
    expect(phaseOf(rules.model)).to.equal('interaction-required silent-refused');
  });
});

describe('a prompt for want of an answer', () => {
  /** Genesys refused the refresh token; the provider is down. */
  const prompted = (): Rules =>
    tell(
      [
        [1_000, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [2_000, say.codeFailed('silent-refused'), 'interaction-required silent-refused', ['prepare']],
      ],
      signedIn(),
    );

  it('goes away by itself when the provider is back', () => {
    const rules = prompted();
    expect(rules.due).to.equal(2_000 + 2 * minute);
    tell(
      [
        [2_000 + 2 * minute, say.tick, 'interaction-required probe silent-refused', ['code silent']],
        [2_500 + 2 * minute, say.codeFailed('silent-refused'), 'interaction-required silent-refused', []],
        [2_500 + 4 * minute, say.tick, 'interaction-required probe silent-refused', ['code silent']],
        [3_000 + 4 * minute, say.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
      ],
      rules,
    );
  });

  it('waits for the page to be seen', () => {
    const rules = prompted();
    rules.visible = false;
    tell([[2_000 + 2 * minute, say.tick, 'interaction-required silent-refused', []]], rules);
    rules.visible = true;
    tell([[4 * minute, say.wake, 'interaction-required probe silent-refused', ['code silent']]], rules);
  });

  it('stays where the provider said that a person is needed', () => {
    const rules = tell(
      [
        [1_000, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [2_000, say.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      ],
      signedIn(),
    );
    expect(rules.model.phase.dueAt).to.equal(undefined);
  });
});
