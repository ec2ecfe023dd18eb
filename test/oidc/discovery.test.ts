import { expect } from '@open-wc/testing';
import { Subscription, VirtualTimeScheduler, firstValueFrom } from 'rxjs';
import type { OidcConfig } from '../../src/core/config.js';
import type { GcAuthError } from '../../src/core/errors.js';
import { discover, expectedIssuer } from '../../src/oidc/discovery.js';
import { oidcConfig } from '../support/oidc-config.js';
import { until } from '../support/until.js';
import { windowWith } from '../support/window-with.js';

const authority = 'https://login.example.com';
const document = { issuer: authority, authorization_endpoint: `${authority}/authorize` };
const { authorization_endpoint } = document;

/** A network of one document; requests stay open until they are answered. */
function start(changes: Partial<OidcConfig> = {}, onLine = true) {
  const requests: {
    url: string;
    signal: AbortSignal;
    mode: RequestMode | undefined;
    fail(): void;
    answer(body: BodyInit | null, init?: ResponseInit): void;
  }[] = [];
  const fetch = (url: string, { signal, mode }: { signal: AbortSignal; mode?: RequestMode }) =>
    new Promise<Response>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      const fail = () => reject(new TypeError('Failed to fetch'));
      requests.push({ url, signal, mode, fail, answer: (body, init) => resolve(new Response(body, init)) });
    });
  const scheduler = new VirtualTimeScheduler();
  const win = windowWith({ fetch, navigator: { onLine } });
  const metadata$ = discover(oidcConfig({ authority, metadata: undefined, ...changes }), win, scheduler);
  const answer = (body: unknown = document, init?: ResponseInit) => requests.at(-1)!.answer(JSON.stringify(body), init);
  return { requests, scheduler, metadata$, answer, win };
}

const rejected = (promise: Promise<unknown>): Promise<GcAuthError> =>
  promise.then(
    () => expect.fail('was not refused'),
    (thrown: unknown) => thrown as GcAuthError,
  );

describe('discovery', () => {
  it('reads the well-known document of the authority, for all who wait and all who come later', async () => {
    const { requests, metadata$, answer } = start();
    const waiting = [firstValueFrom(metadata$), firstValueFrom(metadata$)];
    expect(requests.map(({ url }) => url)).to.deep.equal([`${authority}/.well-known/openid-configuration`]);
    answer();
    expect(await Promise.all([...waiting, firstValueFrom(metadata$)])).to.deep.equal([document, document, document]);
    expect(requests).to.have.lengthOf(1);
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
    expect(await firstValueFrom(metadata$)).to.equal(document);
    expect(requests).to.deep.equal([]);
  });

  it('gives the fetch up when the last one who waits goes, and begins anew for the next', async () => {
    const { requests, metadata$, answer, scheduler } = start();
    const both = new Subscription();
    const one = metadata$.subscribe();
    both.add(metadata$.subscribe());
    one.unsubscribe();
    expect(requests[0]!.signal.aborted).to.equal(false);
    both.unsubscribe();
    expect(requests[0]!.signal.aborted).to.equal(true);
    const next = firstValueFrom(metadata$);
    expect(requests).to.have.lengthOf(2);
    answer();
    expect(await next).to.deep.equal(document);
    scheduler.flush();
    expect(await firstValueFrom(metadata$)).to.deep.equal(document);
  });

  it('waits eight seconds and no longer', async () => {
    const { metadata$, scheduler } = start();
    const error = rejected(firstValueFrom(metadata$));
    scheduler.flush();
    expect(scheduler.now()).to.equal(8000);
    expect((await error).code).to.equal('discovery-failed');
    expect((await error).message).to.contain('did not answer in time');
  });

  it('does not keep an error', async () => {
    const { metadata$, answer } = start();
    const first = rejected(firstValueFrom(metadata$));
    answer({}, { status: 503 });
    expect((await first).message).to.equal(`${authority}/.well-known/openid-configuration answered 503.`);
    const second = firstValueFrom(metadata$);
    answer();
    expect(await second).to.deep.equal(document);
  });

  it('tells a network that is gone from a document that is', async () => {
    for (const [onLine, code] of [
      [true, 'discovery-failed'],
      [false, 'offline'],
    ] as const) {
      const { metadata$, requests } = start({}, onLine);
      const error = rejected(firstValueFrom(metadata$));
      requests[0]!.answer('<html>');
      expect((await error).code).to.equal(code);
      expect((await error).step).to.equal('code');
      // In WebKit it is a DOMException of the same name: https://webidl.spec.whatwg.org/#syntaxerror
      expect((await error).cause).to.include({ name: 'SyntaxError' });
    }
  });

  it('names missing CORS headers, and the ways around them', async () => {
    const { metadata$, requests } = start();
    const error = rejected(firstValueFrom(metadata$));
    requests[0]!.fail();
    await until(() => requests.length === 2);
    expect(requests[1]).to.include({ url: requests[0]!.url, mode: 'no-cors' });
    requests[1]!.answer(null);
    const { code, message, hint } = await error;
    expect(code).to.equal('discovery-failed');
    expect(message).to.equal(`${requests[0]!.url} was answered without CORS headers for ${location.origin}.`);
    expect(hint).to.contain('metadata property').and.to.contain('metadata-url');
  });

  it('does not blame CORS where nobody answers', async () => {
    const { metadata$, requests } = start();
    const error = rejected(firstValueFrom(metadata$));
    requests[0]!.fail();
    await until(() => requests.length === 2);
    requests[1]!.fail();
    expect((await error).code).to.equal('discovery-failed');
    expect((await error).message).not.to.contain('CORS');
  });

  it('asks about CORS within the same eight seconds, and not when offline', async () => {
    const { metadata$, requests, scheduler } = start();
    const error = rejected(firstValueFrom(metadata$));
    requests[0]!.fail();
    await until(() => requests.length === 2);
    scheduler.flush();
    expect(scheduler.now()).to.equal(8000);
    expect((await error).code).to.equal('discovery-failed');

    const gone = start({}, false);
    const offline = rejected(firstValueFrom(gone.metadata$));
    gone.requests[0]!.fail();
    expect((await offline).code).to.equal('offline');
    expect(gone.requests).to.have.lengthOf(1);
  });

  const url = 'https://cdn.example.com/oidc.json';
  const verdicts: ReadonlyArray<readonly [string, Partial<OidcConfig>, unknown, string | undefined]> = [
    ['an issuer with a last slash', {}, { ...document, issuer: `${authority}/` }, undefined],
    ['another issuer', {}, { ...document, issuer: 'https://evil.example' }, 'issuer-mismatch'],
    ['no issuer at the authority', {}, { authorization_endpoint }, 'issuer-mismatch'],
    ['no issuer at another address', { metadataUrl: url }, { authorization_endpoint }, undefined],
    ['another issuer at another address', { metadataUrl: url }, { ...document, issuer: url }, 'issuer-mismatch'],
    ['no issuer in the object', { metadata: { authorization_endpoint } }, undefined, undefined],
    ['another issuer in the object', { metadata: { ...document, issuer: url } }, undefined, 'issuer-mismatch'],
    ['no authorization endpoint', { metadata: {} }, undefined, 'discovery-failed'],
    [
      'a script for an endpoint',
      {},
      { ...document, authorization_endpoint: 'javascript:alert(1)' },
      'discovery-failed',
    ],
    ['an endpoint that is no text', {}, { ...document, authorization_endpoint: 1 }, 'discovery-failed'],
    ['null for a document', {}, null, 'issuer-mismatch'],
    ['a text for a document', { metadataUrl: url }, 'hello', 'discovery-failed'],
  ];
  for (const [title, changes, body, code] of verdicts) {
    it(`${code === undefined ? 'accepts' : `refuses with ${code}`} ${title}`, async () => {
      const { metadata$, answer } = start(changes);
      const result = firstValueFrom(metadata$).then(
        () => undefined,
        (thrown: unknown) => (thrown as GcAuthError).code,
      );
      if (!changes.metadata) answer(body);
      expect(await result).to.equal(code);
    });
  }
});

describe('the expected issuer', () => {
  it('is the one in the metadata, or else the authority', () => {
    expect(expectedIssuer({ ...document, issuer: `${authority}/` }, authority)).to.deep.equal({
      issuer: `${authority}/`,
      announced: false,
    });
    const announcing = { authorization_endpoint, authorization_response_iss_parameter_supported: true };
    expect(expectedIssuer(announcing, authority)).to.deep.equal({ issuer: authority, announced: true });
  });
});
