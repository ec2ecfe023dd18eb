import { expect } from '@open-wc/testing';
import {
  purgeRedirectRecords,
  redirectKeyPrefix,
  takeRedirectRecord,
} from '../../../src/oidc/callback/redirect-record.js';
import { interceptAnswer } from '../../../src/oidc/callback/self-callback.js';
import { clearRedirects, redirectKeys, storeRedirect } from '../../support/redirect-record.js';
import { until } from '../../support/until.js';
import { windowWith } from '../../support/window-with.js';

const now = () => Math.floor(Date.now() / 1000);

describe('the record of a redirect', () => {
  beforeEach(clearRedirects);
  afterEach(clearRedirects);

  it('is found once, and then nothing of it is stored', () => {
    const { state, id, returnTo } = storeRedirect();
    const text = sessionStorage.getItem(redirectKeyPrefix + id);
    const record = takeRedirectRecord(window, state);
    expect([record?.id, record?.text, record?.data.returnTo]).to.deep.equal([id, text, returnTo]);
    expect(redirectKeys()).to.deep.equal([]);
    expect(takeRedirectRecord(window, state)).to.equal(undefined);
  });

  it('belongs to its own state only', () => {
    const first = storeRedirect();
    const second = storeRedirect({ created: now() + 1 });
    for (const state of [null, '', `${'f'.repeat(32)};r`, first.id, `${first.id};x`]) {
      expect(takeRedirectRecord(window, state)).to.equal(undefined);
    }
    expect(takeRedirectRecord(window, first.state)?.id).to.equal(first.id);
    expect(takeRedirectRecord(window, second.state)?.id).to.equal(second.id);
  });

  it('takes those with it that were given up before: the person went back, and left again', () => {
    storeRedirect({ created: now() - 2 });
    const { state, id } = storeRedirect({ created: now() - 1 });
    expect(takeRedirectRecord(window, state)?.id).to.equal(id);
    expect(redirectKeys()).to.deep.equal([]);
  });

  for (const [when, age] of [
    ['ten minutes later', 601],
    ['by a clock that was set back', -601],
  ] as const) {
    it(`counts no more ${when}, and is removed`, () => {
      const { state } = storeRedirect({ created: now() - age });
      expect(takeRedirectRecord(window, state)).to.equal(undefined);
      expect(redirectKeys()).to.deep.equal([]);
    });
  }

  it('of a redirect that nobody returned from is removed by the next page, with any set-up', async () => {
    const young = storeRedirect();
    for (const created of [now() - 601, now() + 601, NaN]) storeRedirect({ created });
    sessionStorage.setItem(`${redirectKeyPrefix}spoilt`, '{');
    expect(interceptAnswer(window)).to.equal(false);
    await until(() => redirectKeys().length === 1, 'only one is left');
    expect(redirectKeys()).to.deep.equal([redirectKeyPrefix + young.id]);
  });

  it('cannot be removed where the storage is blocked, which changes nothing', () => {
    purgeRedirectRecords(windowWith({ sessionStorage: null }));
    expect(redirectKeys()).to.deep.equal([]);
  });

  const id = 'a'.repeat(32);
  const spoilt = {
    'no JSON': '{',
    'no object': '1',
    null: 'null',
    'a list': '[null]',
    'no data': JSON.stringify({ id, created: now() }),
    'no time': JSON.stringify({ id, data: { returnTo: `${location.origin}/` } }),
    'no address': JSON.stringify({ id, created: now(), data: {} }),
    'an address that is no text': JSON.stringify({ id, created: now(), data: { version: 1, returnTo: 1 } }),
    'a record without a version': JSON.stringify({ id, created: now(), data: { returnTo: `${location.origin}/` } }),
    'a record of another version': JSON.stringify({
      id,
      created: now(),
      data: { version: 2, returnTo: `${location.origin}/` },
    }),
  };
  for (const [title, text] of Object.entries(spoilt)) {
    it(`is none where the storage holds ${title}, and the next one is found`, () => {
      sessionStorage.setItem(redirectKeyPrefix + id, text);
      expect(takeRedirectRecord(window, `${id};r`)).to.equal(undefined);
      const next = storeRedirect();
      expect(takeRedirectRecord(window, next.state)?.id).to.equal(next.id);
    });
  }

  for (const returnTo of ['https://evil.example/', `${location.origin}.evil`, 'javascript:alert(1)']) {
    it(`leads nowhere else: ${returnTo}`, () => {
      const { state } = storeRedirect({ returnTo });
      expect(takeRedirectRecord(window, state)).to.equal(undefined);
    });
  }

  it('is none where the storage is blocked', () => {
    const { state } = storeRedirect();
    const blocked = windowWith(
      Object.defineProperty({}, 'sessionStorage', {
        get: () => {
          throw new DOMException('Access is denied.', 'SecurityError');
        },
      }),
    );
    expect(takeRedirectRecord(blocked, state)).to.equal(undefined);
  });

  it('is found where the storage can be read and not written', () => {
    const { state, id: stored } = storeRedirect();
    const fail = () => {
      throw new DOMException('Read only.', 'SecurityError');
    };
    const readOnly = new Proxy(sessionStorage, {
      get: (target, name) => {
        if (name === 'setItem' || name === 'removeItem') return fail;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    expect(takeRedirectRecord(windowWith({ sessionStorage: readOnly }), state)?.id).to.equal(stored);
  });
});
