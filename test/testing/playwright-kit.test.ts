import { expect } from '@open-wc/testing';
import {
  expectPrompt,
  expectSignedIn,
  genesysFixture,
  startGenesysKit,
  type ContextLike,
  type GenesysKit,
  type GenesysKitOptions,
  type PageLike,
  type RouteLike,
  type SocketRouteLike,
} from '../../src/testing/playwright/index.js';

const site = 'https://www.example.com';
const options: GenesysKitOptions = {
  deploymentId: '3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10',
  authority: 'https://login.example.com',
  clientId: 'messenger-web',
  redirectUri: `${site}/callback.html`,
};

type Answer = Parameters<RouteLike['fulfill']>[0];

interface Sent {
  method?: string;
  body?: object;
  headers?: Record<string, string>;
}

/** A context whose pages are functions: they send one request, or open one socket. */
class Context implements ContextLike {
  readonly permissions: string[] = [];
  #routes: Parameters<ContextLike['route']> | undefined;
  #sockets: Parameters<ContextLike['routeWebSocket']> | undefined;

  async route(...route: Parameters<ContextLike['route']>): Promise<void> {
    this.#routes = route;
  }

  async routeWebSocket(...route: Parameters<ContextLike['routeWebSocket']>): Promise<void> {
    this.#sockets = route;
  }

  async grantPermissions(permissions: string[]): Promise<void> {
    this.permissions.push(...permissions);
  }

  /** The answer; undefined where the kit leaves the address to the network. */
  async send(url: string, { method = 'GET', body, headers = {} }: Sent = {}): Promise<Answer | undefined> {
    const [matches, handler] = this.#routes!;
    if (!matches(new URL(url))) return undefined;
    let answer: Answer | undefined;
    await handler({
      request: () => ({
        url: () => url,
        method: () => method,
        postData: () => (body ? JSON.stringify(body) : null),
        headers: () => headers,
      }),
      fulfill: async (response) => void (answer = response),
    });
    return answer;
  }

  /** The other end of a socket; undefined where the kit leaves the address to the network. */
  connect(url: string): Socket | undefined {
    const [matches, handler] = this.#sockets!;
    if (!matches(new URL(url))) return undefined;
    const socket = new Socket(url);
    handler(socket);
    return socket;
  }
}

class Socket implements SocketRouteLike {
  readonly received: Array<{ class: string; code: number; body: unknown }> = [];
  closed: number | undefined;
  leave: () => void = () => undefined;
  #handler: (message: string | object) => void = () => undefined;
  #next: () => void = () => undefined;
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  url(): string {
    return this.#url;
  }

  onMessage(handler: (message: string | object) => void): void {
    this.#handler = handler;
  }

  onClose(handler: () => void): void {
    this.leave = handler;
  }

  send(message: string): void {
    this.received.push(JSON.parse(message) as Socket['received'][number]);
    this.#next();
  }

  async close({ code = 1000 } = {}): Promise<void> {
    this.closed = code;
  }

  /** Sends a frame; resolves with the answer. */
  async ask(frame: object): Promise<Socket['received'][number]> {
    const answered = new Promise<void>((resolve) => (this.#next = resolve));
    this.#handler(JSON.stringify(frame));
    await answered;
    return this.received.at(-1)!;
  }
}

interface Started {
  readonly kit: GenesysKit;
  readonly context: Context;
}

async function started(changes: Partial<GenesysKitOptions> = {}): Promise<Started> {
  const context = new Context();
  return { kit: await startGenesysKit(context, { ...options, ...changes }), context };
}

const verifier = 'a'.repeat(43);
const request = {
  client_id: 'messenger-web',
  redirect_uri: `${site}/callback.html`,
  response_type: 'code',
  scope: 'openid',
  // SHA-256 of the verifier, in base64url.
  code_challenge: 'ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjNA',
  code_challenge_method: 'S256',
  nonce: 'n',
  state: 's',
};
const silent = { prompt: 'none', response_mode: 'fragment' };
const right = { redirectUri: request.redirect_uri, codeVerifier: verifier, nonce: 'n', iss: options.authority };

const authorize = (
  { context }: Started,
  changes: Record<string, string> = {},
  more = '',
): Promise<Answer | undefined> =>
  context.send(`${options.authority}/authorize?${new URLSearchParams({ ...request, ...changes }).toString()}${more}`);

/** Where a page of the provider leads. */
function targetOf(answer: Answer | undefined): URL {
  const text = /location\.replace\((".*?")\)/.exec(answer?.body ?? '')?.[1];
  return new URL(JSON.parse(text ?? '"about:blank"') as string);
}

async function newCode(site: Started): Promise<string> {
  const target = targetOf(await authorize(site, silent));
  return new URLSearchParams(target.hash.slice(1)).get('code') ?? '';
}

const api = 'https://api.mypurecloud.ie/api/v2/webdeployments/token';

const exchange = ({ context }: Started, oauth: object): Promise<Answer | undefined> =>
  context.send(`${api}/oauthcodegrantjwtexchange`, {
    method: 'POST',
    body: { deploymentId: options.deploymentId, oauth },
  });

const tokensIn = (answer: Answer | undefined): { jwt: string; refreshToken: string } =>
  JSON.parse(answer?.body ?? '{}') as { jwt: string; refreshToken: string };

const statusOf = (answer: Answer | undefined): number => answer?.status ?? 0;

describe('the provider of the kit for Playwright', () => {
  it('announces what it does, to pages of every origin', async () => {
    const { context, kit } = await started();
    const answer = await context.send(`${options.authority}/.well-known/openid-configuration`);
    const document = JSON.parse(answer?.body ?? '{}') as Record<string, unknown>;
    expect(document).to.include({
      issuer: options.authority,
      authorization_endpoint: `${options.authority}/authorize`,
    });
    expect(answer?.headers).to.include({ 'access-control-allow-origin': '*', 'cache-control': 'no-store' });
    expect(kit.requests).to.eql([{ to: 'provider', name: 'discovery', status: 200 }]);
    expect(await context.send(`${site}/`), 'the page itself').to.equal(undefined);
    expect(await context.send(`${options.authority}/other`)).to.equal(undefined);
  });

  it('answers silently with a code, the state and its issuer, in the fragment or in the query', async () => {
    const all = await started();
    const inFragment = targetOf(await authorize(all, silent));
    expect(inFragment.search).to.equal('');
    const parameters = new URLSearchParams(inFragment.hash.slice(1));
    expect(Object.fromEntries(parameters)).to.include({ state: 's', iss: options.authority });
    expect(parameters.get('code')).to.have.length.above(20);
    const inQuery = targetOf(await authorize(all, { prompt: 'none' }));
    expect(inQuery.hash).to.equal('');
    expect(inQuery.searchParams.get('code')).to.have.length.above(20);
    expect(all.kit.requests.map(({ silent }) => silent)).to.eql([true, true]);
  });

  it('shows a person who is signed out a page with one button, which signs in', async () => {
    const all = await started({ sub: null });
    expect(targetOf(await authorize(all, silent)).hash).to.contain('error=login_required');
    const page = new DOMParser().parseFromString((await authorize(all, { state: '"<s>' }))?.body ?? '', 'text/html');
    expect(page.querySelector('button')?.textContent).to.equal('Sign in as alice');
    const fields = new URLSearchParams(new FormData(page.querySelector('form')!) as unknown as Record<string, string>);
    const target = targetOf(await all.context.send(`${options.authority}/authorize?${fields.toString()}`));
    expect(target.searchParams.get('state')).to.equal('"<s>');
    expect(target.searchParams.has('code')).to.equal(true);
    expect(await newCode(all), 'from now on').to.have.length.above(20);
    all.kit.signOut();
    expect(await newCode(all)).to.equal('');
    all.kit.signIn('bob');
    expect(await newCode(all)).to.have.length.above(20);
    expect((await authorize(all, { prompt: 'login' }))?.body).to.contain('Sign in as bob');
  });

  it('signs a person in at once where that is set', async () => {
    const all = await started({ sub: null, login: 'automatic' });
    expect(targetOf(await authorize(all)).searchParams.has('code')).to.equal(true);
  });

  it('refuses with a code of the test, until it is told not to', async () => {
    const all = await started();
    all.kit.refuse('consent_required');
    expect(targetOf(await authorize(all, silent)).hash).to.contain('error=consent_required');
    expect(all.kit.requests.at(-1)).to.include({ name: 'authorize', error: 'consent_required' });
    all.kit.refuse(null);
    expect(await newCode(all)).to.have.length.above(20);
    expect(all.kit.problems).to.eql([]);
  });

  for (const [what, changes, status, problem] of [
    ['another client', { client_id: 'other' }, 400, 'client_id is other, registered is messenger-web.'],
    [
      'another redirect URI',
      { redirect_uri: `${site}/` },
      400,
      `redirect_uri is ${site}/, registered is ${site}/callback.html.`,
    ],
    ['plain PKCE', { code_challenge_method: 'plain' }, 200, 'PKCE with S256 is required.'],
    ['no openid', { scope: 'email' }, 200, 'scope lacks openid.'],
    ['a token', { response_type: 'token' }, 200, 'response_type is token, not code.'],
    ['a form', { response_mode: 'form_post' }, 200, 'response_mode is neither query nor fragment.'],
  ] as const) {
    it(`says what is wrong with a request for ${what}, and gives no code`, async () => {
      const all = await started();
      const answer = await authorize(all, changes);
      expect(statusOf(answer)).to.equal(status);
      expect(answer?.body).not.to.match(/[?&#]code=/);
      expect(all.kit.problems).to.eql([`provider, authorize: ${problem}`]);
    });
  }

  it('refuses a repeated parameter, except resource, and no PKCE, except where that is set', async () => {
    const all = await started();
    await authorize(all, {}, '&scope=openid');
    expect(all.kit.problems).to.eql(['provider, authorize: scope is repeated.']);
    const { code_challenge: _, code_challenge_method: __, ...without } = request;
    const url = `${options.authority}/authorize?${new URLSearchParams(without).toString()}&resource=a&resource=b`;
    await all.context.send(url);
    expect(all.kit.problems.at(-1)).to.equal('provider, authorize: PKCE with S256 is required.');
    const lax = await started({ requirePkce: false });
    const code = targetOf(await lax.context.send(url)).searchParams.get('code');
    const { codeVerifier: ___, ...grant } = right;
    expect(statusOf(await exchange(lax, { ...grant, code }))).to.equal(200);
  });

  it('signs out, and returns only where it may', async () => {
    const end = ({ context }: Started, query: string): Promise<Answer | undefined> =>
      context.send(`${options.authority}/end-session${query}`);
    const target = (url: string): string => `?post_logout_redirect_uri=${encodeURIComponent(url)}`;
    const all = await started();
    expect(statusOf(await end(all, '?client_id=other'))).to.equal(400);
    expect(await newCode(all), 'still signed in').not.to.equal('');
    expect((await end(all, '?client_id=messenger-web'))?.body).to.contain('You are signed out.');
    expect(await newCode(all)).to.equal('');
    expect(targetOf(await end(all, `${target(`${site}/left`)}&state=x`)).href).to.equal(`${site}/left?state=x`);
    for (const elsewhere of ['https://evil.example/', 'nonsense']) {
      expect(statusOf(await end(all, target(elsewhere))), elsewhere).to.equal(400);
    }
    const strict = await started({ postLogoutRedirectUri: `${site}/bye` });
    expect(statusOf(await end(strict, target(`${site}/left`)))).to.equal(400);
    expect(targetOf(await end(strict, target(`${site}/bye`))).href).to.equal(`${site}/bye`);
  });
});

describe('Genesys Cloud of the kit for Playwright', () => {
  it('redeems a code once, for the grant of its request', async () => {
    const all = await started();
    const code = await newCode(all);
    expect(statusOf(await exchange(all, { ...right, code }))).to.equal(200);
    expect(statusOf(await exchange(all, { ...right, code })), 'a code is for one use').to.equal(401);
    expect(all.kit.problems).to.eql([]);
    for (const wrong of [
      { codeVerifier: 'b'.repeat(43) },
      { codeVerifier: undefined },
      { redirectUri: `${site}/` },
      { nonce: 'm' },
      { iss: 'https://other.example.com' },
      { iss: 7 },
    ]) {
      const before = all.kit.problems.length;
      const answer = await exchange(all, { ...right, code: await newCode(all), ...wrong });
      expect(statusOf(answer), JSON.stringify(wrong)).to.equal(401);
      expect(all.kit.problems.length - before, JSON.stringify(wrong)).to.equal(1);
    }
    all.kit.refuseCodes(true);
    expect(statusOf(await exchange(all, { ...right, code: await newCode(all) }))).to.equal(401);
    all.kit.refuseCodes(false);
    expect(statusOf(await exchange(all, { ...right, code: await newCode(all) }))).to.equal(200);
  });

  it('refreshes until the refresh token is revoked or expired', async () => {
    const all = await started();
    const refresh = (refreshToken: string): Promise<Answer | undefined> =>
      all.context.send(`${api}/refresh`, { method: 'POST', body: { refreshToken } });
    const first = tokensIn(await exchange(all, { ...right, code: await newCode(all) }));
    await all.kit.expire();
    const renewed = await refresh(first.refreshToken);
    expect(statusOf(renewed)).to.equal(200);
    await all.kit.expire({ refreshTokens: true });
    expect(statusOf(await refresh(first.refreshToken))).to.equal(401);
    const second = tokensIn(await exchange(all, { ...right, code: await newCode(all) }));
    const revoke = (jwt: string): Promise<Answer | undefined> =>
      all.context.send(`${api}/revoke`, { method: 'DELETE', headers: { authorization: `bearer ${jwt}` } });
    expect(statusOf(await revoke('other'))).to.equal(401);
    expect(statusOf(await revoke(second.jwt))).to.equal(200);
    expect(statusOf(await refresh(second.refreshToken))).to.equal(401);
  });

  it('answers for every environment: script, configuration with its own hosts, and preflight requests', async () => {
    const all = await started();
    const script = await all.context.send('https://apps.mypurecloud.com/genesys-bootstrap/genesys.min.js');
    expect(script?.path).to.match(/\/genesys-stand-in\.js$/);
    const config = await all.context.send(
      `https://api-cdn.euw2.pure.cloud/webdeployments/v1/deployments/${options.deploymentId}/config.json`,
    );
    expect(JSON.parse(config?.body ?? '{}')).to.include({
      status: 'Active',
      apiEndpoint: 'https://api.euw2.pure.cloud',
    });
    const preflight = await all.context.send(`${api}/refresh`, { method: 'OPTIONS' });
    expect(preflight?.status).to.equal(204);
    expect(preflight?.headers).to.have.property('access-control-allow-headers', 'authorization, content-type');
    expect(statusOf(await all.context.send('https://apps.mypurecloud.com/other'))).to.equal(404);
    expect(all.kit.requests.map(({ name }) => name)).to.eql(['script', 'config']);
  });

  it('answers for an own script-url, and for nothing else on that origin', async () => {
    const { context } = await started({ scriptUrl: `${site}/genesys.min.js` });
    expect((await context.send(`${site}/genesys.min.js`))?.path).to.match(/\/genesys-stand-in\.js$/);
    const config = await context.send(`${site}/webdeployments/v1/deployments/${options.deploymentId}/config.json`);
    expect(JSON.parse(config?.body ?? '{}')).not.to.have.property('apiEndpoint');
    expect(await context.send(`${site}/`)).to.equal(undefined);
    expect(context.connect('wss://www.example.com/v1?deploymentId=x')).not.to.equal(undefined);
    expect(context.connect('wss://www.example.com/v2')).to.equal(undefined);
    expect(context.connect('wss://other.example.com/v1')).to.equal(undefined);
  });

  it('says when the page has another deployment', async () => {
    const all = await started({ deploymentId: 'c0ffee00-8d4b-4b7a-9f6e-2a1d5c7e9b10' });
    const address = `https://api-cdn.mypurecloud.ie/webdeployments/v1/deployments/${options.deploymentId}/domains.json`;
    expect(statusOf(await all.context.send(address))).to.equal(404);
    expect(statusOf(await exchange(all, right))).to.equal(404);
    const problem = `The deployment is ${options.deploymentId}, the kit has c0ffee00-8d4b-4b7a-9f6e-2a1d5c7e9b10.`;
    expect(all.kit.problems).to.eql([`genesys, domains: ${problem}`, `genesys, exchange: ${problem}`]);
  });

  it('configures the socket of a JWT that is valid, and closes it when all expire', async () => {
    const all = await started();
    const { jwt } = tokensIn(await exchange(all, { ...right, code: await newCode(all) }));
    const socket = all.context.connect('wss://webmessaging.mypurecloud.ie/v1?deploymentId=x')!;
    const configure = (code: string): object => ({ action: 'configureAuthenticatedSession', data: { code } });
    expect(await socket.ask(configure('other'))).to.include({ code: 401 });
    expect(await socket.ask(configure(jwt))).to.include({ class: 'SessionResponse', code: 200 });
    expect(await socket.ask({ action: 'configureSession' })).to.include({ code: 403 });
    expect(await socket.ask({ action: 'onMessage', message: { type: 'Text', text: 'Hello' } })).to.include({
      class: 'StructuredMessage',
    });
    const left = all.context.connect('wss://webmessaging.mypurecloud.ie/v1?deploymentId=x')!;
    left.leave();
    await all.kit.expire();
    expect([socket.closed, left.closed]).to.eql([4000, undefined]);
  });

  it('asks Chromium to let its pages open those of this machine, where a redirect URI is there', async () => {
    expect((await started()).context.permissions).to.eql([]);
    const local = await started({
      redirectUri: ['http://localhost:5173/callback.html', options.redirectUri as string],
    });
    expect(local.context.permissions).to.eql(['local-network-access']);
  });
});

describe('the assertions of the kit for Playwright', () => {
  /** A page with these elements. */
  const pageWith = (context: object, ...elements: object[]): PageLike => ({
    context: () => context,
    locator: () => ({ evaluateAll: async (read) => read(elements as HTMLElement[]) }),
  });
  const prompting = {
    state: 'interaction-required',
    shadowRoot: { querySelector: () => ({ getClientRects: () => [{}] }) },
  };
  const failed = { state: 'failed', error: { code: 'config-invalid', message: 'No.' }, shadowRoot: null };
  const atOnce = { timeout: 0 };

  const errorOf = (assertion: Promise<void>): Promise<string> =>
    assertion.then(
      () => 'none',
      (error: unknown) => (error as Error).message,
    );

  it('resolve when the page shows it', async () => {
    await expectSignedIn(pageWith({}, { state: 'signed-in' }));
    await expectPrompt(pageWith({}, prompting));
  });

  it('say what the page shows instead', async () => {
    const sees = (...elements: object[]): Promise<string> => errorOf(expectSignedIn(pageWith({}, ...elements), atOnce));
    expect(await sees()).to.match(/is signed-in, but after 0 ms there is none in the page\.$/);
    expect(await sees({})).to.match(/it is not defined: its script has not run\.$/);
    expect(await sees(prompting)).to.match(/it is interaction-required and shows a prompt\.$/);
    expect(await sees(failed)).to.match(/it is failed\.\nIts error: config-invalid: No\.$/);
    expect(await errorOf(expectPrompt(pageWith({}, { ...prompting, shadowRoot: null }), atOnce))).to.match(
      /shows its prompt, but after 0 ms it is interaction-required\.$/,
    );
    const navigating: PageLike = {
      context: () => ({}),
      locator: () => ({ evaluateAll: () => Promise.reject(new Error('gone')) }),
    };
    expect(await errorOf(expectSignedIn(navigating, atOnce))).to.match(/the page cannot be read: Error: gone$/);
  });

  it('say where the page and the kit of its context disagree', async () => {
    const all = await started();
    await authorize(all, { scope: 'email' });
    expect(await errorOf(expectSignedIn(pageWith(all.context, failed), atOnce))).to.match(
      /\nThe page and the test kit disagree:\n- provider, authorize: scope lacks openid\.$/,
    );
  });

  it('come with a fixture for the context of a test', async () => {
    const fixture = genesysFixture(options);
    let used: GenesysKit | undefined;
    await fixture({ context: new Context() }, async (kit) => void (used = kit));
    expect(used?.requests).to.eql([]);
  });
});

describe('the options of the kit for Playwright', () => {
  for (const [name, value] of [
    ['deploymentId', ''],
    ['authority', 'login.example.com'],
    ['clientId', undefined],
    ['redirectUri', []],
    ['redirectUri', '/callback.html'],
    ['scriptUrl', 'genesys.min.js'],
    ['postLogoutRedirectUri', 'bye'],
    ['jwtSeconds', Number.NaN],
    ['login', 'never'],
  ] as const) {
    it(`are refused with ${name} ${JSON.stringify(value)}, by name`, async () => {
      const refusal = await started({ [name]: value }).then(
        () => undefined,
        (error: unknown) => error as { code: string; message: string },
      );
      expect(refusal?.code).to.equal('config-invalid');
      expect(refusal?.message).to.contain(`Option ${name} of the test kit`);
    });
  }
});
