import { expect } from '@open-wc/testing';
import { lastValueFrom, toArray } from 'rxjs';
import type { GcAuthError } from '../../../src/core/errors.js';
import type { CodeGrant } from '../../../src/core/grant.js';
import type { CodePort, Returned } from '../../../src/session/ports.js';
import { clearRedirects, redirectKeys, storeRedirect } from '../../support/redirect-record.js';
import { Tab } from '../../support/tab.js';
import type { TabOptions } from '../../support/tab.js';
import { until } from '../../support/until.js';

const kept = { windowOpen: true };

const leave = (port: CodePort) => lastValueFrom(port.redirect(kept), { defaultValue: 'left' });

const refused = (port: CodePort): Promise<GcAuthError> =>
  leave(port).then(
    () => expect.fail('was not refused'),
    (thrown: unknown) => thrown as GcAuthError,
  );

const returned = (port: CodePort): Promise<Returned[]> => lastValueFrom(port.returned().pipe(toArray()));

/** A tab whose page was left for the provider. */
async function away(options?: TabOptions): Promise<Tab> {
  const tab = new Tab(options);
  await leave(tab.open());
  return tab;
}

const errorIn = ([back]: Returned[]): GcAuthError => (back!.answer as { error: GcAuthError }).error;

describe('leaving for the provider', () => {
  afterEach(clearRedirects);

  it('asks for a code in the query, with the way back in the storage of this tab only', async () => {
    const tab = new Tab({ rest: '#/cart' });
    const redirect$ = tab.open().redirect(kept);
    expect([tab.requests, redirectKeys()]).to.deep.equal([[], []]);
    expect(await lastValueFrom(redirect$, { defaultValue: 'left' })).to.equal('left');
    const { searchParams } = tab.requests[0]!;
    const state = searchParams.get('state')!;
    expect(state).to.match(/;r$/);
    expect([
      searchParams.get('redirect_uri'),
      searchParams.has('response_mode'),
      searchParams.has('prompt'),
    ]).to.deep.equal([tab.page, false, false]);
    expect(redirectKeys()).to.deep.equal([`gc-auth-messenger:redirect:${state.split(';')[0]}`]);
    expect(JSON.stringify(localStorage)).not.to.contain(state.split(';')[0]);
  });

  it('asks nobody for anything when it is silent, and adds no history entry', async () => {
    const tab = new Tab();
    await lastValueFrom(
      tab.open().redirect(kept, () => true),
      { defaultValue: 'left' },
    );
    await leave(tab.open());
    expect(tab.requests.map(({ searchParams }) => searchParams.get('prompt'))).to.deep.equal(['none', null]);
    expect(tab.replacements).to.equal(1);
  });

  it('is not done in silence once somebody has used the page, also while the request was made', async () => {
    const tab = new Tab();
    const error = await lastValueFrom(tab.open().redirect(kept, () => false)).catch((thrown: unknown) => thrown);
    expect([(error as GcAuthError).code, tab.requests]).to.deep.equal(['login-required', []]);
  });

  for (const state of [{ position: 3 }, null, () => 'no JSON']) {
    it(`gives the page back what a router keeps in its history entry: ${String(JSON.stringify(state))}`, async () => {
      const tab = new Tab({ rest: '#/cart' });
      tab.historyState = state;
      await lastValueFrom(
        tab.open().redirect(kept, () => true),
        { defaultValue: 'left' },
      );
      tab.historyState = null;
      tab.answer({ error: 'login_required' });
      const [back] = await returned(tab.open());
      expect([tab.historyState, back!.silent, tab.address]).to.deep.equal([
        typeof state === 'function' ? null : state,
        true,
        `${tab.page}#/cart`,
      ]);
      expect(tab.requests, 'nobody is asked for').to.have.lengthOf(1);
    });
  }

  it('asks for it in the fragment where that is configured', async () => {
    const tab = await away({ config: { responseMode: 'fragment' } });
    expect(tab.requests[0]!.searchParams.get('response_mode')).to.equal('fragment');
  });

  it('is refused where storage is blocked: whoever left could not come back', async () => {
    const tab = new Tab({ win: { sessionStorage: undefined } });
    expect((await refused(tab.open())).code).to.equal('storage-blocked');
    expect(tab.requests).to.deep.equal([]);
  });

  it('is refused outside secure contexts, and where the provider has no address', async () => {
    expect((await refused(new Tab({ win: { isSecureContext: false } }).open())).code).to.equal('config-invalid');
    expect((await refused(new Tab({ config: { metadata: {} } }).open())).code).to.equal('discovery-failed');
  });

  it('is refused in a frame, where the sign-in page would not be shown, with the way out', async () => {
    const tab = new Tab({ win: { top: {} } });
    const { code, message, hint } = await refused(tab.open());
    expect([code, tab.requests, redirectKeys()]).to.deep.equal(['popup-blocked', [], []]);
    expect(message).to.contain('frame');
    expect(hint).to.contain('popup');
  });

  it('goes nowhere when given up before', async () => {
    const tab = new Tab();
    tab.open().redirect(kept).subscribe().unsubscribe();
    await leave(tab.open());
    expect(tab.requests).to.have.lengthOf(1);
  });
});

describe('coming back from the provider', () => {
  afterEach(clearRedirects);

  for (const separator of ['?', '#'] as const) {
    it(`brings a grant that can be exchanged, once, from the answer after ${separator}`, async () => {
      const tab = await away({ rest: '#/cart?id=7' });
      const { searchParams } = tab.requests[0]!;
      tab.answer({ code: 'c1' }, separator);
      const port = tab.open();
      const [back, ...more] = await returned(port);
      const { grant } = back!.answer as { grant: CodeGrant };
      expect(more).to.deep.equal([]);
      expect(back!.kept).to.deep.equal(kept);
      expect(grant).to.have.all.keys('authCode', 'redirectUri', 'codeVerifier', 'nonce');
      expect([grant.authCode, grant.redirectUri, grant.nonce]).to.deep.equal([
        'c1',
        tab.page,
        searchParams.get('nonce'),
      ]);
      expect(tab.address).to.equal(`${tab.page}#/cart?id=7`);
      expect(redirectKeys()).to.deep.equal([]);
      expect(await returned(port)).to.deep.equal([]);
    });
  }

  it('brings the same grant to the next session of the page when it is given back, and to no other page', async () => {
    const tab = await away();
    tab.answer({ code: 'c1' });
    const first = tab.open();
    const [back] = await returned(first);
    const { grant } = back!.answer as { grant: CodeGrant };
    first.giveBack!({ ...grant });
    expect(await returned(tab.restart()), 'of another request').to.deep.equal([]);
    first.giveBack!(grant);
    const second = tab.restart();
    const [again] = await returned(second);
    expect([again!.answer, again!.kept]).to.deep.equal([{ grant }, kept]);
    expect(again!.ageMs).to.be.at.least(back!.ageMs!);
    expect(await returned(tab.restart()), 'once').to.deep.equal([]);
    second.giveBack!((again!.answer as { grant: CodeGrant }).grant);
    expect(await returned(tab.open()), 'another page').to.deep.equal([]);
  });

  it('brings it to the next session when the first one ends while the answer is read', async () => {
    const tab = await away();
    tab.answer({ code: 'c1' });
    tab.open().returned().subscribe().unsubscribe();
    const [back] = await returned(tab.restart());
    expect((back!.answer as { grant: CodeGrant }).grant.authCode).to.equal('c1');
  });

  it('completes in the call that subscribes where nothing came back, so that nobody waits', () => {
    let completed = false;
    new Tab()
      .open()
      .returned()
      .subscribe({ complete: () => (completed = true) });
    expect(completed).to.equal(true);
  });

  it('sweeps what redirects left behind that nobody returned from', async () => {
    storeRedirect({ created: Math.floor(Date.now() / 1000) - 601 });
    const { id } = storeRedirect();
    await returned(new Tab().open());
    await until(() => redirectKeys().length === 1);
    expect(redirectKeys()[0]).to.contain(id);
  });

  it('keeps secret what the page that asked kept secret, also in the message of a failure', async () => {
    const tab = await away();
    const [key] = redirectKeys();
    const record = JSON.parse(sessionStorage.getItem(key!)!) as object;
    const secrets = { code_verifier: '9e4b-verifier-of-the-page-before', nonce: '9e4b-nonce-of-the-page-before' };
    sessionStorage.setItem(key!, JSON.stringify({ ...record, ...secrets }));
    tab.answer({ error: 'server_error', error_description: Object.values(secrets).join(' or ') });
    expect(errorIn(await returned(tab.open())).message).to.equal('The provider answered: server_error: … or ….');
  });

  it('survives a record that another script spoilt', async () => {
    const data = { version: 1, returnTo: `${location.origin}/account` };
    for (const [results, spoil] of [
      [1, { code_verifier: 1 }],
      [1, { redirect_uri: null }],
      [1, { data }],
      [1, { data: { ...data, client: 'x', arrivedAt: 'y', carried: 1, second: {}, windowOpen: [] } }],
      [1, { data: { ...data, client: { deploymentId: {} }, arrivedAt: null } }],
      [0, { data: { returnTo: data.returnTo } }],
      [0, { data: { ...data, returnTo: 1 } }],
      [0, { data: null }],
      [0, { data: 'x' }],
      [0, { created: 'x' }],
      [0, { created: {} }],
    ] as const) {
      const tab = await away();
      const [key] = redirectKeys();
      sessionStorage.setItem(
        key!,
        JSON.stringify({ ...(JSON.parse(sessionStorage.getItem(key!)!) as object), ...spoil }),
      );
      tab.answer({ code: 'c1' });
      const back = await returned(tab.open());
      expect(back, JSON.stringify(spoil)).to.have.lengthOf(results);
      for (const { kept } of back) expect(kept.windowOpen).to.be.a('boolean');
      expect(tab.address).to.equal(tab.page);
      clearRedirects();
    }
  });

  it('brings nothing to a page that came from nowhere', async () => {
    expect(await returned(new Tab().open())).to.deep.equal([]);
    const tab = await away();
    const foreign = { page: tab.address };
    expect(await returned(tab.open())).to.deep.equal([]);
    expect(tab.address).to.equal(foreign.page);
  });

  it('brings an answer once, although the same address is opened again', async () => {
    const tab = await away();
    for (const times of [1, 0, 0]) {
      tab.answer({ code: 'c1' });
      expect(await returned(tab.open())).to.have.lengthOf(times);
      expect(tab.address).to.equal(tab.page);
    }
  });

  it('brings the provider’s refusal, and what the page looked like', async () => {
    const tab = await away();
    tab.answer({ error: 'access_denied' });
    const back = await returned(tab.open());
    expect([errorIn(back).code, back[0]!.kept]).to.deep.equal(['provider-error', kept]);
  });

  it('refuses the answer of another issuer than the one that was asked', async () => {
    const tab = await away();
    tab.answer({ code: 'c1', iss: 'https://evil.example' });
    expect(errorIn(await returned(tab.open())).code).to.equal('issuer-mismatch');
  });

  const others: ReadonlyArray<readonly [string, TabOptions]> = [
    ['authority', { config: { authority: 'https://tenant2.example.com' } }],
    ['client-id', { config: { clientId: 'other' } }],
    ['redirect-uri', { config: { redirectUri: `${location.origin}/other.html` } }],
    ['deployment-id', { deploymentId: '11111111-0000-4000-8000-000000000000' }],
    ['login-hint', { config: { loginHint: 'bob' } }],
    ['acr-values', { config: { acrValues: 'urn:mfa' } }],
    ['max-age', { config: { maxAge: 0 } }],
    ['authority, client-id', { config: { authority: 'https://tenant2.example.com', clientId: 'other' } }],
  ];
  for (const [names, options] of others) {
    it(`is dropped, with a reason, where the page now has another ${names}`, async () => {
      const tab = await away({ config: { loginHint: 'alice' } });
      const other = new Tab({ deploymentId: tab.deploymentId, ...options });
      Object.assign(other.requests, tab.requests);
      other.answer({ code: 'c1' });
      const back = await returned(other.open());
      const { code, message, hint } = errorIn(back);
      expect([code, back[0]!.kept]).to.deep.equal(['state-mismatch', kept]);
      expect(message).to.contain(`another ${names},`);
      expect(hint).to.contain('sign in again');
      expect(message + hint).not.to.contain('c1');
      expect(redirectKeys()).to.deep.equal([]);
      expect(other.address).to.equal(tab.page);
    });
  }

  it('counts where the page says later than before what it wants, and learns the login-hint from the sign-in', async () => {
    const all: TabOptions = { config: { loginHint: 'alice', acrValues: 'urn:mfa', maxAge: 60 } };
    const pages: ReadonlyArray<readonly [before: TabOptions, after: TabOptions]> = [
      [all, all],
      [all, {}],
      [{}, { config: { loginHint: 'alice' } }],
    ];
    for (const [before, after] of pages) {
      const tab = await away(before);
      const back = new Tab({ deploymentId: tab.deploymentId, ...after });
      Object.assign(back.requests, tab.requests);
      back.answer({ code: 'c1' });
      expect((await returned(back.open()))[0]!.answer, JSON.stringify(after)).to.have.property('grant');
    }
  });

  it('counts where the redirect URI is the page itself, whose address has changed meanwhile', async () => {
    const tab = await away();
    tab.answer({ code: 'c1' });
    // A router changed the address while the element was there, and the page that returns has the new one.
    const [key] = redirectKeys();
    const stored = JSON.parse(sessionStorage.getItem(key!)!) as { data: { client: object } };
    const client = { ...stored.data.client, redirectUri: `${location.origin}/shop` };
    sessionStorage.setItem(key!, JSON.stringify({ ...stored, data: { ...stored.data, client } }));
    expect((await returned(tab.open()))[0]!.answer).to.have.property('grant');
  });

  it('knows its age, also when it was carried from the redirect URI', async () => {
    const tab = await away();
    tab.answer({ code: 'c1' });
    const port = tab.open({ performance: { now: () => 60_000 } });
    expect((await returned(port))[0]!.ageMs).to.be.closeTo(60_000, 5_000);

    const carried = await away();
    const [key] = redirectKeys();
    const stored = JSON.parse(sessionStorage.getItem(key!)!) as { data: object };
    const data = { ...stored.data, carried: true, arrivedAt: Date.now() - 40_000 };
    sessionStorage.setItem(key!, JSON.stringify({ ...stored, data }));
    carried.answer({ code: 'c1' }, '#');
    expect((await returned(carried.open()))[0]!.ageMs).to.be.closeTo(40_000, 5_000);
  });

  it('is refused when query and fragment both have parameters of it, or one occurs twice', async () => {
    for (const more of ['&code=c2', '&c%6Fde=c2', '&iss=a&iss=b', '#code=c2', '#error=x', '#iss=x']) {
      const tab = await away();
      tab.answer({ code: 'c1' });
      tab.add(more);
      const error = errorIn(await returned(tab.open()));
      expect([error.code, more]).to.deep.equal(['provider-error', more]);
      expect(error.message).to.contain('ambiguous');
      expect(tab.address, more).to.equal(tab.page);
      clearRedirects();
    }
  });

  it('asks once more when a person is still needed, and then says so', async () => {
    const tab = await away();
    tab.answer({ error: 'login_required' });
    expect(await returned(tab.open())).to.deep.equal([]);
    expect(tab.requests).to.have.lengthOf(2);
    expect(new Set(tab.requests.map(({ searchParams }) => searchParams.get('state'))).size).to.equal(2);
    tab.answer({ error: 'login_required' });
    const back = await returned(tab.open());
    expect([errorIn(back).code, back[0]!.kept]).to.deep.equal(['login-required', kept]);
    expect(tab.requests).to.have.lengthOf(2);
  });

  it('says it at once where it cannot ask once more', async () => {
    const tab = await away();
    tab.answer({ error: 'login_required' });
    const nowhere = new Tab({ config: { metadata: {} } });
    // The same answer, on a page that cannot reach the provider any more.
    Object.assign(nowhere.requests, tab.requests);
    nowhere.answer({ error: 'login_required' });
    expect(errorIn(await returned(nowhere.open())).code).to.equal('discovery-failed');
  });
});
