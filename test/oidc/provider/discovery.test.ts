import { expect } from '@open-wc/testing';
import { firstValueFrom } from 'rxjs';
import type { OidcConfig } from '../../../src/core/config.js';
import type { GcAuthError } from '../../../src/core/errors.js';
import { discoverProvider, discoveryUrl } from '../../../src/oidc/provider/discovery.js';
import { openNetwork } from '../../support/network.js';
import { oidcConfig } from '../../support/oidc-config.js';
import { until } from '../../support/until.js';
import { VirtualTime } from '../../support/virtual-time.js';
import { windowWith } from '../../support/window-with.js';

const authority = 'https://login.example.com';
const document = { issuer: authority, authorization_endpoint: `${authority}/authorize` };
const { authorization_endpoint } = document;
const json = { headers: { 'Content-Type': 'application/json' } };

describe('discovery', () => {
  let network: ReturnType<typeof openNetwork>;
  beforeEach(() => (network = openNetwork()));
  afterEach(() => network.restore());

  function start(changes: Partial<OidcConfig> = {}, onLine = true) {
    const scheduler = new VirtualTime();
    const config = oidcConfig({ authority, metadata: undefined, ...changes });
    const metadata$ = discoverProvider(config, windowWith({ navigator: { onLine } }), scheduler);
    const { requests } = network;
    const answer = (body: unknown = document, init: ResponseInit = {}) =>
      requests.at(-1)!.answer(JSON.stringify(body), { ...json, ...init });
    /** The n-th request, once it is made. */
    const request = async (n: number) => {
      await until(() => requests.length >= n, `request ${n}`);
      return requests[n - 1]!;
    };
    return { requests, scheduler, metadata$, answer, request };
  }

  const rejected = (promise: Promise<unknown>): Promise<GcAuthError> =>
    promise.then(
      () => expect.fail('was not refused'),
      (thrown: unknown) => thrown as GcAuthError,
    );

  it('reads the well-known document of the authority, for concurrent and for later subscribers', async () => {
    const { requests, metadata$, answer } = start();
    const waiting = [firstValueFrom(metadata$), firstValueFrom(metadata$)];
    expect(requests.map(({ url }) => url)).to.deep.equal([`${authority}/.well-known/openid-configuration`]);
    answer();
    expect(await Promise.all([...waiting, firstValueFrom(metadata$)])).to.deep.equal([document, document, document]);
    expect(requests).to.have.lengthOf(1);
  });

  it('sends no cookies, which a wildcard in CORS headers would exclude', () => {
    const { requests, metadata$ } = start();
    metadata$.subscribe();
    expect(requests[0]!.init.credentials).to.equal('omit');
  });

  it('gives the document synchronously once it is known', async () => {
    const { metadata$, answer } = start();
    const first = firstValueFrom(metadata$);
    answer();
    await first;
    const seen: unknown[] = [];
    metadata$.subscribe((metadata) => seen.push(metadata));
    expect(seen).to.deep.equal([document]);
  });

  it('reads another address where one is given', () => {
    const { requests, metadata$ } = start({ metadataUrl: 'https://cdn.example.com/oidc.json' });
    metadata$.subscribe().unsubscribe();
    expect(requests.map(({ url }) => url)).to.deep.equal(['https://cdn.example.com/oidc.json']);
  });

  it('fetches nothing where the metadata is given', async () => {
    const { requests, metadata$ } = start({ metadata: document });
    expect(await firstValueFrom(metadata$)).to.deep.equal(document);
    expect(requests).to.deep.equal([]);
  });

  it('completes the document with an object that names no authorization endpoint', async () => {
    const end_session_endpoint = `${authority}/logout?logout_uri=x`;
    const { metadata$, answer } = start({ metadata: { end_session_endpoint } });
    const found = firstValueFrom(metadata$);
    answer();
    expect(await found).to.deep.equal({ ...document, end_session_endpoint });
  });

  it('fetches nothing before someone subscribes, and once for all, also when the first one left', async () => {
    const { requests, metadata$, answer } = start();
    expect(requests).to.deep.equal([]);
    metadata$.subscribe().unsubscribe();
    const next = firstValueFrom(metadata$);
    answer();
    expect(await next).to.deep.equal(document);
    expect(requests).to.have.lengthOf(1);
  });

  it('waits eight seconds and no longer, for the body too', async () => {
    for (const begun of [false, true]) {
      const { metadata$, scheduler, requests } = start();
      const error = rejected(firstValueFrom(metadata$));
      if (begun) requests.at(-1)!.answer(new ReadableStream(), json);
      scheduler.advance(7_999);
      scheduler.advance(1);
      expect((await error).code).to.equal('discovery-failed');
      expect((await error).message).to.contain('did not answer in time');
    }
  });

  it('does not keep an error', async () => {
    const { metadata$, request } = start();
    const first = rejected(firstValueFrom(metadata$));
    (await request(1)).answer('{}', { ...json, status: 503 });
    (await request(2)).answer('{}', { ...json, status: 503 });
    expect((await first).message).to.equal(`${authority}/.well-known/openid-configuration answered 503.`);
    const second = firstValueFrom(metadata$);
    (await request(3)).answer(JSON.stringify(document), json);
    expect(await second).to.deep.equal(document);
  });

  it('does not keep a document that it refused', async () => {
    const { metadata$, request } = start();
    const first = rejected(firstValueFrom(metadata$));
    (await request(1)).answer(JSON.stringify({ ...document, issuer: 'https://evil.example' }), json);
    const { code, step } = await first;
    expect([code, step]).to.deep.equal(['issuer-mismatch', 'config']);
    const second = firstValueFrom(metadata$);
    (await request(2)).answer(JSON.stringify(document), json);
    expect(await second).to.deep.equal(document);
  });

  it('names the status of a page that is no JSON', async () => {
    const { metadata$, request } = start();
    const error = rejected(firstValueFrom(metadata$));
    for (const n of [1, 2])
      (await request(n)).answer('<html>', { status: 404, headers: { 'Content-Type': 'text/html' } });
    expect((await error).message).to.equal(`${authority}/.well-known/openid-configuration answered 404.`);
  });

  it('takes a document whose type only is wrong, as on a static host', async () => {
    const { metadata$, request } = start({ metadataUrl: 'https://cdn.example.com/oidc' });
    const found = firstValueFrom(metadata$);
    for (const n of [1, 2]) {
      (await request(n)).answer(JSON.stringify(document), { headers: { 'Content-Type': 'application/octet-stream' } });
    }
    expect(await found).to.deep.equal(document);
  });

  it('tells a network that is gone from a document that is none', async () => {
    for (const [onLine, code] of [
      [true, 'discovery-failed'],
      [false, 'offline'],
    ] as const) {
      const { metadata$, requests } = start({}, onLine);
      const before = requests.length;
      const error = rejected(firstValueFrom(metadata$));
      requests.at(-1)!.answer('<html>', json);
      if (onLine) {
        await until(() => requests.length === before + 2);
        requests.at(-1)!.answer('<html>', json);
      }
      expect((await error).code).to.equal(code);
      expect((await error).step).to.equal('code');
      // In WebKit it is a DOMException of the same name: https://webidl.spec.whatwg.org/#syntaxerror
      expect((await error).cause).to.include({ name: 'SyntaxError' });
      if (onLine) expect((await error).message).to.contain('is no JSON document');
    }
  });

  it('names missing CORS headers, and the ways around them', async () => {
    const { metadata$, request } = start();
    const error = rejected(firstValueFrom(metadata$));
    (await request(1)).fail();
    (await request(2)).fail();
    const probe = await request(3);
    expect([probe.url, probe.init.mode]).to.deep.equal([(await request(1)).url, 'no-cors']);
    probe.answer(null);
    const { code, message, hint } = await error;
    expect(code).to.equal('discovery-failed');
    expect(message).to.equal(`${probe.url} was answered without CORS headers for ${location.origin}.`);
    expect(hint).to.contain('metadata property').and.to.contain('metadata-url');
  });

  it('does not blame CORS where nobody answers', async () => {
    const { metadata$, request } = start();
    const error = rejected(firstValueFrom(metadata$));
    for (const n of [1, 2, 3]) (await request(n)).fail();
    expect((await error).code).to.equal('discovery-failed');
    expect((await error).message).not.to.contain('CORS');
  });

  it('looks for the reason within the same eight seconds, and not when offline', async () => {
    const { metadata$, request, scheduler } = start();
    const error = rejected(firstValueFrom(metadata$));
    (await request(1)).fail();
    await request(2);
    scheduler.advance(8_000);
    expect((await error).code).to.equal('discovery-failed');

    const before = network.requests.length;
    const offline = rejected(firstValueFrom(start({}, false).metadata$));
    network.requests.at(-1)!.fail();
    expect((await offline).code).to.equal('offline');
    expect(network.requests).to.have.lengthOf(before + 1);
  });

  const url = 'https://cdn.example.com/oidc.json';
  const named = { metadataUrl: `${authority}/.well-known/openid-configuration`, issuerFromDocument: true };
  const anyIssuer = `${authority}/11111111-2222/v2.0/`;
  const verdicts: ReadonlyArray<readonly [string, Partial<OidcConfig>, unknown, string | undefined]> = [
    ['an issuer with a last slash', {}, { ...document, issuer: `${authority}/` }, undefined],
    ['an issuer with the default port', {}, { ...document, issuer: `${authority}:443` }, undefined],
    ['an issuer in capitals', { authority: 'https://Login.Example.com' }, document, undefined],
    ['another issuer', {}, { ...document, issuer: 'https://evil.example' }, 'issuer-mismatch'],
    ['no issuer at the authority', {}, { authorization_endpoint }, 'issuer-mismatch'],
    ['no issuer at another address', { metadataUrl: url }, { authorization_endpoint }, undefined],
    ['another issuer at another address', { metadataUrl: url }, { ...document, issuer: url }, 'issuer-mismatch'],
    ['no issuer in the object', { metadata: { authorization_endpoint } }, undefined, undefined],
    ['another issuer in the object', { metadata: { ...document, issuer: url } }, undefined, 'issuer-mismatch'],
    ['no authorization endpoint anywhere', { metadata: {} }, { issuer: authority }, 'discovery-failed'],
    [
      'a script for an endpoint',
      {},
      { ...document, authorization_endpoint: 'javascript:alert(1)' },
      'discovery-failed',
    ],
    [
      'an http endpoint of an https issuer',
      {},
      { ...document, authorization_endpoint: 'http://login.example.com/authorize' },
      'discovery-failed',
    ],
    [
      'an http endpoint in the object',
      { metadata: { authorization_endpoint: 'http://login.example.com/authorize' } },
      undefined,
      'discovery-failed',
    ],
    [
      'an http endpoint on loopback',
      {},
      { ...document, authorization_endpoint: 'http://localhost:9000/authorize' },
      undefined,
    ],
    ['an endpoint that is no URL', {}, { ...document, authorization_endpoint: 'https://%' }, 'discovery-failed'],
    ['an endpoint that is no text', {}, { ...document, authorization_endpoint: 1 }, 'discovery-failed'],
    ['null for a document', {}, null, 'issuer-mismatch'],
    ['a text for a document', { metadataUrl: url }, 'hello', 'discovery-failed'],
    ['any issuer in a document that authority is the address of', named, { ...document, issuer: anyIssuer }, undefined],
    ['no issuer in such a document', named, { authorization_endpoint }, undefined],
    [
      'an http issuer in such a document',
      named,
      { ...document, issuer: 'http://login.example.com' },
      'issuer-mismatch',
    ],
    ['an issuer that is no URL in such a document', named, { ...document, issuer: 'shop' }, 'issuer-mismatch'],
    ['a template in such a document', named, { ...document, issuer: `${authority}/{tenantid}` }, 'issuer-mismatch'],
  ];

  for (const [title, changes, body, code] of verdicts) {
    it(`${code === undefined ? 'accepts' : `refuses with ${code}`} ${title}`, async () => {
      const { metadata$, answer } = start(changes);
      const result = firstValueFrom(metadata$).then(
        () => undefined,
        (thrown: unknown) => (thrown as GcAuthError).code,
      );
      if (body !== undefined) answer(body);
      expect(await result).to.equal(code);
    });
  }

  it('says what to write where the issuer is a template for many tenants', async () => {
    const issuer = 'https://login.microsoftonline.com/{tenantid}/v2.0';
    const entra = 'https://login.microsoftonline.com/common/v2.0';
    for (const given of [{ metadata: { ...document, issuer } }, { authority: entra }, named]) {
      const { metadata$, requests, answer } = start(given);
      const error = rejected(firstValueFrom(metadata$));
      if (!('metadata' in given)) expect(requests).to.have.lengthOf.above(0);
      if (!('metadata' in given)) answer({ ...document, issuer });
      const { code, message, hint } = await error;
      expect(code).to.equal('issuer-mismatch');
      expect(message).to.contain(`is of issuer “${issuer}”`);
      expect(hint).to.equal(
        'Set authority to the issuer of one tenant, https://login.microsoftonline.com/TENANT-ID/v2.0, or set the metadata property without issuer.',
      );
    }
  });
});

describe('the address of the discovery document', () => {
  for (const written of [authority, `${authority}/`]) {
    it(`follows from the authority: ${written}`, () =>
      expect(discoveryUrl(oidcConfig({ authority: written }))).to.equal(
        `${authority}/.well-known/openid-configuration`,
      ));
  }
});
