import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import type { Demo, DemoProvider } from '../../demo/server/demo.js';
import { UserAgent, type Answer } from './user-agent.js';

export const codeVerifier = randomBytes(32).toString('base64url');
export const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');

export function redirectUriOf(demo: Demo): string {
  return `${demo.app.origin}/callback.html`;
}

export function authorizeUrl(demo: Demo, provider: DemoProvider, parameters: Record<string, string> = {}): URL {
  const url = new URL('/auth', provider.origin);
  url.search = new URLSearchParams({
    client_id: provider.clientId,
    response_type: 'code',
    redirect_uri: redirectUriOf(demo),
    scope: 'openid offline_access',
    state: 'state-1',
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    ...parameters,
  }).toString();
  return url;
}

/** Fills in the login page. @returns the redirect with the authorization response */
export async function logIn(
  agent: UserAgent,
  url: URL,
  account: string,
  password = 'demo',
): Promise<{ answer: Answer; parameters: URLSearchParams }> {
  const { url: page, answer: loginPage } = await agent.follow(url);
  assert.equal(loginPage.status, 200);
  assert.match(loginPage.text, /name="password"/);
  const { answer } = await agent.follow(page, { form: { account, password } });
  return { answer, parameters: answer.location?.searchParams ?? new URLSearchParams() };
}

export interface SignedIn {
  agent: UserAgent;
  /** Gets a new code with a silent request. */
  code(parameters?: Record<string, string>): Promise<string>;
}

export async function signIn(demo: Demo, provider = demo.provider, account = 'alice'): Promise<SignedIn> {
  const agent = new UserAgent();
  await logIn(agent, authorizeUrl(demo, provider), account);
  return {
    agent,
    code: async (parameters = {}) => {
      const { location } = await agent.go(authorizeUrl(demo, provider, { prompt: 'none', ...parameters }));
      const code = location?.searchParams.get('code');
      assert.ok(code, `no code: ${String(location?.search)}`);
      return code;
    },
  };
}
