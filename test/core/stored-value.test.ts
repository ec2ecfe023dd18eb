import { expect } from '@open-wc/testing';
import { attempt, createStoredValue } from '../../src/core/stored-value.js';
import type { KeyValueStore } from '../../src/core/stored-value.js';

const failing = (): never => {
  throw new Error('blocked');
};

/** A storage with a clock that the test sets. */
function storage(content: Record<string, string> = {}) {
  const clock = { now: 1_000 };
  const area: KeyValueStore = {
    getItem: (key) => content[key] ?? null,
    setItem: (key, value) => void (content[key] = value),
  };
  const valueOf = (of: () => KeyValueStore = () => area) => createStoredValue(of, 'key', () => clock.now);
  return { content, clock, value: valueOf(), valueOf };
}

describe('attempt()', () => {
  it('returns what the work returns', () => expect(attempt(() => 7)).to.equal(7));

  it('returns undefined when the work throws', () => expect(attempt(failing)).to.equal(undefined));
});

describe('a stored value', () => {
  it('has the time 0 before anything was written', () => {
    expect(storage().value.read()).to.eql({ at: 0 });
  });

  it('is read as it was written, with the time', () => {
    const { content, value, valueOf } = storage();
    expect(value.write({ name: 'a' })).to.eql({ name: 'a', at: 1_000 });
    expect(JSON.parse(content['key']!)).to.eql({ name: 'a', at: 1_000 });
    expect(valueOf().read()).to.eql({ name: 'a', at: 1_000 });
  });

  it('has a later time than the value that it replaces, also with a clock that was set back', () => {
    const { clock, value } = storage();
    value.write({ name: 'a' });
    clock.now = 500;
    expect(value.write({ name: 'b' })).to.eql({ name: 'b', at: 1_001 });
    clock.now = 3_000;
    expect(value.write({ name: 'c' })).to.eql({ name: 'c', at: 3_000 });
  });

  it('is read from the storage when another tab has written it', () => {
    const { value, valueOf } = storage();
    valueOf().write({ name: 'of the other tab' });
    expect(value.read()).to.eql({ name: 'of the other tab', at: 1_000 });
  });

  it('is kept where the storage has an older one', () => {
    const { content, clock, value, valueOf } = storage();
    valueOf().write({ name: 'old' });
    const old = content['key']!;
    clock.now = 2_000;
    value.write({ name: 'new' });
    content['key'] = old;
    expect(value.read()).to.include({ name: 'new' });
  });

  it('is replaced by one of the same time that another tab sent, so that both tabs have the same one', () => {
    const { value } = storage();
    value.receive({ name: 'sent', at: 0 });
    expect(value.read()).to.eql({ name: 'sent', at: 0 });
  });

  it('is what another tab sent, if that is later', () => {
    const { value } = storage();
    value.write({ name: 'own' });
    value.receive({ name: 'older', at: 999 });
    expect(value.read()).to.include({ name: 'own' });
    value.receive({ name: 'later', at: 1_001 });
    expect(value.read()).to.include({ name: 'later' });
  });

  for (const damaged of [null, undefined, 7, 'text', {}, { at: 'soon' }, { at: NaN }, { at: 1e14 }, { at: Infinity }]) {
    it(`is not replaced by ${JSON.stringify(damaged) ?? 'undefined'}`, () => {
      const { value } = storage();
      value.write({ name: 'own' });
      value.receive(damaged);
      expect(value.read()).to.eql({ name: 'own', at: 1_000 });
    });
  }

  it('is not what the storage says if that is no JSON', () => {
    const { value } = storage({ key: '{' });
    expect(value.read()).to.eql({ at: 0 });
  });

  it('lives in memory where the storage is blocked', () => {
    for (const area of [failing, (): KeyValueStore => ({ getItem: failing, setItem: failing })]) {
      const value = storage().valueOf(area);
      expect(value.write({ name: 'a' })).to.eql({ name: 'a', at: 1_000 });
      expect(value.read()).to.eql({ name: 'a', at: 1_000 });
    }
  });
});
