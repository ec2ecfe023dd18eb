import { expect } from '@open-wc/testing';
import { jwt, t0 } from '../support/fixtures.js';
import { life, signedIn } from '../support/fixtures-signed-in.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, Rules, tell, wordsOf } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

const first = jwt('j1', 900_000);

/** Nobody signed in, Messenger calls, a code was found and given: at 1,000. */
const given: readonly Row[] = [
  [0, say.start, 'loading script', ['connect']],
  [0, say.loaded, 'loading auth', ['ready']],
  [0, say.authReady(false), 'loading first-call', []],
  [600, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
  [1000, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
];

describe('the rules when Messenger ignores a code', () => {
  it('J11: nudge it by Auth.getTokens, and give the call that follows a code of its own', () => {
    tell([
      ...given,
      [2500, say.tick, 'signing-in exchange', ['Auth.getTokens']],
      [2600, say.pluginCalled(2), 'signing-in code silent', ['code silent']],
      [2900, say.codeReceived('c2'), 'signing-in exchange', ['answer 2 c2']],
      [2910, say.authenticating, 'signing-in exchange', []],
      [3200, say.authenticated(first), 'signed-in', ['token j1 sign-in', 'signed-in']],
    ]);
  });

  it('J11: then by ready(), then say so, within five seconds', () => {
    tell([
      ...given,
      [1100, say.signIn(1), 'signing-in exchange', []],
      [2500, say.tick, 'signing-in exchange', ['Auth.getTokens']],
      [4000, say.tick, 'signing-in exchange', ['publish-ready']],
      [
        5500,
        say.tick,
        'failed reauthenticate-ignored',
        ['report reauthenticate-ignored', 'reject 1 reauthenticate-ignored'],
      ],
      [9000, say.retry, 'signing-in code silent', ['code silent']],
    ]);
  });

  it('J11: nudge no more often for a second code', () => {
    tell([
      ...given,
      [2500, say.tick, 'signing-in exchange', ['Auth.getTokens']],
      [2600, say.pluginCalled(2), 'signing-in code silent', ['code silent']],
      [2900, say.codeReceived('c2'), 'signing-in exchange', ['answer 2 c2']],
      [4400, say.tick, 'signing-in exchange', ['publish-ready']],
      [4500, say.pluginCalled(3), 'signing-in code silent', ['code silent']],
      [4800, say.codeReceived('c3'), 'signing-in exchange', ['answer 3 c3']],
      [6300, say.tick, 'failed reauthenticate-ignored', ['report reauthenticate-ignored']],
    ]);
  });

  it('serve the call that it waits with', () => {
    tell([
      ...given.slice(0, -1),
      [700, say.pluginCalled(2), 'signing-in code silent', []],
      [1000, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      [2500, say.tick, 'signing-in code silent', ['code silent']],
      [2900, say.codeReceived('c2'), 'signing-in exchange', ['answer 2 c2']],
    ]);
  });

  it('are patient once it said that it exchanges', () => {
    tell([
      ...given,
      [1010, say.authenticating, 'signing-in exchange', []],
      [16_010, say.tick, 'signing-in backoff', ['report exchange-failed']],
    ]);
  });
});

describe('the rules when an exchange fails', () => {
  const failing: readonly Row[] = [
    ...given,
    [1010, say.authenticating, 'signing-in exchange', []],
    [1200, say.authError({ status: 401, contextId: 'x-1' }), 'signing-in backoff', ['report exchange-failed']],
  ];

  it('pause, then make Messenger call again', () => {
    tell([
      ...failing,
      [1700, say.tick, 'signing-in awaiting-call', ['Auth.getTokens']],
      [1800, say.pluginCalled(2), 'signing-in code silent', ['code silent']],
    ]);
  });

  it('serve a call that came in the pause when it is over', () => {
    tell([
      ...failing,
      [1300, say.pluginCalled(2), 'signing-in backoff', []],
      [1700, say.tick, 'signing-in code silent', ['code silent']],
    ]);
  });

  it('open the popup at once for a click in the backoff', () => {
    tell([...failing, [1300, say.signIn(1), 'signing-in code popup', ['code popup']]]);
  });

  it('say what Genesys said, and its contextId', () => {
    const rules = tell(given);
    const [report] = rules.send(say.authError({ status: 401, message: 'no', contextId: 'x-1' }));
    const error = report?.do === 'report' ? report.error : undefined;
    expect(error?.message).to.equal('Genesys could not exchange the code (Auth.error 401 no).');
    expect(error?.hint).to.contain('x-1');
    expect(error?.trace).to.eql([{ rung: 'silent', verdict: 'code', ms: 400 }]);
  });

  const loop: readonly Row[] = [
    ...failing,
    [1300, say.pluginCalled(2), 'signing-in backoff', []],
    [1700, say.tick, 'signing-in code silent', ['code silent']],
    [2000, say.codeReceived('c2'), 'signing-in exchange', ['answer 2 c2']],
    [2300, say.authError(), 'signing-in backoff', ['report exchange-failed']],
    [2400, say.pluginCalled(3), 'signing-in backoff', []],
    [3300, say.tick, 'signing-in code silent', ['code silent']],
    [3400, say.pluginCalled(4), 'signing-in code silent', []],
    [3500, say.signIn(1), 'signing-in code popup', ['cancel', 'code popup']],
  ];

  it('J12: stop after three, tell everybody, refuse what comes then', () => {
    const twice = loop.slice(0, -1);
    tell([
      ...twice,
      [3600, say.codeReceived('c3'), 'signing-in exchange', ['answer 3 c3']],
      [3610, say.signIn(1), 'signing-in exchange', []],
      [
        3900,
        say.authError(),
        'failed loop-stopped',
        ['report loop-stopped', 'refuse 4 loop-stopped', 'reject 1 loop-stopped'],
      ],
      [4000, say.pluginCalled(5), 'failed loop-stopped', ['refuse 5 loop-stopped']],
      [4100, say.wake, 'failed loop-stopped', []],
      [9000, say.retry, 'signing-in code silent', ['code silent']],
    ]);
  });

  it('J12: a click begins to count anew', () => {
    const rules = new Rules();
    rules.activated = true;
    tell(
      [
        ...loop,
        [9000, say.codeReceived('c3'), 'signing-in exchange', ['answer 3 c3']],
        [9300, say.authError(), 'signing-in backoff', ['report exchange-failed']],
      ],
      rules,
    );
  });

  it('J12: failures of long ago do not count', () => {
    const rules = tell(failing);
    rules.now = t0 + 1700;
    for (let failures = 0; failures < 6; failures++) {
      rules.now += 61_000;
      rules.send(say.pluginCalled(10 + failures));
      rules.send(say.tick);
      rules.send(say.codeReceived(`again-${failures}`));
      rules.send(say.authError());
      expect(phaseOf(rules.model)).to.equal('signing-in backoff');
    }
  });

  it('J12: a sign-in that succeeded begins to count anew', () => {
    const rules = tell(loop.slice(0, -4));
    expect(rules.model.loopEntries.filter(([cause]) => cause === 'exchange')).to.have.lengthOf(2);
    rules.now = t0 + rules.due;
    rules.send(say.pluginCalled(8));
    rules.send(say.tick);
    rules.send(say.codeReceived('c8'));
    rules.send(say.authenticated(first));
    rules.send(say.pluginCalled(9));
    rules.send(say.codeReceived('c9'));
    rules.send(say.authError());
    expect(phaseOf(rules.model)).to.equal('reauthenticating backoff');
  });

  it('take no notice of an error that belongs to nothing', () => {
    tell([
      ...given.slice(0, 3),
      [10, say.authError(), 'loading first-call', []],
      [20, say.authenticating, 'loading first-call', []],
    ]);
  });
});

describe('the rules of codes', () => {
  it('J13: every call gets a code of its own, in order', () => {
    tell([
      ...given.slice(0, -1),
      [700, say.pluginCalled(2), 'signing-in code silent', []],
      [1000, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      [1010, say.authenticating, 'signing-in exchange', []],
      [1020, say.pluginCalled(3), 'signing-in exchange', []],
      [
        1300,
        say.authenticated(first),
        'reauthenticating code silent',
        ['token j1 sign-in', 'signed-in', 'code silent'],
      ],
      [1600, say.codeReceived('c2'), 'reauthenticating exchange', ['answer 2 c2']],
      [1610, say.authenticating, 'reauthenticating exchange', []],
    ]);
  });

  it('J13: a code that was handed out before goes to nobody: the call gets another', () => {
    const rules = tell(given);
    rules.now = t0 + 1005;
    expect(rules.send(say.spent(1)).map(wordsOf)).to.eql(['code silent']);
    rules.now = t0 + 1400;
    expect(rules.send(say.codeReceived('c2')).map(wordsOf)).to.eql(['answer 1 c2']);
  });

  it('J13: a provider that repeats the same code is no endless loop', () => {
    const rules = tell(given);
    for (let round = 0; round < 10 && phaseOf(rules.model) !== 'failed loop-stopped'; round++) {
      rules.now += 300;
      rules.send(say.spent(1));
      if (phaseOf(rules.model) === 'signing-in backoff') {
        rules.now = t0 + rules.due;
        rules.send(say.tick);
      }
      rules.send(say.codeReceived(`same-${round}`));
    }
    expect(phaseOf(rules.model)).to.equal('failed loop-stopped');
  });

  it('J13: a code that turns out to be spent after a sign-out begins nothing', () => {
    const rules = tell(given);
    rules.send(say.signOut(1));
    const effects = rules.send(say.spent(1)).map(wordsOf);
    expect(effects).to.not.include('code silent');
  });

  it('J13: a code in hand is given to the call that comes in time', () => {
    tell([
      ...given.slice(0, 3),
      [100, say.signIn(1), 'signing-in code popup', ['code popup']],
      [9000, say.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
      [9001, say.signIn(2), 'signing-in code-ready', []],
      [9100, say.pluginCalled(1, 'reAuthenticate'), 'signing-in exchange', ['answer 1 c1']],
    ]);
  });

  it('J13: a call that follows a code that was not begun with gets another', () => {
    tell([
      ...given,
      [1100, say.pluginCalled(2), 'signing-in code silent', ['code silent']],
      [1400, say.codeReceived('c2'), 'signing-in exchange', ['answer 2 c2']],
    ]);
  });

  it('J13: a JWT that comes while a popup is open closes it', () => {
    tell([
      ...given.slice(0, 3),
      [100, say.signIn(1), 'signing-in code popup', ['code popup']],
      [900, say.authenticated(first), 'signed-in', ['token j1 sign-in', 'cancel', 'signed-in', 'resolve 1 j1']],
    ]);
  });
});

describe('the rules on their own', () => {
  it('know a settled command by its number', () => {
    const rules = new Rules();
    rules.send(say.start);
    expect(rules.send({ type: 'command-settled', operationId: 99 })).to.eql([]);
    expect(rules.send({ type: 'command-settled', operationId: 99, failure: { status: 401 } })).to.eql([]);
  });
});

describe('the rules of loops', () => {
  it('stops when Messenger calls again after every sign-in, as with a socket that refuses each new JWT', () => {
    const rules = signedIn();
    let calls = 0;
    while (phaseOf(rules.model) !== 'failed loop-stopped' && calls < 40) {
      rules.now += 500;
      rules.send(say.pluginCalled(++calls, 'reAuthenticate'));
      if (rules.live) {
        rules.send(say.codeReceived(`code-${calls}`));
        rules.send(say.authenticating);
        rules.send(say.authenticated(jwt(`again-${calls}`, life, rules.now)));
      }
    }
    expect(calls).to.be.within(10, 20);
    expect(rules.send(say.pluginCalled(++calls, 'reAuthenticate')).map(wordsOf)).to.eql([
      `refuse ${calls} loop-stopped`,
    ]);
  });
});
