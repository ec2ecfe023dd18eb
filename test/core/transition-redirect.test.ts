import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import { atLoad, first, life, signedIn } from '../support/fixtures-signed-in.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, Rules, tell, wordsOf } from '../support/harness-rules.js';

const byRedirect = (): Rules => new Rules(configOf({ signInModes: ['silent', 'redirect'] }));

/** A page that was just loaded, by the provider's answer. */
const back = (input: ReturnType<typeof say.returned>, rules = byRedirect()): Rules =>
  tell(
    [
      [0, input, 'loading script', 'answer' in input && 'error' in input.answer ? ['report login-required'] : []],
      [0, say.start, 'loading script', ['connect']],
      [0, say.loaded, 'loading auth', ['ready']],
      [0, say.authReady(false), 'loading first-call', []],
    ],
    rules,
  );

describe('the rules of the redirect', () => {
  it('J19: leave the page in the click, and remember whether the window was open', () => {
    const rules = signedIn(byRedirect());
    tell(
      [
        [100, say.opened, 'signed-in', []],
        [1000, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [1400, say.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      ],
      rules,
    );
    rules.now = t0 + 2000;
    const [left] = rules.send(say.signIn(1));
    expect(left).to.include({ do: 'code', rung: 'redirect', windowOpen: true });
    expect(phaseOf(rules.model)).to.equal('reauthenticating code redirect');
  });

  it('J19: the code that came back goes to the first call, without another visit to the provider', () => {
    tell(
      [
        [300, say.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
        [700, say.authenticated(first), 'signed-in', ['token j1 sign-in', 'signed-in']],
      ],
      back(say.returned('c1')),
    );
  });

  it('J19: Messenger is made to call for it, also where an anonymous conversation may go on', () => {
    const rules = tell([
      [0, say.returned('c1'), 'loading script', []],
      [0, say.start, 'loading script', ['connect']],
      [0, say.loadedForStepUp, 'loading auth', ['ready']],
      [0, say.authReady(false), 'loading first-call', []],
      [1000, say.tick, 'signing-in awaiting-call', ['Auth.getTokens']],
      [1100, say.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
    ]);
    expect(rules.live).to.equal(0);
  });

  it('J19: nothing is warmed up for a page that has its code', () => {
    const rules = byRedirect();
    rules.send(say.returned('c1'));
    expect(rules.send(say.start).map(wordsOf)).to.eql(['connect']);
  });

  it('J19: a code that waited too long is not used', () => {
    const rules = byRedirect();
    rules.send(say.returned('c1'));
    rules.send(say.start);
    rules.now = t0 + 31_000;
    rules.send(say.loaded);
    rules.send(say.authReady(false));
    expect(rules.send(say.pluginCalled(1)).map(wordsOf)).to.eql(['code silent']);
  });

  it('J13: the code that came back is used once', () => {
    const rules = tell([[300, say.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']]], back(say.returned('c1')));
    rules.now = t0 + 400;
    expect(rules.send(say.pluginCalled(2)).map(wordsOf)).to.eql(['code silent']);
  });

  it('J19: opens the window again that was open when the page was left, once', () => {
    const rules = tell(
      [[300, say.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']]],
      back(say.returned('c1', true)),
    );
    rules.now = t0 + 700;
    expect(rules.send(say.authenticated(first)).map(wordsOf)).to.include('Messenger.open');
    rules.now = t0 + 800;
    rules.send(say.refresh(1));
    expect(rules.send(say.authenticated(jwt('j2', life, t0 + 800))).map(wordsOf)).to.not.include('Messenger.open');
  });

  it('an answer that is an error is reported, and the page goes on as any other', () => {
    tell(
      [[300, say.pluginCalled(1), 'signing-in code silent', ['code silent']]],
      back(say.returned(new GcAuthError('login-required'))),
    );
  });

  it('a stored JWT is used although a code came back', () => {
    const rules = byRedirect();
    rules.send(say.returned('c1'));
    tell([...atLoad, [0, say.authenticated(first), 'signed-in', ['token j1 restored', 'signed-in']]], rules);
  });

  it('who comes back by the back button is offered the click again', () => {
    tell(
      [
        [1000, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [1400, say.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
        [2000, say.signIn(1), 'reauthenticating code redirect', ['code redirect']],
        [9000, say.pageShown, 'interaction-required popup-closed', ['cancel', 'prepare', 'reject 1 popup-closed']],
      ],
      signedIn(byRedirect()),
    );
  });

  it('a page that does not leave comes back to the prompt', () => {
    const rules = signedIn(byRedirect());
    tell(
      [
        [1000, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [1400, say.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
        [2000, say.signIn(1), 'reauthenticating code redirect', ['code redirect']],
      ],
      rules,
    );
    expect(rules.due).to.equal(32_000);
    rules.now = t0 + 32_000;
    rules.send(say.tick);
    expect(phaseOf(rules.model)).to.equal('interaction-required popup-timeout');
  });

  it('a redirect that failed is reported with its attempt', () => {
    const rules = signedIn(new Rules(configOf({ signInModes: ['redirect'] })));
    tell([[2000, say.pluginCalled(1), 'interaction-required login-required', ['prepare']]], rules);
    rules.now = t0 + 3000;
    rules.send(say.signIn(1));
    const [report] = rules.send(say.codeFailed('discovery-failed')).filter((effect) => effect.do === 'report');
    expect(report?.do === 'report' && report.error.trace).to.eql([
      { rung: 'redirect', verdict: 'discovery-failed', ms: 0 },
    ]);
  });
});
