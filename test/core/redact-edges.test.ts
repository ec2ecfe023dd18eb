import { expect } from '@open-wc/testing';
import { decodedLevels, decodeFully } from '../../src/core/escapes.js';
import { asGcAuthError, GcAuthError } from '../../src/core/errors.js';
import { deepFreeze } from '../../src/core/frozen.js';
import { readFailure } from '../../src/core/messenger-failure.js';
import { redact, redactText } from '../../src/core/redact.js';
import { redactCause } from '../../src/core/redact-cause.js';
import { rememberSecret } from '../../src/core/secrets.js';

const secret = 'Kd93+mQz/0x7Lw==';

describe('redactCause()', () => {
  before(() => rememberSecret(secret));

  it('returns an error that has no secret as it is, so that the page gets the object that it threw', () => {
    for (const Type of [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError]) {
      const error = new Type('plain', { cause: new Error('inner') });
      expect(redactCause(error)).to.equal(error);
    }
  });

  it('returns a copy where something would be shown that is not shown now', () => {
    class OwnError extends Error {}
    const hiddenMember = Object.defineProperty(new Error('plain'), 'request', { value: secret });
    const withSymbol = Object.assign(new Error('plain'), { [Symbol('request')]: secret });
    const changing = Object.defineProperty(new Error('plain'), 'message', { get: () => 'plain' });
    for (const error of [new OwnError('plain'), Object.assign(new Error('plain'), { status: 400 }), hiddenMember]) {
      expect(redactCause(error)).to.not.equal(error);
    }
    for (const error of [withSymbol, changing]) expect(redactCause(error)).to.not.equal(error);
    expect(redactCause(new OwnError('plain'))).to.include({ name: 'Error', message: 'plain' });
  });

  for (const [name, change] of [
    ['message', (error: Error) => (error.message = `refused: ${secret}`)],
    ['stack', (error: Error) => (error.stack = `Error: x\n    at ${secret}`)],
    ['name', (error: Error) => (error.name = secret)],
    ['cause', (error: Error) => (error.cause = new Error(secret))],
  ] as const) {
    it(`returns a copy where the ${name} has a secret`, () => {
      const error = new Error('plain');
      change(error);
      const copy = redactCause(error) as Error;
      expect(copy).to.not.equal(error);
      const shown = [copy.message, copy.stack, copy.name, String((copy.cause as Error | undefined)?.message)];
      expect(shown.join('\n')).to.not.contain(secret);
      expect(copy).to.be.frozen;
    });
  }

  it('returns an error without a message as it is', () => {
    const error = new Error();
    expect(redactCause(error)).to.equal(error);
  });

  it('leaves no cause where there was none', () => {
    expect(redactCause(new Error(secret))).to.not.have.own.property('cause');
  });

  it('keeps a name or a stack that is no text out', () => {
    const error = Object.assign(new Error('plain'), { name: 7, stack: { any: secret } });
    const copy = redactCause(error) as Error;
    expect([copy.name, copy.stack]).to.eql([undefined, undefined]);
  });

  it('leaves out the causes beyond the eighth', () => {
    let error = new Error('the last');
    for (let depth = 0; depth < 12; depth++) error = new Error(secret, { cause: error });
    let causes = 0;
    for (let at = redactCause(error) as Error; at.cause; at = at.cause as Error) causes++;
    expect(causes).to.equal(8);
  });

  it('is a copy of values that are no errors', () => {
    expect(redactCause({ any: secret })).to.eql({ any: '…' });
    expect(redactCause('plain')).to.equal('plain');
  });
});

describe('redactText() keeps the shape of a text', () => {
  for (const [text, shown] of [
    ['{"refreshToken":"abc"} and more', '{"refreshToken":"…"} and more'],
    [`{'token': 'abc'}`, `{'token': '…'}`],
    ['of {"token": ""}', 'of {"token": ""}'],
    ['code="abc"&page=2', 'code="…"&page=2'],
    [`code="abc' and more`, 'code=…'],
    ['code="', 'code=…'],
    ['code=abc"def', 'code=…"def'],
    ['AAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBB.CCCCCCCCCCCCCCCC', '…'],
    ['AAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBB.CCCCCCCCCCCCCCCC', 'AAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBB.CCCCCCCCCCCCCCCC'],
  ] as const) {
    it(text, () => expect(redactText(text)).to.equal(shown));
  }

  it('cuts long texts, and shows nothing of a secret that begins at the cut', () => {
    expect(redactText('x '.repeat(10_000))).to.have.lengthOf(8_192);
    rememberSecret(secret);
    expect(redactText(`${'x'.repeat(8_192)}${secret}`)).to.equal('x'.repeat(8_192));
    expect(redactText(`${'x'.repeat(8_191)}${secret}`)).to.equal(`${'x'.repeat(8_191)}…`);
  });
});

describe('redact()', () => {
  it('reads JSON only where a text begins like it', () => {
    const json = JSON.stringify({ jwt: 'abc' });
    expect(redact(`  \n${json}`)).to.equal('{"jwt":"…"}');
    expect(redact(`{ "a" : 1 }`)).to.equal('{ "a" : 1 }');
    expect(redact(`{ not JSON`)).to.equal('{ not JSON');
    expect(redact(`7`)).to.equal('7');
  });

  it('shows lists and iterables as lists, and maps and forms as objects', () => {
    expect(redact([1, 'a', [true]])).to.eql([1, 'a', [true]]);
    expect(redact(new Set(['a', 'b']))).to.eql(['a', 'b']);
    expect(
      redact(
        new Map<unknown, unknown>([
          ['a', 1],
          [{ b: 1 }, 2],
        ]),
      ),
    ).to.eql({ a: 1, '{"b":1}': 2 });
    expect(redact(new Map([[undefined, 1]]))).to.eql({ '': 1 });
    expect(redact(new Map([['token', 'abc']]))).to.eql({ token: '…' });
    expect(redact({ entries: 'not a function', [Symbol.iterator]: 1 })).to.eql({ entries: 'not a function' });
    expect(redact({ entries: () => [['a', 1]] })).to.eql({ entries: undefined });
  });

  it('shows boxed texts as texts', () => expect(redact(new String('plain'))).to.equal('plain'));

  it('shows the errors of an AggregateError', () => {
    const shown = redact(new AggregateError([new Error('one'), new Error('two')], 'both'));
    expect(shown).to.eql({ message: 'both', errors: [{ message: 'one' }, { message: 'two' }] });
  });

  it('hides a member with the name of a secret, and not one whose value is a number', () => {
    expect(redact({ code: 401, jwt: 'x' })).to.eql({ code: 401, jwt: '…' });
    expect(redact(['jwt'])).to.eql(['jwt']);
  });

  it('shows 2,000 values at most', () => {
    expect(redact(Array.from({ length: 3_000 }, () => 1))).to.have.lengthOf(1_999);
    expect(redact(new Set(Array.from({ length: 3_000 }, (_, index) => index)))).to.have.lengthOf(1_999);
    const object = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`k${index}`, 1]));
    expect(Object.keys(redact({ a: object, b: object, c: object }) as object)).to.eql(['a', 'b']);
  });

  it('shows eight levels', () => {
    const nested = (levels: number): unknown => (levels ? { in: nested(levels - 1) } : 'text');
    expect(JSON.stringify(redact(nested(7)))).to.contain('text');
    expect(JSON.stringify(redact(nested(12)))).to.not.contain('text');
  });
});

describe('escapes', () => {
  it('have eight levels, and the text itself', () => {
    expect([...decodedLevels(`%${'25'.repeat(20)}41`)]).to.have.lengthOf(9);
    expect([...decodedLevels('plain')]).to.have.lengthOf(1);
    expect([...decodedLevels('100 % sure')]).to.have.lengthOf(1);
    expect([...decodedLevels('%41')]).to.have.lengthOf(2);
  });

  it('stay as they are where they are no text', () => expect(decodeFully('%ff')).to.equal('%ff'));

  it('are found at their own place', () => {
    const [, level] = [...decodedLevels('ab%41c')];
    expect([level?.text, level?.start(1), level?.end(1), level?.start(2), level?.end(2)]).to.eql(['abAc', 1, 2, 2, 5]);
    expect([level?.start(3), level?.end(3)]).to.eql([5, 6]);
  });
});

describe('deepFreeze()', () => {
  it('freezes plain objects and lists, also those without a prototype, and no others', () => {
    const bare = Object.assign(Object.create(null) as object, { in: [1] });
    const date = new Date();
    const value = deepFreeze({ bare, date, list: [{}] });
    expect([value, value.list, value.list[0], bare, (bare as { in: unknown[] }).in].every(Object.isFrozen)).to.equal(
      true,
    );
    expect(date).to.not.be.frozen;
  });
});

describe('a GcAuthError', () => {
  it('is told from other values, whatever they are', () => {
    const throwing = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    for (const value of [undefined, null, 7, 'text', {}, () => 1, throwing]) {
      expect(value instanceof GcAuthError).to.equal(false);
      expect(asGcAuthError(value, 'offline').code).to.equal('offline');
    }
    expect(new GcAuthError('offline') instanceof GcAuthError).to.equal(true);
  });

  it('has the texts of command-failed for a code that nobody knows', () => {
    const unknown = new GcAuthError('toString' as never);
    const { message, hint, step } = new GcAuthError('command-failed');
    expect(unknown).to.include({ message, hint, step });
  });
});

describe('readFailure()', () => {
  for (const [status, read] of [
    [99, undefined],
    [100, 100],
    [599, 599],
    [600, undefined],
    ['401', 401],
    [[401], undefined],
    [true, undefined],
    [401.5, undefined],
  ] as const) {
    it(`reads the status ${JSON.stringify(status)} as ${read}`, () =>
      expect(readFailure({ status }).status).to.equal(read));
  }

  it('looks four levels deep', () => {
    const nested = (levels: number): unknown => (levels ? { error: nested(levels - 1) } : { status: 401 });
    expect(readFailure(nested(3)).status).to.equal(401);
    expect(readFailure(nested(4)).status).to.equal(undefined);
  });

  it('has no message where there is none', () => expect(readFailure({ message: 7 })).to.eql({}));
});
