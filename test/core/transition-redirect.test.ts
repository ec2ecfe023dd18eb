import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import { atLoad, firstJwt, lifetime, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, runRows, textOf } from '../support/harness-rules.js';

const byRedirect = (): Rules => new Rules(configOf({ signInModes: ['silent', 'redirect'] }));

/** The page was loaded with the result of a redirect. */
const back = (input: ReturnType<typeof inputs.redirectReturned>, rules = byRedirect()): Rules =>
  runRows(
    [
      [0, input, 'loading script', 'answer' in input && 'error' in input.answer ? ['report login-required'] : []],
      [0, inputs.start, 'loading script', ['connect']],
      [0, inputs.loaded, 'loading auth', ['ready']],
      [0, inputs.authReady(false), 'loading first-call', []],
    ],
    rules,
  );

describe('a redirect', () => {
  it('J19: starts in the click, and remembers whether the window was open', () => {
    const rules = signedIn(byRedirect());
    runRows(
      [
        [100, inputs.messengerOpened, 'signed-in', []],
        [1000, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [1400, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      ],
      rules,
    );
    rules.now = t0 + 2000;
    const [attempt] = rules.send(inputs.signIn(1));
    expect(attempt).to.include({ do: 'code', rung: 'redirect', windowOpen: true });
    expect(phaseOf(rules.model)).to.equal('reauthenticating code redirect');
  });

  it('J19: its code goes to the first call, without another request to the provider', () => {
    runRows(
      [
        [300, inputs.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
        [700, inputs.authenticated(firstJwt), 'signed-in', ['token j1 sign-in', 'signed-in']],
      ],
      back(inputs.redirectReturned('c1')),
    );
  });

  it('J19: Messenger is asked to call for its code, even where the conversation may stay anonymous', () => {
    const rules = runRows([
      [0, inputs.redirectReturned('c1'), 'loading script', []],
      [0, inputs.start, 'loading script', ['connect']],
      [0, inputs.loadedForStepUp, 'loading auth', ['ready']],
      [0, inputs.authReady(false), 'loading first-call', []],
      [1000, inputs.tick, 'signing-in awaiting-call', ['Auth.getTokens']],
      [1100, inputs.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
    ]);
    expect(rules.runningAttempts).to.equal(0);
  });

  it('J19: nothing is warmed up when the page already has a code', () => {
    const rules = byRedirect();
    rules.send(inputs.redirectReturned('c1'));
    expect(rules.send(inputs.start).map(textOf)).to.eql(['connect']);
  });

  it('J19: its code is not used when it is too old', () => {
    const rules = byRedirect();
    rules.send(inputs.redirectReturned('c1'));
    rules.send(inputs.start);
    rules.now = t0 + 31_000;
    rules.send(inputs.loaded);
    rules.send(inputs.authReady(false));
    expect(rules.send(inputs.pluginCalled(1)).map(textOf)).to.eql(['code silent']);
  });

  it('J19: its code is not used, and it says why, when it arrived too long before the session started', () => {
    for (const [ageMs, used] of [
      [29_000, true],
      [30_000, false],
      [600_000, false],
      [NaN, false],
      [Infinity, false],
    ] as const) {
      const rules = byRedirect();
      const effects = rules.send(inputs.redirectReturned('c1', false, ageMs));
      const reports = effects.flatMap((effect) => (effect.do === 'report' ? [effect.error] : []));
      expect(reports.map(({ code }) => code)).to.eql(used ? [] : ['state-mismatch']);
      if (ageMs === 600_000) expect(reports[0]!.message).to.contain('600 s old');
      rules.send(inputs.start);
      rules.send(inputs.loaded);
      rules.send(inputs.authReady(false));
      expect(rules.send(inputs.pluginCalled(1)).map(textOf)).to.eql([used ? 'answer 1 c1' : 'code silent']);
    }
  });

  it('J19: the time before the session started counts for its age', () => {
    const rules = byRedirect();
    rules.send(inputs.redirectReturned('c1', false, 20_000));
    rules.send(inputs.start);
    rules.now = t0 + 11_000;
    rules.send(inputs.loaded);
    rules.send(inputs.authReady(false));
    expect(rules.send(inputs.pluginCalled(1)).map(textOf)).to.eql(['code silent']);
  });

  it('J13: its code is used once', () => {
    const rules = runRows(
      [[300, inputs.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']]],
      back(inputs.redirectReturned('c1')),
    );
    rules.now = t0 + 400;
    expect(rules.send(inputs.pluginCalled(2)).map(textOf)).to.eql(['code silent']);
  });

  it('J19: the window that was open before opens again, once', () => {
    const rules = runRows(
      [[300, inputs.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']]],
      back(inputs.redirectReturned('c1', true)),
    );
    rules.now = t0 + 700;
    expect(rules.send(inputs.authenticated(firstJwt)).map(textOf)).to.include('Messenger.open');
    rules.now = t0 + 800;
    rules.send(inputs.refresh(1));
    expect(rules.send(inputs.authenticated(jwt('j2', lifetime, t0 + 800))).map(textOf)).to.not.include(
      'Messenger.open',
    );
  });

  it('its error is reported, and the page signs in as usual', () => {
    runRows(
      [[300, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']]],
      back(inputs.redirectReturned(new GcAuthError('login-required'))),
    );
  });

  it('its code is not used when Messenger has a stored JWT', () => {
    const rules = byRedirect();
    rules.send(inputs.redirectReturned('c1'));
    runRows([...atLoad, [0, inputs.authenticated(firstJwt), 'signed-in', ['token j1 restored', 'signed-in']]], rules);
  });

  it('the Back button leads to the prompt', () => {
    runRows(
      [
        [1000, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [1400, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
        [2000, inputs.signIn(1), 'reauthenticating code redirect', ['code redirect']],
        [9000, inputs.pageShown, 'interaction-required popup-closed', ['cancel', 'prepare', 'reject 1 popup-closed']],
      ],
      signedIn(byRedirect()),
    );
  });

  it('the prompt returns when the page is not left', () => {
    const rules = signedIn(byRedirect());
    runRows(
      [
        [1000, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [1400, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
        [2000, inputs.signIn(1), 'reauthenticating code redirect', ['code redirect']],
      ],
      rules,
    );
    expect(rules.due).to.equal(32_000);
    rules.now = t0 + 32_000;
    rules.send(inputs.tick);
    expect(phaseOf(rules.model)).to.equal('interaction-required popup-timeout');
  });

  it('a failed redirect is reported with its attempt', () => {
    const rules = signedIn(new Rules(configOf({ signInModes: ['redirect'] })));
    runRows([[2000, inputs.pluginCalled(1), 'interaction-required login-required', ['prepare']]], rules);
    rules.now = t0 + 3000;
    rules.send(inputs.signIn(1));
    const [report] = rules.send(inputs.codeFailed('discovery-failed')).filter((effect) => effect.do === 'report');
    expect(report?.do === 'report' && report.error.trace).to.eql([
      { rung: 'redirect', verdict: 'discovery-failed', ms: 0 },
    ]);
  });
});
