import { expect } from '@open-wc/testing';
import { diagnosis } from '../../src/core/diagnosis.js';
import { asGcAuthError, GcAuthError, gcAuthErrorOf } from '../../src/core/errors.js';
import type { ErrorCode } from '../../src/core/errors.js';
import { rememberSecret } from '../../src/core/secrets.js';

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
  'prompt-hidden': true,
  'messenger-removed': true,
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
    expect({ ...new GcAuthError('offline', details) }).to.deep.include({
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

describe('the secrets of a GcAuthError', () => {
  const secret = 'Splx+lOBe/ZQQYbYS6WxSbIA';
  const shown = (error: GcAuthError): string => {
    const causes: unknown[] = [];
    for (let cause: unknown = error.cause; cause; cause = (cause as Error).cause) {
      causes.push(cause, (cause as Error).message, (cause as Error).stack);
    }
    return JSON.stringify([error, error.message, error.hint, error.stack, causes]) + String(error);
  };
  before(() => rememberSecret(secret));

  it('are in no text, and in no trace', () => {
    const details = { message: `M ${secret}`, hint: encodeURIComponent(secret), cause: secret };
    const trace = [{ rung: secret, verdict: 'code', ms: 1, extra: { [secret]: 1 } }] as never;
    expect(shown(new GcAuthError('offline', { ...details, trace }))).not.to.match(/Splx|ZQQY/);
    expect(shown(new GcAuthError('offline', details).traced(trace))).not.to.match(/Splx|ZQQY/);
  });

  it('are in no cause, which keeps its class, its name, its stack and its own cause', () => {
    const inner = Object.assign(new RangeError(`inner ${secret}`), { config: { data: secret }, status: 400 });
    const cause = new TypeError(`outer ${secret}`, { cause: inner });
    const error = new GcAuthError('offline', { cause });
    expect(shown(error)).not.to.match(/Splx|ZQQY/);
    expect(error.cause).to.be.instanceOf(TypeError).and.to.include({ name: 'TypeError', message: 'outer …' });
    const nested = (error.cause as Error).cause;
    expect(nested).to.be.instanceOf(RangeError).and.to.include({ message: 'inner …', status: 400 });
    expect(nested).not.to.have.property('config');
  });

  it('are in no cause that is circular, or that throws', () => {
    const circular = new Error(secret);
    circular.cause = circular;
    const throwing = new Error(secret);
    // Node.js formats the stack when it is first touched, with name and message.
    for (const name of ['stack', 'message', 'name', 'cause', 'other']) {
      Object.defineProperty(throwing, name, {
        enumerable: true,
        get: () => {
          throw new Error(secret);
        },
      });
    }
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const cause of [circular, throwing, proxy, new DOMException(secret, 'AbortError')]) {
      expect(shown(new GcAuthError('offline', { cause }))).not.to.contain('Splx');
    }
    expect(new GcAuthError('offline', { cause: new DOMException('a', 'AbortError') }).cause).to.include({
      name: 'AbortError',
    });
  });

  it('keeps an error of its own kind as the cause', () => {
    const cause = new GcAuthError('offline');
    expect(new GcAuthError('loop-stopped', { cause }).cause).to.equal(cause);
  });

  it('is frozen, with its trace and the copy of its cause', () => {
    const trace = [{ rung: 'silent' as const, verdict: 'code' as const, ms: 1 }];
    const error = new GcAuthError('offline', { trace, cause: new Error(secret) });
    for (const frozen of [error, error.trace, error.trace[0], error.cause]) expect(frozen).to.be.frozen;
    expect(trace).not.to.be.frozen;
  });
});

/** As an older or newer copy of the bundle would make it. */
const foreign = (members: object, version = 1): Error =>
  Object.defineProperties<Error>(new Error('Their message.'), {
    [Symbol.for(`gc-auth-messenger:error:${version}`)]: { value: true },
    ...Object.getOwnPropertyDescriptors(members),
  });

describe('a GcAuthError of another copy of the bundle', () => {
  const theirs = { code: 'popup-closed', hint: 'Their hint.', step: 'load', retryable: false, trace: [] };

  it('is recognised, and becomes one of this copy', () => {
    const error = gcAuthErrorOf(foreign({ ...theirs, cause: 'c' }));
    expect(GcAuthError.isOwn(error)).to.equal(true);
    expect(error?.toJSON()).to.eql({ ...theirs, message: 'Their message.' });
    expect(error?.cause).to.equal('c');
    expect(asGcAuthError(foreign(theirs), 'offline').code).to.equal('popup-closed');
    expect(foreign(theirs)).to.be.instanceOf(GcAuthError);
  });

  it('gets the defaults of its code for members of another type', () => {
    const error = gcAuthErrorOf(foreign({ code: 'offline', hint: 1, step: {}, retryable: 'no', trace: 'x' }));
    expect(error?.toJSON()).to.eql({ ...new GcAuthError('offline').toJSON(), message: 'Their message.' });
  });

  const others: Record<string, unknown> = {
    'of another version': foreign(theirs, 2),
    'with a code that is not known': foreign({ ...theirs, code: 'new-code' }),
    'with the name of an inherited member as its code': foreign({ ...theirs, code: 'constructor' }),
    'without a code': foreign({}),
    'in its looks only': Object.assign(new Error('x'), theirs, { name: 'GcAuthError' }),
    'that throws': foreign({
      get code(): never {
        throw new Error('getter');
      },
    }),
  };
  for (const [title, thrown] of Object.entries(others)) {
    it(`is wrapped where it is one ${title}`, () => {
      expect(gcAuthErrorOf(thrown)).to.equal(undefined);
      expect(asGcAuthError(thrown, 'offline').code).to.equal('offline');
    });
  }

  it('leaves instanceof of subclasses as it is', () => {
    class Mine extends GcAuthError {
      readonly extra = 1;
    }
    expect(new Mine('offline')).to.be.instanceOf(GcAuthError).and.to.be.instanceOf(Mine);
    expect(new GcAuthError('offline')).not.to.be.instanceOf(Mine);
    expect(asGcAuthError(new Mine('offline'), 'login-required').code).to.equal('offline');
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
  const check = (ok: boolean | undefined) => ({ id: 'i', name: 'n', ok, found: 'f' });

  it('is ok when no check failed', () => {
    expect(diagnosis([check(true), check(undefined)]).ok).to.equal(true);
    expect(diagnosis([]).ok).to.equal(true);
  });

  it('is not ok when a check failed', () => expect(diagnosis([check(true), check(false)]).ok).to.equal(false));
});
