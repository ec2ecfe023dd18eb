import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { allowEveryOrigin, HttpError, sendJson, urlOf } from '../http.js';
import { accountById } from './accounts.js';

const sessionSeconds = 14 * 86_400;

/** Cookies are shared by all ports of a host (RFC 6265 §8.5), so each provider needs a suffix of its own. */
export function cookieNames(suffix: string): { session: string; interaction: string; resume: string } {
  return { session: `session_${suffix}`, interaction: `interaction_${suffix}`, resume: `resume_${suffix}` };
}

/**
 * `GET /control/sign-in?account=…` signs the browser in without a page, for tests that begin with a signed-in person. A
 * page requests it with `credentials: 'include', mode: 'no-cors'`.
 */
export async function serveSignIn(
  request: IncomingMessage,
  response: ServerResponse,
  provider: Provider,
  cookieName: string,
): Promise<void> {
  if (allowEveryOrigin(request, response)) return;
  const name = urlOf(request).searchParams.get('account') ?? '';
  const account = accountById(name);
  if (!account) throw new HttpError(404, `There is no account "${name}".`);
  const session = new provider.Session();
  session.loginAccount({ accountId: account.id, loginTs: Math.floor(Date.now() / 1000), amr: ['pwd'] });
  await session.save(sessionSeconds);
  const { cookies } = provider.app.createContext(request, response);
  cookies.set(cookieName, session.jti, { httpOnly: true, sameSite: 'lax', signed: true });
  sendJson(response, 200, { account: account.id });
}
