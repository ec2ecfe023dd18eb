import { expect } from '@open-wc/testing';
import { keepTransaction, takeTransaction } from '../../src/oidc/transaction-store.js';
import { transaction } from '../support/transaction.js';
import { windowWith } from '../support/window-with.js';

const key = 'gc-auth-messenger:redirects';

describe('what is remembered of a redirect', () => {
  beforeEach(() => sessionStorage.removeItem(key));
  afterEach(() => sessionStorage.removeItem(key));

  it('is found once, and then nothing of it is stored', () => {
    const kept = transaction('s1');
    expect(keepTransaction(window, kept)).to.equal(true);
    expect(takeTransaction(window, 's1')).to.deep.equal(kept);
    expect(sessionStorage.getItem(key)).to.equal(null);
    expect(takeTransaction(window, 's1')).to.equal(undefined);
  });

  it('belongs to its own state only', () => {
    keepTransaction(window, transaction('s1'));
    keepTransaction(window, transaction('s2', { at: Date.now() + 1 }));
    expect(takeTransaction(window, null)).to.equal(undefined);
    expect(takeTransaction(window, 's3')).to.equal(undefined);
    expect(takeTransaction(window, 's1')?.codeVerifier).to.equal('verifier of s1');
    expect(takeTransaction(window, 's2')?.codeVerifier).to.equal('verifier of s2');
  });

  it('takes with it what was given up before: whoever went back, and left again', () => {
    const now = Date.now();
    keepTransaction(window, transaction('s1', { at: now - 2 }));
    keepTransaction(window, transaction('s2', { at: now - 1 }));
    expect(takeTransaction(window, 's2')?.state).to.equal('s2');
    expect(sessionStorage.getItem(key)).to.equal(null);
  });

  it('is forgotten after ten minutes, and swept by the next', () => {
    keepTransaction(window, transaction('s1', { at: Date.now() - 600_001 }));
    expect(takeTransaction(window, 's1')).to.equal(undefined);
    keepTransaction(window, transaction('s2'));
    expect(sessionStorage.getItem(key)).not.to.contain('s1');
  });

  it('never grows beyond five, the newest', () => {
    const now = Date.now();
    for (let n = 1; n <= 7; n++) keepTransaction(window, transaction(`s${n}`, { at: now + n }));
    const found = [1, 2, 3, 4, 5, 6, 7].filter((n) => takeTransaction(window, `s${n}`));
    expect(found).to.deep.equal([3, 4, 5, 6, 7]);
  });

  const spoilt = {
    'no JSON': '{',
    'no list': '{"state":"s1"}',
    'a list of nothing': '[null]',
    'no transaction': '[{"state":"s1"}]',
    'an address elsewhere': JSON.stringify([transaction('s1', { returnTo: 'https://evil.example/' })]),
    'an address that only begins right': JSON.stringify([transaction('s1', { returnTo: `${location.origin}.evil` })]),
    'an address that is a script': JSON.stringify([transaction('s1', { returnTo: 'javascript:alert(1)' })]),
  };
  for (const [title, text] of Object.entries(spoilt)) {
    it(`is nothing where the storage holds ${title}, and the next one is kept`, () => {
      sessionStorage.setItem(key, text);
      expect(takeTransaction(window, 's1')).to.equal(undefined);
      expect(keepTransaction(window, transaction('s2'))).to.equal(true);
      expect(takeTransaction(window, 's2')?.state).to.equal('s2');
    });
  }

  it('is not kept where the storage is blocked or full, which is said', () => {
    const blocked = windowWith(
      Object.defineProperty({}, 'sessionStorage', {
        get: () => {
          throw new DOMException('Access is denied.', 'SecurityError');
        },
      }),
    );
    expect(keepTransaction(blocked, transaction('s1'))).to.equal(false);
    expect(takeTransaction(blocked, 's1')).to.equal(undefined);
    const fail = () => {
      throw new DOMException('Full.', 'QuotaExceededError');
    };
    const full = windowWith({ sessionStorage: { getItem: () => null, setItem: fail, removeItem: fail } });
    expect(keepTransaction(full, transaction('s1'))).to.equal(false);
  });

  it('is found where the storage can be read and not written', () => {
    const stored = JSON.stringify([transaction('s1')]);
    const fail = () => {
      throw new DOMException('Read only.', 'SecurityError');
    };
    const readOnly = windowWith({ sessionStorage: { getItem: () => stored, setItem: fail, removeItem: fail } });
    expect(takeTransaction(readOnly, 's1')?.state).to.equal('s1');
  });
});
