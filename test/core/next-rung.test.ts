import { expect } from '@open-wc/testing';
import type { SignInMode } from '../../src/core/config.js';
import type { ErrorCode } from '../../src/core/errors.js';
import { GcAuthError } from '../../src/core/errors.js';
import { afterFailure, interactiveRung } from '../../src/core/next-rung.js';
import type { RungConditions } from '../../src/core/next-rung.js';
import type { InteractiveRung } from '../../src/core/phase.js';

const all: readonly SignInMode[] = ['silent', 'popup', 'redirect'];

type Step = InteractiveRung | 'stop';

/** The next step after an error of each rung, when all rungs are allowed. */
const rows: ReadonlyArray<readonly [error: ErrorCode, silent: Step, popup: Step, redirect: Step]> = [
  ['login-required', 'popup', 'popup', 'redirect'],
  ['silent-timeout', 'popup', 'popup', 'redirect'],
  ['silent-refused', 'popup', 'popup', 'redirect'],
  ['popup-blocked', 'popup', 'popup', 'redirect'],
  ['popup-closed', 'popup', 'popup', 'redirect'],
  ['popup-timeout', 'popup', 'popup', 'redirect'],
  ['provider-error', 'popup', 'popup', 'redirect'],
  ['state-mismatch', 'popup', 'popup', 'redirect'],
  ['issuer-mismatch', 'popup', 'stop', 'stop'],
  ['discovery-failed', 'stop', 'stop', 'stop'],
  ['config-invalid', 'popup', 'stop', 'stop'],
  ['storage-blocked', 'popup', 'stop', 'stop'],
  ['offline', 'stop', 'stop', 'stop'],
];

describe('afterFailure()', () => {
  const conditions: RungConditions = { modes: all, popups: true };
  for (const [error, ...steps] of rows) {
    all.forEach((rung, index) =>
      it(`${error} of ${rung}: ${steps[index] ?? ''}`, () =>
        expect(afterFailure(rung, { code: error, step: 'code' }, conditions)).to.equal(steps[index])),
    );
  }

  const silentFailures: ReadonlyArray<readonly [modes: readonly SignInMode[], popups: boolean, next: Step]> = [
    [['silent', 'popup'], true, 'popup'],
    [['silent', 'redirect'], true, 'redirect'],
    [['silent', 'popup', 'redirect'], false, 'redirect'],
    [['silent', 'popup'], false, 'popup'],
    [['silent'], true, 'stop'],
    [['redirect'], true, 'redirect'],
  ];
  for (const [modes, popups, next] of silentFailures) {
    it(`from silent with ${modes.join(' ')}, popups ${popups ? 'possible' : 'impossible'}: ${next}`, () => {
      expect(afterFailure('silent', new GcAuthError('login-required'), { modes, popups })).to.equal(next);
      expect(interactiveRung({ modes, popups }) ?? 'stop').to.equal(next);
    });
  }

  it('a configuration with which no request can be made stops the silent rung, too', () => {
    for (const code of ['config-invalid', 'issuer-mismatch'] as const) {
      expect(afterFailure('silent', { code, step: 'config' }, conditions)).to.equal('stop');
    }
  });

  it('the second blocked popup leads to the redirect, because the browser blocks it in spite of a click', () => {
    const blocked = { popups: true, blocked: true };
    expect(afterFailure('popup', new GcAuthError('popup-blocked'), { ...blocked, modes: all })).to.equal('redirect');
    expect(
      afterFailure('popup', new GcAuthError('popup-blocked'), { ...blocked, modes: ['silent', 'popup'] }),
    ).to.equal('popup');
  });
});
