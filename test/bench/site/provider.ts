import { createHmac, randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider, type KoaContextWithOIDC } from 'oidc-provider';
import { pathOf, sendHtml, urlOf } from '../../../demo/server/http.js';
import { Store } from '../../../demo/server/provider/store.js';

/** Registered. */
export const clientId = 'spa';
/** Not registered: the provider shows an error page. */
export const strangerId = 'stranger';
/** The provider shows its login page whatever `prompt` says. */
export const loginPageId = 'login-page';

export interface SessionCookie {
  readonly name: string;
  readonly value: string;
}

export interface BenchProvider {
  readonly handler: RequestListener;
  /** Cookies of a browser in which somebody has signed in. */
  signIn(): Promise<SessionCookie[]>;
}

/** An OpenID provider that every contestant gets along with. */
export async function createBenchProvider(issuer: string, redirectUris: string[]): Promise<BenchProvider> {
  // auth0-spa-js takes nothing else.
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const cookieKey = randomBytes(32).toString('hex');
  const crossSite = { httpOnly: true, secure: true, sameSite: 'none', signed: true } as const;
  const provider = new Provider(issuer, {
    adapter: new Store().adapter,
    clients: [
      {
        client_id: clientId,
        redirect_uris: redirectUris,
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'bench' }] },
    cookies: { keys: [cookieKey], long: crossSite, short: crossSite },
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    clientBasedCORS: () => true,
    features: {
      devInteractions: { enabled: false },
      webMessageResponseMode: { enabled: true, ack: 'individual-draft-01' },
    },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    loadExistingGrant: async ({ oidc }: KoaContextWithOIDC) => {
      const { session, client, account, params } = oidc;
      if (!session || !client || !account) return undefined;
      const grant = new oidc.provider.Grant({ accountId: account.accountId, clientId: client.clientId });
      grant.addOIDCScope(String(params?.['scope']));
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    renderError: (ctx) => {
      ctx.type = 'html';
      ctx.body = providerPage('Something went wrong');
    },
    // Where auth0-spa-js looks for them, and the same for all.
    routes: { authorization: '/authorize', token: '/oauth/token' },
    ttl: { AccessToken: 3600, AuthorizationCode: 60, Grant: 3600, IdToken: 3600, Interaction: 3600, Session: 3600 },
  });
  suitKeycloak(provider);
  const answer = provider.callback();

  return {
    handler: (request, response) => {
      const stubborn = urlOf(request).searchParams.get('client_id') === loginPageId;
      if (stubborn && pathOf(request) === '/authorize') return sendHtml(response, 200, providerPage('Sign in'));
      void answer(request, response);
    },
    signIn: async () => {
      const session = new provider.Session();
      session.loginAccount({ accountId: 'alice', loginTs: Math.floor(Date.now() / 1000), amr: ['pwd'] });
      await session.save(3600);
      const [name, value] = ['_session', session.jti];
      const signature = createHmac('sha1', cookieKey).update(`${name}=${value}`).digest('base64url');
      return [
        { name, value },
        { name: `${name}.sig`, value: signature },
      ];
    },
  };
}

const providerPage = (title: string): string => `<!doctype html><title>${title}</title><h1>${title}</h1>`;

/** keycloak-js sends cookies to the token endpoint and reads the access token as a JWT. */
function suitKeycloak(provider: Provider): void {
  provider.use(async (ctx, next) => {
    await next();
    ctx.set('Access-Control-Allow-Credentials', 'true');
    const body = ctx.body as { access_token?: string; id_token?: string } | undefined;
    if (ctx.path === '/oauth/token' && body?.id_token) ctx.body = { ...body, access_token: body.id_token };
  });
}
