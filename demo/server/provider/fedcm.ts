import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { HttpError, isObject, pathOf, readBody, send, sendJson } from '../http.js';
import { accountById, claimsOf } from './accounts.js';

/**
 * The provider's side of FedCM (https://w3c-fedid.github.io/FedCM/). In place of a token, the browser hands an
 * authorization code to the page, bound to its redirect URI and its PKCE challenge, so that Genesys can redeem it.
 */

export interface FedCmOptions {
  readonly provider: Provider;
  readonly clientId: string;
  readonly redirectUris: readonly string[];
}

/** @returns whether the path belongs to FedCM */
export async function serveFedCm(
  request: IncomingMessage,
  response: ServerResponse,
  options: FedCmOptions,
): Promise<boolean> {
  switch (pathOf(request)) {
    case '/.well-known/web-identity':
      sendJson(response, 200, { provider_urls: [`${options.provider.issuer}/fedcm/config.json`] });
      return true;
    case '/fedcm/config.json':
      sendJson(response, 200, {
        accounts_endpoint: '/fedcm/accounts',
        id_assertion_endpoint: '/fedcm/assertion',
        login_url: '/fedcm/login',
      });
      return true;
    case '/fedcm/accounts':
      await sendAccounts(request, response, options);
      return true;
    case '/fedcm/assertion':
      await sendCode(request, response, options);
      return true;
    default:
      return false;
  }
}

/** Only the browser itself sends such requests, never a page. */
function needBrowser(request: IncomingMessage): void {
  if (request.headers['sec-fetch-dest'] !== 'webidentity') throw new HttpError(400, 'Not a request of FedCM.');
}

async function sessionOf(request: IncomingMessage, response: ServerResponse, provider: Provider) {
  const session = await provider.Session.get(provider.createContext(request, response));
  return session.accountId === undefined ? undefined : session;
}

async function sendAccounts(request: IncomingMessage, response: ServerResponse, options: FedCmOptions): Promise<void> {
  needBrowser(request);
  const session = await sessionOf(request, response, options.provider);
  const account = accountById(session?.accountId ?? '');
  if (!account) return send(response, 401);
  const { name, email, given_name } = claimsOf(account);
  const approved = session?.grantIdFor(options.clientId) === undefined ? [] : [options.clientId];
  sendJson(response, 200, { accounts: [{ id: account.id, name, email, given_name, approved_clients: approved }] });
}

async function sendCode(request: IncomingMessage, response: ServerResponse, options: FedCmOptions): Promise<void> {
  needBrowser(request);
  const { provider, clientId, redirectUris } = options;
  const { origin = '' } = request.headers;
  const form = new URLSearchParams(await readBody(request));
  const params = paramsOf(form);
  const redirectUri = String(params['redirect_uri']);
  const session = await sessionOf(request, response, provider);
  const client = await provider.Client.find(clientId);
  const fits =
    form.get('client_id') === clientId &&
    session?.accountId === form.get('account_id') &&
    redirectUris.includes(redirectUri) &&
    new URL(redirectUri).origin === origin &&
    typeof params['code_challenge'] === 'string';
  if (!session?.accountId || !client || !fits) throw new HttpError(400, 'No code for this request.');

  const grant = new provider.Grant({ accountId: session.accountId, clientId });
  const scope = typeof params['scope'] === 'string' ? params['scope'] : 'openid';
  grant.addOIDCScope(scope);
  const grantId = await grant.save();
  session.ensureClientContainer(clientId);
  session.grantIdFor(clientId, grantId);
  await session.persist();
  const code = new provider.AuthorizationCode({
    accountId: session.accountId,
    authTime: session.authTime(),
    client,
    codeChallenge: String(params['code_challenge']),
    codeChallengeMethod: 'S256',
    grantId,
    gty: 'authorization_code',
    redirectUri,
    scope,
    sessionUid: session.uid,
    ...(typeof params['nonce'] === 'string' && { nonce: params['nonce'] }),
  });
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  sendJson(response, 200, { token: await code.save() });
}

function paramsOf(form: URLSearchParams): Record<string, unknown> {
  try {
    const params: unknown = JSON.parse(form.get('params') ?? '{}');
    return isObject(params) ? params : {};
  } catch {
    return {};
  }
}
