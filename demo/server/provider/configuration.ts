import type { ClientMetadata, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { accountById, claimsOf } from './accounts.js';
import type { Keys } from './keys.js';
import { errorPage, signedOutPage, signingOutPage } from './pages.js';
import { createPolicy } from './policy.js';
import type { Store } from './store.js';
import type { ProviderSwitches } from './switches.js';

export interface ClientRegistration {
  clientId: string;
  clientSecret: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
}

export interface ConfigurationOptions {
  client: ClientRegistration;
  /** A public client with the same redirect URIs, which redeems its codes in the browser. Default: none. */
  siteClientId?: string | undefined;
  keys: Keys;
  store: Store;
  switches: () => ProviderSwitches;
  cookieNames: { session: string; interaction: string; resume: string };
}

const daySeconds = 86_400;

/** A lifetime that oidc-provider accepts. */
const wholeSeconds = (seconds: number): number => Math.max(1, Math.ceil(seconds));

export function createConfiguration(options: ConfigurationOptions): Configuration {
  const { client, siteClientId, keys, store, switches, cookieNames } = options;
  return {
    adapter: store.adapter,
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        client_name: 'Messenger',
        redirect_uris: client.redirectUris,
        post_logout_redirect_uris: client.postLogoutRedirectUris,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: 'ES256',
      },
      ...(siteClientId === undefined ? [] : [siteClient(siteClientId, client)]),
    ],
    jwks: { keys: [keys.signing] },
    cookies: {
      keys: keys.cookies,
      names: cookieNames,
      long: { httpOnly: true, sameSite: 'lax' },
      short: { httpOnly: true, sameSite: 'lax' },
    },
    claims: {
      openid: ['sub', 'name', 'given_name', 'family_name', 'email'],
      profile: ['name', 'given_name', 'family_name'],
      email: ['email'],
    },
    // Puts the person's name into the ID token: Genesys reads no other claims.
    conformIdTokenClaims: false,
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', ...(siteClientId ? (['none'] as const) : [])],
    clientBasedCORS: (_ctx, _origin, { clientId }) => clientId === siteClientId,
    extraParams: { scope: restoreOfflineAccess },
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => answer(ctx, signingOutPage(form)),
        postLogoutSuccessSource: (ctx) => answer(ctx, signedOutPage()),
      },
      webMessageResponseMode: { enabled: true, ack: 'individual-draft-01' },
    },
    findAccount: (_ctx, id) => {
      const account = accountById(id);
      return account && { accountId: id, claims: () => claimsOf(account) };
    },
    interactions: {
      policy: createPolicy(switches),
      url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
    },
    issueRefreshToken: (_ctx, _client, code) => code.scopes.has('offline_access'),
    loadExistingGrant: grantWhatIsAsked,
    responseTypes: ['code'],
    pkce: { required: () => false },
    renderError: (ctx, out) => answer(ctx, errorPage(out.error, out.error_description)),
    rotateRefreshToken: false,
    ttl: {
      AccessToken: () => wholeSeconds(switches().accessTokenSeconds),
      AuthorizationCode: () => wholeSeconds(switches().codeSeconds),
      Grant: () => 14 * daySeconds,
      IdToken: () => 3600,
      Interaction: () => 3600,
      RefreshToken: () => 14 * daySeconds,
      Session: () => 14 * daySeconds,
    },
  };
}

/** What a site registers for its own login in the browser. */
const siteClient = (
  clientId: string,
  { redirectUris, postLogoutRedirectUris }: ClientRegistration,
): ClientMetadata => ({
  client_id: clientId,
  client_name: 'Shop',
  redirect_uris: redirectUris,
  post_logout_redirect_uris: postLogoutRedirectUris,
  grant_types: ['authorization_code'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
  id_token_signed_response_alg: 'ES256',
});

/**
 * No consent page: the client belongs to the same company as the provider.
 * https://github.com/panva/node-oidc-provider/blob/v9.x/recipes/skip_consent.md
 */
async function grantWhatIsAsked(ctx: KoaContextWithOIDC) {
  const { provider, session, client, account, params, result } = ctx.oidc;
  if (!session || !client || !account) return undefined;
  const knownId = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const known = knownId === undefined ? undefined : await provider.Grant.find(knownId);
  const grant = known ?? new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  if (typeof params?.scope === 'string') grant.addOIDCScope(params.scope);
  await grant.save();
  return grant;
}

/**
 * Allows `offline_access` without `prompt=consent`, as most providers do for first-party clients. Otherwise a silent
 * request could not get a refresh token. OpenID Connect permits it ("unless other conditions … are in place"):
 * https://openid.net/specs/openid-connect-core-1_0.html#OfflineAccess
 */
function restoreOfflineAccess(ctx: KoaContextWithOIDC): void {
  const { params } = ctx.oidc;
  const asked = ctx.method === 'POST' ? ctx.oidc.body?.scope : ctx.query.scope;
  if (!params || typeof asked !== 'string' || typeof params.scope !== 'string') return;
  const wanted = asked.split(' ').includes('offline_access');
  if (wanted && !params.scope.split(' ').includes('offline_access')) params.scope += ' offline_access';
}

function answer(ctx: KoaContextWithOIDC, html: string): void {
  ctx.type = 'html';
  ctx.body = html;
}
