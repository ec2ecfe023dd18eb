import { expect } from '@open-wc/testing';
import { configOf, t0 } from '../support/fixtures.js';
import { minute, life, due, first, second, signedIn, refused } from '../support/fixtures-signed-in.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, tell, wordsOf, Rules } from '../support/harness-rules.js';

describe('the rules while a person is waited for', () => {
  const waiting = (rules = signedIn()): Rules =>
    tell(
      [
        ...refused,
        [due + 200, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [due + 600, say.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      ],
      rules,
    );
  const at = due + 600;

  it('look silently when the page is seen again: they may have signed in elsewhere', () => {
    tell(
      [
        [at + 20_000, say.wake, 'interaction-required probe login-required', ['code silent']],
        [at + 20_001, say.wake, 'interaction-required probe login-required', []],
        [at + 20_400, say.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [at + 20_900, say.authenticated(second), 'signed-in', ['token j2 sign-in', 'signed-in']],
      ],
      waiting(),
    );
  });

  it('stay when they have not', () => {
    tell(
      [
        [at + 20_000, say.wake, 'interaction-required probe login-required', ['code silent']],
        [at + 20_400, say.codeFailed('login-required'), 'interaction-required login-required', []],
        [at + 20_500, say.wake, 'interaction-required login-required', []],
        [at + 40_000, say.wake, 'interaction-required probe login-required', ['code silent']],
        [at + 50_000, say.tick, 'interaction-required login-required', ['cancel']],
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
        [1000, say.pluginCalled(1, 'reAuthenticate'), 'interaction-required login-required', ['prepare']],
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
        [at + 20_100, say.signIn(1), 'reauthenticating code popup', ['cancel', 'code popup']],
      ],
      waiting(),
    );
  });

  it('a call that nobody helps is refused in the end, the next one looks silently', () => {
    tell(
      [
        [due + 200 + 300_000, say.tick, 'interaction-required login-required', ['refuse 1 popup-timeout']],
        [due + 200 + 300_001, say.tick, 'interaction-required login-required', []],
        [due + 200 + 300_100, say.pluginCalled(2), 'interaction-required probe login-required', ['code silent']],
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
          say.codeFailed('popup-closed'),
          'interaction-required popup-closed',
          ['prepare', 'reject 1 popup-closed', 'report popup-closed'],
        ],
        [at + 5000, say.dismiss, 'signed-out expired', ['signed-out expired', 'refuse 1 login-required']],
        [at + 6000, say.dismiss, 'signed-out expired', []],
        [at + 9000, say.pluginCalled(2), 'signing-in code silent', ['code silent']],
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
    for (const code of [
      'popup-blocked',
      'popup-closed',
      'provider-error',
      'state-mismatch',
      'popup-timeout',
    ] as const) {
      const rules = waiting();
      rules.now = t0 + at + 1000;
      rules.send(say.signIn(1));
      rules.now += 1000;
      expect(rules.send(say.codeFailed(code)).map(wordsOf)).to.eql(['prepare', `reject 1 ${code}`, `report ${code}`]);
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
          ['cancel', 'prepare', 'reject 1 popup-timeout', 'report popup-timeout'],
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
        [at + 2000, say.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
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
    const [report] = rules.send(say.codeFailed('popup-closed')).filter((effect) => effect.do === 'report');
    expect(report?.do === 'report' && report.error.trace).to.eql([
      { rung: 'silent', verdict: 'login-required', ms: 400 },
      { rung: 'popup', verdict: 'popup-closed', ms: 2000 },
    ]);
  });
});
