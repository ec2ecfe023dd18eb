import { expect } from '@open-wc/testing';
import type { SignInMode } from '../../src/core/config.js';
import type { ErrorCode } from '../../src/core/errors.js';
import { afterFailure } from '../../src/core/ladder.js';

const all: readonly SignInMode[] = ['silent', 'popup', 'redirect'];

describe('where a failed attempt leads', () => {
  const rows: ReadonlyArray<readonly [code: ErrorCode, modes: readonly SignInMode[], to: 'person' | 'stop']> = [
    ['login-required', all, 'person'],
    ['silent-timeout', all, 'person'],
    ['silent-refused', all, 'person'],
    ['popup-blocked', all, 'person'],
    ['popup-closed', ['popup'], 'person'],
    ['provider-error', all, 'person'],
    ['login-required', ['silent'], 'stop'],
    ['silent-timeout', ['silent'], 'stop'],
    ['discovery-failed', all, 'stop'],
    ['issuer-mismatch', all, 'stop'],
    ['config-invalid', all, 'stop'],
    ['offline', all, 'stop'],
  ];
  for (const [code, modes, to] of rows) {
    it(`${code} with ${modes.join(' ')}: ${to}`, () => expect(afterFailure(code, modes)).to.equal(to));
  }
});
