import { expect } from '@open-wc/testing';
import { createPersistencePort } from '../../src/page/persistence.js';
import type { PersistencePort, LoopEntry } from '../../src/session/ports.js';
import { windowWith } from '../support/window-with.js';

const scope = { authority: 'https://login.example.com', deploymentId: '3f0c' };
const framesKey = `gc-auth-messenger:frames:${scope.authority}`;
const triesKey = `gc-auth-messenger:tries:${scope.deploymentId}`;
const day = 86_400_000;
const hour = 3_600_000;
const t0 = Date.UTC(2026, 10, 22);

const chrome = (version: string) =>
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version} Safari/537.36`;
const browser = (userAgent: string) => windowWith({ navigator: { userAgent } });

const clear = (): void => {
  localStorage.removeItem(framesKey);
  sessionStorage.removeItem(triesKey);
};

describe('what is remembered of frames', () => {
  afterEach(clear);

  const at = (time: number, win: Window = window, changes: Partial<typeof scope> = {}): PersistencePort =>
    createPersistencePort(win, { ...scope, ...changes }, () => time);

  it('is known on the next page, for this provider only', () => {
    at(t0).rememberFrames(true);
    expect(at(t0).framesUnusable()).to.equal(true);
    expect(at(t0, window, { authority: 'https://other.example.com' }).framesUnusable()).to.equal(false);
  });

  it('is doubted after a week, on either side of a clock that was set', () => {
    at(t0).rememberFrames(true);
    expect(at(t0 + 7 * day - 1).framesUnusable()).to.equal(true);
    expect(at(t0 + 7 * day).framesUnusable()).to.equal(false);
    expect(at(t0 - 8 * day).framesUnusable()).to.equal(false);
  });

  it('is doubted in a new version of the browser, not in an update of it', () => {
    at(t0, browser(chrome('156.0.8078.79'))).rememberFrames(true);
    expect(at(t0, browser(chrome('156.0.8078.80'))).framesUnusable()).to.equal(true);
    expect(at(t0, browser(chrome('157.0.0.0'))).framesUnusable()).to.equal(false);
  });

  it('is forgotten when a frame works, in other tabs too', () => {
    const [one, other] = [at(t0), at(t0)];
    one.rememberFrames(true);
    expect(other.framesUnusable()).to.equal(true);
    other.rememberFrames(false);
    expect([one.framesUnusable(), other.framesUnusable()]).to.eql([false, false]);
  });

  it('leaves nothing behind where frames always worked', () => {
    at(t0).rememberFrames(false);
    expect(localStorage.getItem(framesKey)).to.equal(null);
  });

  for (const garbage of ['{', 'null', '5', '[]', '{"at":"x"}', '{"at":1e999,"useless":true}']) {
    it(`shrugs at ${garbage} in the storage`, () => {
      localStorage.setItem(framesKey, garbage);
      const memory = at(t0);
      expect(memory.framesUnusable()).to.equal(false);
      memory.rememberFrames(true);
      expect(at(t0).framesUnusable()).to.equal(true);
    });
  }
});

describe('the tries of a tab', () => {
  let now: number;
  const open = (win: Window = window): PersistencePort => createPersistencePort(win, scope, () => now);
  beforeEach(() => (now = t0));
  afterEach(clear);

  it('are there after a reload, in this tab only', () => {
    open().saveLoopEntries([['exchange', now]]);
    expect(open().loopEntries()).to.eql([['exchange', now]]);
    expect(localStorage.getItem(triesKey)).to.equal(null);
  });

  it('count for an hour', () => {
    open().saveLoopEntries([
      ['exchange', now],
      ['redirect', now + 1],
    ]);
    now += hour;
    expect(open().loopEntries()).to.eql([['redirect', t0 + 1]]);
  });

  it('are kept up to fifty, the last ones', () => {
    const loopEntries = Array.from({ length: 60 }, (_, index): LoopEntry => ['silent', now - 60 + index]);
    open().saveLoopEntries(loopEntries);
    expect(open().loopEntries()).to.eql(loopEntries.slice(10));
  });

  for (const [garbage, left] of [
    ['{', 0],
    ['{"at":1}', 0],
    ['{"at":1,"loopEntries":5}', 0],
    [`{"at":1,"loopEntries":[null,1,{},["a"],[1,${t0}],["a","b"],["good",${t0}]]}`, 1],
  ] as const) {
    it(`keep what is sound of ${garbage}`, () => {
      sessionStorage.setItem(triesKey, garbage);
      expect(open().loopEntries()).to.have.lengthOf(left);
    });
  }
});

describe('a memory without storage', () => {
  const refused = (): never => {
    throw new DOMException('denied', 'SecurityError');
  };
  /** Holds its text for ever, whatever is written. */
  const full = (text: string | null) => ({ getItem: () => text, setItem: refused, removeItem: () => undefined });
  const poor: ReadonlyArray<readonly [string, () => Window]> = [
    ['is null', () => windowWith({ localStorage: null, sessionStorage: null })],
    ['cannot be touched', () => Object.defineProperties({ navigator }, { localStorage: { get: refused } }) as never],
    ['is full', () => windowWith({ localStorage: full(null), sessionStorage: full(null) })],
    ['is full of old', () => windowWith({ localStorage: full('{"at":1}'), sessionStorage: full('{"at":1}') })],
  ];
  for (const [title, make] of poor) {
    it(`remembers in this window where the storage ${title}, and says so`, () => {
      const memory = createPersistencePort(make(), scope, () => t0);
      expect(memory.available).to.equal(false);
      memory.rememberFrames(true);
      memory.saveLoopEntries([['exchange', t0]]);
      expect(memory.framesUnusable()).to.equal(true);
      expect(memory.loopEntries()).to.eql([['exchange', t0]]);
    });
  }

  it('is not lost with a storage that the page clears', () => {
    const memory = createPersistencePort(window, scope, () => t0);
    memory.rememberFrames(true);
    memory.saveLoopEntries([['exchange', t0]]);
    clear();
    expect(memory.framesUnusable()).to.equal(true);
    expect(memory.loopEntries()).to.eql([['exchange', t0]]);
  });

  it('looks once, when asked, and leaves nothing behind', () => {
    const before = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    let writes = 0;
    const counting = { setItem: () => writes++, removeItem: () => undefined, getItem: () => null };
    const memory = createPersistencePort(windowWith({ localStorage: counting, sessionStorage: counting }), scope);
    expect(writes).to.equal(0);
    expect([memory.available, memory.available]).to.eql([true, true]);
    expect(writes).to.equal(2);
    expect(createPersistencePort(window, scope).available).to.equal(true);
    expect([...Object.keys(localStorage), ...Object.keys(sessionStorage)]).to.eql(before);
  });
});
