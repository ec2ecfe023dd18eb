import { expect } from '@open-wc/testing';
import { createPersistencePort } from '../../src/page/persistence.js';
import type { PersistencePort, LoopEntry } from '../../src/session/ports.js';
import { windowWith } from '../support/window-with.js';

const scope = { authority: 'https://login.example.com', deploymentId: '3f0c' };
const framesKey = `gc-auth-messenger:frames:${scope.authority}`;
const loopKey = `gc-auth-messenger:loop:${scope.deploymentId}`;
const day = 86_400_000;
const hour = 3_600_000;
const t0 = Date.UTC(2026, 10, 22);

const chrome = (version: string) =>
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version} Safari/537.36`;
const browser = (userAgent: string) => windowWith({ navigator: { userAgent } });

const clear = (): void => {
  localStorage.removeItem(framesKey);
  sessionStorage.removeItem(loopKey);
};

describe('the memory of a refused response mode', () => {
  const key = `gc-auth-messenger:fragment:${scope.authority}`;
  afterEach(() => localStorage.removeItem(key));
  const at = (time: number, changes: Partial<typeof scope> = {}) =>
    createPersistencePort(window, { ...scope, ...changes }, () => time);

  it('survives the page for a week, for this provider only, beside what is known of frames', () => {
    expect(at(t0).fragmentRefused).to.equal(false);
    at(t0).fragmentRefused = true;
    expect([at(t0).fragmentRefused, at(t0).framesUnusable()]).to.eql([true, false]);
    expect(at(t0, { authority: 'https://other.example.com' }).fragmentRefused).to.equal(false);
    expect(at(t0 + 7 * day - 1).fragmentRefused).to.equal(true);
    expect(at(t0 + 7 * day).fragmentRefused).to.equal(false);
    expect(localStorage.getItem(key), 'removed when it no longer counts').to.equal(null);
  });

  for (const garbage of ['{', 'null', '5', '[]', '{"at":"x"}', '{"at":1e999}']) {
    it(`is empty with ${garbage} in its place`, () => {
      localStorage.setItem(key, garbage);
      expect(at(t0).fragmentRefused).to.equal(false);
    });
  }
});

describe('the memory of unusable frames', () => {
  afterEach(clear);

  const at = (time: number, win: Window = window, changes: Partial<typeof scope> = {}): PersistencePort =>
    createPersistencePort(win, { ...scope, ...changes }, () => time);

  it('survives the page, for this provider only', () => {
    at(t0).rememberFrames(true);
    expect(at(t0).framesUnusable()).to.equal(true);
    expect(at(t0, window, { authority: 'https://other.example.com' }).framesUnusable()).to.equal(false);
  });

  it('ends after a week, also when the clock was set back', () => {
    at(t0).rememberFrames(true);
    expect(at(t0 + 7 * day - 1).framesUnusable()).to.equal(true);
    expect(at(t0 + 7 * day).framesUnusable()).to.equal(false);
    expect(at(t0 - 8 * day).framesUnusable()).to.equal(false);
  });

  it('ends with a new major version of the browser, not with a minor one', () => {
    at(t0, browser(chrome('156.0.8078.79'))).rememberFrames(true);
    expect(at(t0, browser(chrome('156.0.8078.80'))).framesUnusable()).to.equal(true);
    expect(at(t0, browser(chrome('157.0.0.0'))).framesUnusable()).to.equal(false);
  });

  it('ends in all tabs when a frame works', () => {
    const [one, other] = [at(t0), at(t0)];
    one.rememberFrames(true);
    expect(other.framesUnusable()).to.equal(true);
    other.rememberFrames(false);
    expect([one.framesUnusable(), other.framesUnusable()]).to.eql([false, false]);
  });

  it('writes nothing where frames always worked', () => {
    at(t0).rememberFrames(false);
    expect(localStorage.getItem(framesKey)).to.equal(null);
  });

  for (const garbage of ['{', 'null', '5', '[]', '{"at":"x"}', '{"at":1e999,"unusableIn":true}']) {
    it(`ignores ${garbage} in the storage`, () => {
      localStorage.setItem(framesKey, garbage);
      const port = at(t0);
      expect(port.framesUnusable()).to.equal(false);
      port.rememberFrames(true);
      expect(at(t0).framesUnusable()).to.equal(true);
    });
  }
});

describe('the loop entries of a tab', () => {
  let now: number;
  const open = (win: Window = window): PersistencePort => createPersistencePort(win, scope, () => now);
  beforeEach(() => (now = t0));
  afterEach(clear);

  it('survive a reload, in this tab only', () => {
    open().saveLoopEntries([['exchange', now]]);
    expect(open().loopEntries()).to.eql([['exchange', now]]);
    expect(localStorage.getItem(loopKey)).to.equal(null);
  });

  it('count for an hour', () => {
    open().saveLoopEntries([
      ['exchange', now],
      ['redirect', now + 1],
    ]);
    now += hour;
    expect(open().loopEntries()).to.eql([['redirect', t0 + 1]]);
  });

  it('are limited to the last fifty', () => {
    const loopEntries = Array.from({ length: 60 }, (_, index): LoopEntry => ['silent', now - 60 + index]);
    open().saveLoopEntries(loopEntries);
    expect(open().loopEntries()).to.eql(loopEntries.slice(10));
  });

  for (const [garbage, left] of [
    ['{', 0],
    ['{"at":1}', 0],
    ['{"at":1,"entries":5}', 0],
    [`{"at":1,"entries":[null,1,{},["a"],[1,${t0}],["a","b"],["good",${t0}]]}`, 1],
  ] as const) {
    it(`keep the valid part of ${garbage}`, () => {
      sessionStorage.setItem(loopKey, garbage);
      expect(open().loopEntries()).to.have.lengthOf(left);
    });
  }
});

describe('what no longer counts', () => {
  const old = {
    frames: 'gc-auth-messenger:frames:https://old.example.com',
    loop: 'gc-auth-messenger:loop:old',
    other: 'other:gc-auth-messenger:loop:',
  };
  afterEach(() => {
    for (const key of Object.values(old)) [localStorage, sessionStorage].forEach((area) => area.removeItem(key));
    clear();
  });

  const store = (at: number): void => {
    for (const key of [framesKey, old.frames]) localStorage.setItem(key, JSON.stringify({ at, unusableIn: 'x' }));
    for (const key of [loopKey, old.loop, old.other]) {
      sessionStorage.setItem(key, JSON.stringify({ at, entries: [['exchange', at]] }));
    }
  };
  const kept = (): string[] =>
    [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => /:(frames|loop):/.test(key)).sort();

  for (const [when, at, left] of [
    ['a week before', t0 - 7 * day, [old.other]],
    ['an hour before', t0 - hour, [framesKey, old.frames, old.other]],
    ['by a clock that was set back', t0 + 7 * day, [old.other]],
    ['just now', t0 - 1, [framesKey, old.frames, loopKey, old.loop, old.other]],
  ] as const) {
    it(`is removed at the start, whoever wrote it: ${when}`, () => {
      store(at);
      createPersistencePort(window, scope, () => t0);
      expect(kept()).to.eql([...left].sort());
    });
  }

  it('is removed where it cannot be read', () => {
    localStorage.setItem(old.frames, '{');
    sessionStorage.setItem(old.loop, 'null');
    createPersistencePort(window, scope, () => t0);
    expect(kept()).to.eql([]);
  });
});

describe('persistence without storage', () => {
  const refused = (): never => {
    throw new DOMException('denied', 'SecurityError');
  };
  /** Keeps its text, whatever is written. */
  const full = (text: string | null) => ({ getItem: () => text, setItem: refused, removeItem: () => undefined });
  const poor: ReadonlyArray<readonly [string, () => Window]> = [
    ['is null', () => windowWith({ localStorage: null, sessionStorage: null })],
    ['cannot be touched', () => Object.defineProperties({ navigator }, { localStorage: { get: refused } }) as never],
    ['is full', () => windowWith({ localStorage: full(null), sessionStorage: full(null) })],
    ['is full of old', () => windowWith({ localStorage: full('{"at":1}'), sessionStorage: full('{"at":1}') })],
  ];
  for (const [title, make] of poor) {
    it(`keeps everything in memory where the storage ${title}, and is not available`, () => {
      const port = createPersistencePort(make(), scope, () => t0);
      expect(port.available).to.equal(false);
      port.rememberFrames(true);
      port.saveLoopEntries([['exchange', t0]]);
      expect(port.framesUnusable()).to.equal(true);
      expect(port.loopEntries()).to.eql([['exchange', t0]]);
    });
  }

  it('keeps what the page clears from storage', () => {
    const port = createPersistencePort(window, scope, () => t0);
    port.rememberFrames(true);
    port.saveLoopEntries([['exchange', t0]]);
    clear();
    expect(port.framesUnusable()).to.equal(true);
    expect(port.loopEntries()).to.eql([['exchange', t0]]);
  });

  it('tests storage once, when available is read, and leaves nothing', () => {
    const before = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    let writes = 0;
    const counting = { setItem: () => writes++, removeItem: () => undefined, getItem: () => null };
    const port = createPersistencePort(windowWith({ localStorage: counting, sessionStorage: counting }), scope);
    expect(writes).to.equal(0);
    expect([port.available, port.available]).to.eql([true, true]);
    expect(writes).to.equal(2);
    expect(createPersistencePort(window, scope).available).to.equal(true);
    expect([...Object.keys(localStorage), ...Object.keys(sessionStorage)]).to.eql(before);
  });
});

describe('what became of a silent redirect', () => {
  const redirectKey = `gc-auth-messenger:silent-redirect:${scope.authority}`;
  const minute = 60_000;
  const at = (time = t0, win: Window = window): PersistencePort => createPersistencePort(win, scope, () => time);

  afterEach(() => {
    localStorage.removeItem(redirectKey);
    sessionStorage.removeItem(redirectKey);
  });

  it('allows one in a tab until somebody signs in', () => {
    expect(at().mayRedirectSilently()).to.equal(true);
    at().rememberRedirect('left');
    expect(at(t0 + day).mayRedirectSilently()).to.equal(false);
    at().rememberRedirect('signed-in');
    expect(at().mayRedirectSilently()).to.equal(true);
  });

  it('allows none on this site for 15 minutes after it has found nobody, also when the clock was set back', () => {
    at().rememberRedirect('nobody');
    expect(at(t0 + 15 * minute - 1).mayRedirectSilently()).to.equal(false);
    expect(at(t0 + 15 * minute).mayRedirectSilently()).to.equal(true);
    expect(at(t0 - 15 * minute).mayRedirectSilently()).to.equal(true);
    at().rememberRedirect('signed-in');
    expect(at().mayRedirectSilently()).to.equal(true);
  });

  it('leaves nothing behind where there was none', () => {
    at().rememberRedirect('signed-in');
    expect([localStorage.getItem(redirectKey), sessionStorage.getItem(redirectKey)]).to.eql([null, null]);
  });

  it('counts in this page where storage is blocked', () => {
    const port = at(t0, windowWith({ localStorage: null, sessionStorage: null }));
    port.rememberRedirect('left');
    expect(port.mayRedirectSilently()).to.equal(false);
  });
});
