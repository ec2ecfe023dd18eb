import { expect } from '@open-wc/testing';
import { firstValueFrom } from 'rxjs';
import { createCodeLedger } from '../../src/oidc/code-ledger.js';
import type { LedgerPort } from '../../src/session/ports.js';
import { windowWith } from '../support/window-with.js';

const key = 'gc-auth-messenger:spent';
const day = 86_400_000;
const spend = (ledger: LedgerPort, value: string): Promise<boolean> => firstValueFrom(ledger.markUsed(value));
const stored = () => JSON.parse(localStorage.getItem(key) ?? '[]') as [string, number][];

describe('the code ledger', () => {
  beforeEach(() => localStorage.removeItem(key));
  after(() => localStorage.removeItem(key));

  it('lets a value through once, and each value', async () => {
    const ledger = createCodeLedger(window);
    expect(await spend(ledger, 'c1')).to.equal(true);
    expect(await spend(ledger, 'c2')).to.equal(true);
    expect(await spend(ledger, 'c1')).to.equal(false);
  });

  it('does nothing before someone subscribes', async () => {
    const ledger = createCodeLedger(window);
    ledger.markUsed('c1');
    expect(await spend(ledger, 'c1')).to.equal(true);
  });

  it('remembers across reloads and tabs, as another ledger of the same storage', async () => {
    await spend(createCodeLedger(window), 'c1');
    expect(await spend(createCodeLedger(window), 'c1')).to.equal(false);
  });

  it('lets one of many tabs through that spend at the same moment', async () => {
    const tabs = Array.from({ length: 8 }, () => spend(createCodeLedger(window), 'c1'));
    expect((await Promise.all(tabs)).filter(Boolean)).to.have.lengthOf(1);
  });

  it('stores 128 bits of a hash and a time, never the value', async () => {
    await spend(
      createCodeLedger(window, () => 1234),
      'secret-code',
    );
    expect(localStorage.getItem(key)).not.to.contain('secret-code');
    const [[hash, at]] = stored() as [[string, number]];
    expect(hash).to.match(/^[0-9a-f]{32}$/);
    expect(at).to.equal(1234);
  });

  it('forgets after a day, for ever in this window excepted', async () => {
    let now = 10 * day;
    const ledger = createCodeLedger(window, () => now);
    await spend(ledger, 'c1');
    now += day;
    await spend(ledger, 'c2');
    expect(stored()).to.have.lengthOf(1);
    expect(await spend(ledger, 'c1')).to.equal(false);
    expect(
      await spend(
        createCodeLedger(window, () => now),
        'c1',
      ),
    ).to.equal(false);
    now += 2 * day;
    expect(
      await spend(
        createCodeLedger(window, () => now),
        'c1',
      ),
    ).to.equal(true);
  });

  it('is removed at the start when no entry counts any more', () => {
    const write = (...entries: Array<[string, number]>): void => localStorage.setItem(key, JSON.stringify(entries));
    const now = () => 10 * day;
    write(['new', 9.5 * day], ['old', 0]);
    createCodeLedger(window, now);
    expect(stored()).to.have.lengthOf(2);
    write(['old', 9 * day], ['older', 0]);
    createCodeLedger(window, now);
    expect(localStorage.getItem(key)).to.equal(null);
  });

  it('keeps two hundred, the newest', async () => {
    const old = Array.from({ length: 250 }, (_, index) => [`old-${index}`, Date.now()]);
    localStorage.setItem(key, JSON.stringify(old));
    const ledger = createCodeLedger(window);
    await spend(ledger, 'c1');
    expect(stored()).to.have.lengthOf(200);
    expect(stored()[1]![0]).to.equal('old-0');
    expect(await spend(createCodeLedger(window), 'c1')).to.equal(false);
  });

  for (const garbage of ['{', 'null', '5', '"text"', '{"a":1}', '[1]', '[["a"]]', '[["a","b"]]', '[[{},1]]']) {
    it(`shrugs at ${garbage} in the storage`, async () => {
      localStorage.setItem(key, garbage);
      expect(await spend(createCodeLedger(window), 'c1')).to.equal(true);
      expect(await spend(createCodeLedger(window), 'c1')).to.equal(false);
    });
  }

  const blocked = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  const poor: ReadonlyArray<readonly [string, () => Window]> = [
    ['is full', () => windowWith({ localStorage: { getItem: () => null, setItem: blocked } })],
    ['cannot be read', () => windowWith({ localStorage: { getItem: blocked, setItem: blocked } })],
    ['is null', () => windowWith({ localStorage: null })],
    ['has no locks', () => windowWith({ localStorage: null, navigator: {} })],
    ['refuses locks', () => windowWith({ localStorage: null, navigator: { locks: { request: blocked } } })],
    ['is in no secure context', () => windowWith({ isSecureContext: false })],
  ];
  for (const [title, open] of poor) {
    it(`falls back to the memory of this window where the storage ${title}`, async () => {
      const ledger = createCodeLedger(open());
      expect(await spend(ledger, 'c1')).to.equal(true);
      expect(await spend(ledger, 'c1')).to.equal(false);
      expect(await spend(ledger, 'c2')).to.equal(true);
      expect(stored()).to.deep.equal([]);
    });
  }
});
