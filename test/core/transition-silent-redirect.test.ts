import { expect } from '@open-wc/testing';
import type { SignInMode } from '../../src/core/config.js';
import { GcAuthError } from '../../src/core/errors.js';
import { configOf } from '../support/fixtures.js';
import { firstJwt } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, runRows } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

const modes: readonly SignInMode[] = ['silent', 'silent-redirect', 'popup'];

/** A page that nobody has used yet, with a provider on another site. */
function untouched(signInModes = modes): Rules {
  const rules = new Rules(configOf({ signInModes }));
  rules.crossSite = true;
  rules.silentRedirect = true;
  return rules;
}

const untilCall: readonly Row[] = [
  [0, inputs.start, 'loading script', ['connect']],
  [0, inputs.loaded, 'loading auth', ['ready']],
  [0, inputs.authReady(false), 'loading first-call', []],
];

const untilAttempt: readonly Row[] = [
  ...untilCall,
  [600, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
];

const leaves = ['remember left', 'code silent-redirect'];
const asks = 'interaction-required login-required';

describe('a silent redirect', () => {
  for (const code of ['login-required', 'silent-refused'] as const) {
    it(`J29: leaves the page after a frame on another site ended with ${code}`, () => {
      runRows(
        [...untilAttempt, [900, inputs.codeFailed(code), 'signing-in code silent-redirect', leaves]],
        untouched(),
      );
    });
  }

  it('J29: leaves at once where frames are known not to work', () => {
    const rules = untouched();
    rules.framesUnusable = true;
    runRows([...untilCall, [600, inputs.pluginCalled(1), 'signing-in code silent-redirect', leaves]], rules);
  });

  it('leaves at once where only it is allowed', () => {
    runRows(
      [...untilCall, [600, inputs.pluginCalled(1), 'signing-in code silent-redirect', leaves]],
      untouched(['silent-redirect', 'popup']),
    );
  });

  it('J29: its code is used, and the next page may leave again', () => {
    runRows(
      [
        [0, { ...inputs.redirectReturned('c1'), silent: true } as never, 'loading script', []],
        ...untilCall,
        [600, inputs.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
        [900, inputs.authenticated(firstJwt), 'signed-in', ['token j1 sign-in', 'remember signed-in', 'signed-in']],
      ],
      untouched(),
    );
  });

  it('J29: after one that found nobody, a click is required, without another attempt and without an error', () => {
    const returned = { ...inputs.redirectReturned(new GcAuthError('login-required')), silent: true } as never;
    runRows(
      [
        [0, returned, 'loading script', ['remember nobody']],
        ...untilCall,
        [600, inputs.pluginCalled(1), asks, ['prepare']],
      ],
      untouched(),
    );
  });

  it('an error that says nothing about the person is not remembered', () => {
    const returned = { ...inputs.redirectReturned(new GcAuthError('provider-error')), silent: true } as never;
    runRows(
      [
        [0, returned, 'loading script', []],
        ...untilCall,
        [600, inputs.pluginCalled(1), 'interaction-required provider-error', ['prepare']],
      ],
      untouched(),
    );
  });

  it('is followed by the prompt when the page cannot be left, or Back returns to it', () => {
    for (const input of [inputs.codeFailed('storage-blocked'), inputs.pageShown]) {
      const rules = runRows(
        [...untilAttempt, [900, inputs.codeFailed('login-required'), 'signing-in code silent-redirect', leaves]],
        untouched(),
      );
      rules.silentRedirect = false;
      rules.send(input);
      expect(phaseOf(rules.model)).to.match(/^interaction-required/);
    }
  });

  const forbidden: Record<string, (rules: Rules) => void> = {
    'the page was used, or it was in vain before': (rules) => (rules.silentRedirect = false),
    'the provider is on the same site': (rules) => (rules.crossSite = false),
  };
  for (const [reason, change] of Object.entries(forbidden)) {
    it(`does not happen when ${reason}`, () => {
      const rules = untouched();
      change(rules);
      runRows([...untilAttempt, [900, inputs.codeFailed('login-required'), asks, ['prepare']]], rules);
    });
  }

  it('does not happen unless it is allowed', () => {
    runRows(
      [...untilAttempt, [900, inputs.codeFailed('login-required'), asks, ['prepare']]],
      untouched(['silent', 'popup']),
    );
  });

  for (const code of ['silent-timeout', 'offline'] as const) {
    it(`does not happen after ${code}, which says nothing about frames`, () => {
      const rules = runRows(untilAttempt, untouched());
      rules.send(inputs.codeFailed(code));
      expect(phaseOf(rules.model)).not.to.contain('silent-redirect');
    });
  }

  it('does not happen for a guest who steps up, nor for a method of the page', () => {
    for (const input of [inputs.pluginCalled(1, 'signIn'), inputs.signIn(1)]) {
      const rules = runRows(
        [
          untilCall[0]!,
          [0, inputs.loadedForStepUp, 'loading auth', ['ready']],
          untilCall[2]!,
          [1000, inputs.tick, 'signed-out', []],
        ],
        untouched(),
      );
      rules.framesUnusable = true;
      rules.send(input);
      expect(phaseOf(rules.model)).not.to.contain('silent-redirect');
    }
  });

  it('is counted by the loop breaker', () => {
    const rules = untouched();
    rules.framesUnusable = true;
    const loopEntries = [1, 2, 3].map(() => ['redirect', rules.now] as const);
    rules.send({ type: 'start', loopEntries, blocked: false });
    for (const input of [inputs.loaded, inputs.authReady(false), inputs.pluginCalled(1)]) rules.send(input);
    expect(phaseOf(rules.model)).to.equal('failed loop-stopped');
  });
});
