import { expect } from '@open-wc/testing';
import { diagnosis } from '../../src/core/diagnosis.js';
import { asGcAuthError, GcAuthError } from '../../src/core/errors.js';
import type { ErrorCode } from '../../src/core/errors.js';

/** The public list of codes. */
const codes: Record<ErrorCode, true> = {
  'config-invalid': true,
  'duplicate-element': true,
  'script-blocked': true,
  'script-timeout': true,
  'domain-not-allowed': true,
  'deployment-inactive': true,
  'auth-not-enabled': true,
  'provider-taken': true,
  'discovery-failed': true,
  'login-required': true,
  'silent-timeout': true,
  'silent-refused': true,
  'popup-blocked': true,
  'popup-closed': true,
  'popup-timeout': true,
  'provider-error': true,
  'state-mismatch': true,
  'issuer-mismatch': true,
  'exchange-failed': true,
  'refresh-failed': true,
  'reauthenticate-ignored': true,
  'loop-stopped': true,
  'command-timeout': true,
  'command-failed': true,
  'logout-failed': true,
  'storage-blocked': true,
  'person-changed': true,
  offline: true,
};
const steps = ['config', 'load', 'code', 'exchange', 'refresh', 'sign-out', 'command', 'storage'];

describe('GcAuthError', () => {
  for (const code of Object.keys(codes) as ErrorCode[]) {
    it(`${code} has a sentence for what happened and one for what to do`, () => {
      const error = new GcAuthError(code);
      expect(error).to.be.instanceOf(Error);
      expect(error.name).to.equal('GcAuthError');
      expect(error.code).to.equal(code);
      expect(error.message).to.match(/^[A-Z].+\.$/);
      expect(error.hint).to.match(/^[A-Z].+\.$/);
      expect(steps).to.include(error.step);
      expect(error.retryable).to.be.a('boolean');
      expect(error.trace).to.eql([]);
      expect('cause' in error).to.equal(false);
    });
  }

  const trace = [{ rung: 'silent', verdict: 'login-required', ms: 12 }] as const;

  it('uses the details instead of the defaults', () => {
    const details = { message: 'M.', hint: 'H.', step: 'load', retryable: false, trace, cause: 'c' } as const;
    expect({ ...new GcAuthError('offline', details) }).to.include({
      hint: 'H.',
      step: 'load',
      retryable: false,
      trace,
    });
    expect(new GcAuthError('offline', details).message).to.equal('M.');
    expect(new GcAuthError('offline', details).cause).to.equal('c');
  });

  it('has a JSON form with its trace and without its cause', () => {
    const error = new GcAuthError('login-required', { trace, cause: new Error('code=secret') });
    const { step, retryable, message, hint } = error;
    expect(JSON.parse(JSON.stringify(error))).to.eql({ code: 'login-required', step, retryable, message, hint, trace });
  });

  it('traced() returns a copy with a trace', () => {
    const error = new GcAuthError('popup-closed', {
      message: 'M.',
      hint: 'H.',
      step: 'load',
      retryable: false,
      cause: 1,
    });
    const traced = error.traced(trace);
    expect(traced.toJSON()).to.eql({ ...error.toJSON(), trace });
    expect(traced.cause).to.equal(1);
    expect(error.trace).to.eql([]);
  });
});

describe('asGcAuthError()', () => {
  it('returns a GcAuthError unchanged', () => {
    const error = new GcAuthError('offline');
    expect(asGcAuthError(error, 'command-failed')).to.equal(error);
  });

  for (const thrown of [new Error('x'), 'text', undefined, null, 7]) {
    it(`wraps ${String(thrown)}`, () => {
      const error = asGcAuthError(thrown, 'command-failed', { step: 'load' });
      expect(error).to.include({ code: 'command-failed', step: 'load' });
      expect(error.cause).to.equal(thrown);
    });
  }
});

describe('diagnosis()', () => {
  const check = (ok: boolean | undefined) => ({ name: 'n', ok, found: 'f' });

  it('is ok when no check failed', () => {
    expect(diagnosis([check(true), check(undefined)]).ok).to.equal(true);
    expect(diagnosis([]).ok).to.equal(true);
  });

  it('is not ok when a check failed', () => expect(diagnosis([check(true), check(false)]).ok).to.equal(false));
});
