import { expect } from '@open-wc/testing';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, Rules, tell, wordsOf } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

const minute = 60_000;
const life = 15 * minute;
const first = jwt('j1', life);
const second = jwt('j2', life, t0 + life);
const due = life - 2 * minute;

function signedIn(rules = new Rules()): Rules {
  return tell(
    [
      [0, say.start, 'loading script', ['connect']],
      [0, say.loaded, 'loading auth', ['ready']],
      [0, say.authReady(true), 'loading stored-jwt', []],
      [0, say.authenticated(first), 'signed-in', ['token j1 restored', 'signed-in']],
    ],
    rules,
  );
}

const refused: readonly Row[] = [
  [due, say.tick, 'renewing', ['Auth.refreshToken']],
  [due + 100, say.rejected({ status: 401 }), 'reauthenticating summon', []],
];

describe('the rules of re-authentication', () => {
  it('J9: a dead refresh token with a live provider session costs nobody a click', () => {
    tell(
      [
        ...refused,
        [due + 200, say.asked(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [due + 600, say.granted('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [due + 610, say.authenticating, 'reauthenticating exchange', []],
        [due + 900, say.authenticated(second), 'signed-in', ['token j2 sign-in', 'signed-in']],
      ],
      signedIn(),
    );
  });

  it('J9: tells Messenger to ask when it does not by itself', () => {
    tell(
      [
        ...refused,
        [due + 500, say.tick, 'reauthenticating summon', ['Auth.reAuthenticate']],
        [due + 600, say.asked(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
      ],
      signedIn(),
    );
  });

  it('J9: fetches a code all the same when Messenger does not ask then either', () => {
    tell(
      [
        ...refused,
        [due + 500, say.tick, 'reauthenticating summon', ['Auth.reAuthenticate']],
        [due + 3500, say.tick, 'reauthenticating code silent', ['code silent']],
        [due + 3900, say.granted('c1'), 'reauthenticating deliver', ['Auth.getTokens']],
        [due + 4000, say.asked(1), 'reauthenticating exchange', ['answer 1 c1']],
        [due + 4400, say.authenticated(second), 'signed-in', ['token j2 sign-in', 'signed-in']],
      ],
      signedIn(),
    );
  });

  it('gives up a code that Messenger never asks for', () => {
    tell(
      [
        ...refused,
        [due + 500, say.tick, 'reauthenticating summon', ['Auth.reAuthenticate']],
        [due + 3500, say.tick, 'reauthenticating code silent', ['code silent']],
        [due + 3900, say.granted('c1'), 'reauthenticating deliver', ['Auth.getTokens']],
        [due + 8900, say.tick, 'failed reauthenticate-ignored', ['report reauthenticate-ignored']],
      ],
      signedIn(),
    );
  });

  it('serves an ask that was there when the refresh was refused', () => {
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 50, say.asked(1, 'reAuthenticate'), 'renewing', []],
        [due + 100, say.rejected({ status: 401 }), 'reauthenticating code silent', ['code silent']],
      ],
      signedIn(),
    );
  });

  it('J10: with the provider session dead too, one prompt; a click settles the ask once', () => {
    tell(
      [
        ...refused,
        [due + 200, say.asked(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [due + 600, say.notGranted('login-required'), 'interaction-required login-required', ['prepare']],
        [due + 9000, say.signIn(1), 'reauthenticating code popup', ['code popup']],
        [due + 20_000, say.granted('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [due + 20_010, say.authenticating, 'reauthenticating exchange', []],
        [due + 20_500, say.authenticated(second), 'signed-in', ['token j2 sign-in', 'signed-in', 'resolve 1 j2']],
      ],
      signedIn(),
    );
  });

  it('tells the page what became of its reauthenticate()', () => {
    tell(
      [
        [1000, say.reauthenticate(1), 'reauthenticating summon', ['Auth.reAuthenticate']],
        [1001, say.reauthenticate(2), 'reauthenticating summon', []],
        [1100, say.asked(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [1400, say.granted('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [1800, say.authenticated(second), 'signed-in', ['token j2 sign-in', 'signed-in', 'resolve 1 j2', 'resolve 2 j2']],
      ],
      signedIn(),
    );
  });

  it('rejects what was to happen silently when a person must act', () => {
    tell(
      [
        [1000, say.reauthenticate(1), 'reauthenticating summon', ['Auth.reAuthenticate']],
        [1050, say.refresh(2), 'reauthenticating summon', []],
        [1100, say.asked(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [
          1400,
          say.notGranted('login-required'),
          'interaction-required login-required',
          ['prepare', 'reject 1 login-required', 'reject 2 login-required'],
        ],
        [1500, say.refresh(3), 'interaction-required login-required', ['reject 3 login-required']],
        [1600, say.reauthenticate(4), 'reauthenticating code silent', ['code silent']],
      ],
      signedIn(),
    );
  });

  it('a reauthenticate() while it renews asks for a new code', () => {
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 10, say.reauthenticate(1), 'reauthenticating summon', ['Auth.reAuthenticate']],
        [due + 20, say.resolved, 'reauthenticating summon', []],
      ],
      signedIn(),
    );
  });
});

describe('the rules while a person is waited for', () => {
  const waiting = (rules = signedIn()): Rules =>
    tell(
      [
        ...refused,
        [due + 200, say.asked(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [due + 600, say.notGranted('login-required'), 'interaction-required login-required', ['prepare']],
      ],
      rules,
    );
  const at = due + 600;

  it('look silently when the page is seen again: they may have signed in elsewhere', () => {
    tell(
      [
        [at + 20_000, say.wake, 'interaction-required probe login-required', ['code silent']],
        [at + 20_001, say.wake, 'interaction-required probe login-required', []],
        [at + 20_400, say.granted('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [at + 20_900, say.authenticated(second), 'signed-in', ['token j2 sign-in', 'signed-in']],
      ],
      waiting(),
    );
  });

  it('stay when they have not', () => {
    tell(
      [
        [at + 20_000, say.wake, 'interaction-required probe login-required', ['code silent']],
        [at + 20_400, say.notGranted('login-required'), 'interaction-required login-required', []],
        [at + 20_500, say.wake, 'interaction-required login-required', []],
        [at + 40_000, say.wake, 'interaction-required probe login-required', ['code silent']],
        [at + 50_000, say.tick, 'interaction-required login-required', ['drop']],
      ],
      waiting(),
    );
  });

  it('do not look again at once', () => {
    tell([[at + 100, say.wake, 'interaction-required login-required', []]], waiting());
  });

  it('do not look silently where that is not wanted', () => {
    const rules = tell(
      [
        [1000, say.asked(1, 'reAuthenticate'), 'interaction-required login-required', ['prepare']],
        [60_000, say.wake, 'interaction-required login-required', []],
      ],
      signedIn(new Rules(configOf({ signInModes: ['popup'], renew: 'on-demand' }))),
    );
    expect(rules.live).to.equal(0);
  });

  it('a click takes the place of a silent look', () => {
    tell(
      [
        [at + 20_000, say.wake, 'interaction-required probe login-required', ['code silent']],
        [at + 20_100, say.signIn(1), 'reauthenticating code popup', ['drop', 'code popup']],
      ],
      waiting(),
    );
  });

  it('an ask that nobody helps is refused in the end, the next one looks silently', () => {
    tell(
      [
        [due + 200 + 300_000, say.tick, 'interaction-required login-required', ['refuse 1 popup-timeout']],
        [due + 200 + 300_001, say.tick, 'interaction-required login-required', []],
        [due + 200 + 300_100, say.asked(2), 'interaction-required probe login-required', ['code silent']],
      ],
      waiting(),
    );
  });

  it('a person who dismisses the prompt is signed out, and all who wait are told', () => {
    tell(
      [
        [at + 1000, say.signIn(1), 'reauthenticating code popup', ['code popup']],
        [
          at + 3000,
          say.notGranted('popup-closed'),
          'interaction-required popup-closed',
          ['prepare', 'reject 1 popup-closed', 'report popup-closed'],
        ],
        [
          at + 5000,
          say.dismiss,
          'signed-out expired',
          ['signed-out expired', 'refuse 1 login-required'],
        ],
        [at + 6000, say.dismiss, 'signed-out expired', []],
        [at + 9000, say.asked(2), 'signing-in code silent', ['code silent']],
      ],
      waiting(),
    );
  });

  it('a JWT that comes from elsewhere ends the wait', () => {
    const rules = waiting();
    rules.now = t0 + at + 5000;
    rules.send(say.authenticated(second));
    expect(rules.model.token?.jwt).to.equal('j2');
    expect(phaseOf(rules.model)).to.match(/^signed-in|^reauthenticating/);
  });

  it('a JWT that is dead and known proves nothing', () => {
    const rules = waiting();
    rules.now = t0 + life + minute;
    expect(rules.send(say.authenticated(first)).map(wordsOf)).to.eql([]);
    expect(phaseOf(rules.model)).to.equal('interaction-required login-required');
  });

  it('popups that fail lead back to the prompt and are reported', () => {
    for (const code of ['popup-blocked', 'popup-closed', 'provider-error', 'state-mismatch', 'popup-timeout'] as const) {
      const rules = waiting();
      rules.now = t0 + at + 1000;
      rules.send(say.signIn(1));
      rules.now += 1000;
      expect(rules.send(say.notGranted(code)).map(wordsOf)).to.eql(['prepare', `reject 1 ${code}`, `report ${code}`]);
      expect(phaseOf(rules.model)).to.equal(`interaction-required ${code}`);
    }
  });

  it('popups that are not finished in time are given up', () => {
    tell(
      [
        [at + 1000, say.signIn(1), 'reauthenticating code popup', ['code popup']],
        [due + 200 + 300_000, say.tick, 'reauthenticating code popup', ['refuse 1 popup-timeout']],
        [
          at + 301_000,
          say.tick,
          'interaction-required popup-timeout',
          ['drop', 'prepare', 'reject 1 popup-timeout', 'report popup-timeout'],
        ],
      ],
      waiting(),
    );
  });

  it('a second click waits for the popup that is open', () => {
    tell(
      [
        [at + 1000, say.signIn(1), 'reauthenticating code popup', ['code popup']],
        [at + 1500, say.signIn(2), 'reauthenticating code popup', []],
        [at + 2000, say.granted('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [at + 2001, say.signIn(3), 'reauthenticating exchange', []],
        [
          at + 2500,
          say.authenticated(second),
          'signed-in',
          ['token j2 sign-in', 'signed-in', 'resolve 1 j2', 'resolve 2 j2', 'resolve 3 j2'],
        ],
      ],
      waiting(),
    );
  });

  it('evidence of every attempt goes with the error', () => {
    const rules = waiting();
    rules.now = t0 + at + 1000;
    rules.send(say.signIn(1));
    rules.now += 2000;
    const [report] = rules.send(say.notGranted('popup-closed')).filter((effect) => effect.do === 'report');
    expect(report?.do === 'report' && report.error.trace).to.eql([
      { rung: 'silent', verdict: 'login-required', ms: 400 },
      { rung: 'popup', verdict: 'popup-closed', ms: 2000 },
    ]);
  });
});

describe('the rules of the ladder', () => {
  it('go no higher than allowed', () => {
    tell(
      [
        [1000, say.asked(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [
          1400,
          say.notGranted('login-required'),
          'signed-out',
          ['report login-required', 'refuse 1 login-required'],
        ],
      ],
      signedIn(new Rules(configOf({ signInModes: ['silent'] }))),
    );
  });

  it('a sign-in without the popup rung is silent', () => {
    const rules = new Rules(configOf({ signInModes: ['silent'] }));
    tell(
      [
        [0, say.start, 'loading script', ['connect']],
        [0, say.loadedForStepUp, 'loading auth', ['ready']],
        [0, say.authReady(false), 'loading first-ask', []],
        [1000, say.tick, 'signed-out', []],
        [2000, say.signIn(1), 'signing-in code silent', ['code silent']],
        [2400, say.notGranted('silent-refused'), 'failed silent-refused', ['report silent-refused', 'reject 1 silent-refused']],
        [3000, say.retry, 'signing-in code silent', ['code silent']],
      ],
      rules,
    );
  });

  it('stop at a fault that no rung can mend', () => {
    for (const code of ['discovery-failed', 'issuer-mismatch', 'offline', 'config-invalid'] as const) {
      tell(
        [
          [1000, say.asked(1), 'reauthenticating code silent', ['code silent']],
          [1100, say.notGranted(code), `failed ${code}`, [`report ${code}`, `refuse 1 ${code}`]],
        ],
        signedIn(),
      );
    }
  });

  it('go on by themselves when the provider can be reached again', () => {
    for (const code of ['discovery-failed', 'offline'] as const) {
      tell(
        [
          [1000, say.asked(1), 'reauthenticating code silent', ['code silent']],
          [1100, say.notGranted(code), `failed ${code}`, [`report ${code}`, `refuse 1 ${code}`]],
          [9000, say.wake, 'reauthenticating code silent', ['code silent']],
        ],
        signedIn(),
      );
    }
  });

  it('a silent attempt that nobody answers is given up', () => {
    tell(
      [
        [1000, say.asked(1), 'reauthenticating code silent', ['code silent']],
        [11_000, say.tick, 'interaction-required silent-timeout', ['drop', 'prepare']],
      ],
      signedIn(),
    );
  });

  it('take no answer of an attempt that was given up', () => {
    const rules = signedIn();
    rules.now = t0 + 1000;
    rules.send(say.asked(1));
    const late = rules.codeTicket;
    rules.now = t0 + 11_000;
    rules.send(say.tick);
    for (const input of [say.granted('late'), say.notGranted('login-required')]) {
      expect(rules.send(input)).to.eql([]);
      expect(rules.codeTicket).to.equal(late);
    }
    expect(phaseOf(rules.model)).to.equal('interaction-required silent-timeout');
  });
});
