import type { Grant, MemoryLogins } from '../memory/memory-logins.js';
import type { KitSettings } from './options.js';
import { loginPage, loginParameter, messagePage, redirectPage } from './pages.js';
import type { PageAnswer } from './pages.js';

const defaultSub = 'alice';

/** An OpenID provider in memory. Its session is that of the whole browser context, and needs no cookie. */
export class Provider {
  /** Who is signed in; `null`: nobody. */
  sub: string | null;
  /** OAuth error code with which every authorization request is answered; `null`: none. */
  refusal: string | null = null;
  readonly #settings: KitSettings;
  readonly #logins: MemoryLogins;
  readonly #report: (problem: string) => void;

  /** @param report receives what is wrong with a grant that Genesys redeems */
  constructor(
    settings: KitSettings,
    logins: MemoryLogins,
    sub: string | null = defaultSub,
    report: (problem: string) => void,
  ) {
    this.#settings = settings;
    this.#logins = logins;
    this.#report = report;
    this.sub = sub;
  }

  signIn(sub = defaultSub): void {
    this.sub = sub;
  }

  /** @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
  discovery(): object {
    const { issuer, authorizationEndpoint, endSessionEndpoint } = this.#settings;
    const base = issuer.replace(/\/$/, '');
    return {
      issuer,
      authorization_endpoint: authorizationEndpoint,
      end_session_endpoint: endSessionEndpoint,
      // Only a server may redeem codes, and Genesys' side of the kit does it without a request.
      token_endpoint: `${base}/token`,
      jwks_uri: `${base}/jwks`,
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'fragment'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      code_challenge_methods_supported: ['S256'],
      prompt_values_supported: ['none', 'login'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  /** @see https://openid.net/specs/openid-connect-core-1_0.html#AuthorizationEndpoint */
  authorize(request: URL): PageAnswer {
    const parameters = request.searchParams;
    const unregistered = this.#unregistered(parameters);
    // A page at such an address must learn nothing (RFC 6749 §4.1.2.1).
    if (unregistered !== undefined) return messagePage(400, 'Wrong request', unregistered);
    const [error, problem] = this.#fault(parameters);
    if (error !== undefined) return this.#refuse(parameters, error, problem);
    if (this.refusal !== null) return this.#refuse(parameters, this.refusal);

    const prompt = parameters.get('prompt');
    const login = parameters.get(loginParameter);
    if (login !== null) this.sub = login;
    const asks = this.sub === null || (prompt === 'login' && login === null);
    if (asks && prompt === 'none') return this.#refuse(parameters, 'login_required');
    if (asks && !this.#settings.automaticLogin) return loginPage(request, this.sub ?? defaultSub);
    this.sub ??= defaultSub;
    const code = this.#logins.issueCode(this.sub, (grant) => this.#accepts(grant, parameters));
    return this.#answer(parameters, { code });
  }

  /** @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html */
  endSession({ searchParams }: URL): PageAnswer {
    const { clientId, postLogoutRedirectUri, redirectUris } = this.#settings;
    const client = searchParams.get('client_id');
    if (client !== null && client !== clientId) {
      return messagePage(400, 'Wrong request', `client_id is ${client}, registered is ${clientId}.`);
    }
    this.sub = null;
    const target = searchParams.get('post_logout_redirect_uri');
    if (target === null) return messagePage(200, 'Signed out', 'You are signed out.');
    const registered =
      postLogoutRedirectUri === undefined ? isOnOriginOf(target, redirectUris) : target === postLogoutRedirectUri;
    if (!registered) {
      return messagePage(400, 'Wrong request', `post_logout_redirect_uri ${target} is not registered.`);
    }
    const url = new URL(target);
    const state = searchParams.get('state');
    if (state !== null) url.searchParams.set('state', state);
    return redirectPage(url.href);
  }

  #unregistered(parameters: URLSearchParams): string | undefined {
    const { clientId, redirectUris } = this.#settings;
    const client = parameters.get('client_id') ?? '(none)';
    if (client !== clientId) return `client_id is ${client}, registered is ${clientId}.`;
    const redirectUri = parameters.get('redirect_uri') ?? '(none)';
    if (!redirectUris.includes(redirectUri)) {
      return `redirect_uri is ${redirectUri}, registered is ${redirectUris.join(', ')}.`;
    }
    return undefined;
  }

  #fault(parameters: URLSearchParams): [error?: string, problem?: string] {
    const { requirePkce } = this.#settings;
    const repeated = [...new Set(parameters.keys())].find(
      (name) => name !== 'resource' && parameters.getAll(name).length > 1,
    );
    if (repeated !== undefined) return ['invalid_request', `${repeated} is repeated.`];
    const responseType = parameters.get('response_type');
    if (responseType !== 'code') return ['unsupported_response_type', `response_type is ${responseType}, not code.`];
    if (!['query', 'fragment', null].includes(parameters.get('response_mode'))) {
      return ['invalid_request', 'response_mode is neither query nor fragment.'];
    }
    if (!parameters.get('scope')?.split(' ').includes('openid')) return ['invalid_scope', 'scope lacks openid.'];
    const hasPkce = parameters.has('code_challenge');
    if (hasPkce ? parameters.get('code_challenge_method') !== 'S256' : requirePkce) {
      return ['invalid_request', 'PKCE with S256 is required.'];
    }
    return [];
  }

  /** What a provider and Genesys check when a code is redeemed. */
  async #accepts(grant: Grant, parameters: URLSearchParams): Promise<boolean> {
    const { codeVerifier, redirectUri, nonce, iss } = grant;
    const challenge = parameters.get('code_challenge');
    const sent = typeof codeVerifier === 'string' ? await s256(codeVerifier) : null;
    const problems = [
      redirectUri !== parameters.get('redirect_uri') && 'redirectUri is not that of the authorization request.',
      sent !== challenge && 'codeVerifier does not fit the code_challenge of the authorization request.',
      nonce !== undefined && nonce !== parameters.get('nonce') && 'nonce is not that of the authorization request.',
      iss !== undefined && !sameIssuer(iss, this.#settings.issuer) && `iss is not ${this.#settings.issuer}.`,
    ].filter((problem) => problem !== false);
    problems.forEach(this.#report);
    return problems.length === 0;
  }

  #refuse(parameters: URLSearchParams, error: string, problem?: string): PageAnswer {
    const description = problem === undefined ? {} : { error_description: problem };
    return { ...this.#answer(parameters, { error, ...description }), error, ...(problem !== undefined && { problem }) };
  }

  #answer(request: URLSearchParams, answer: Record<string, string>): PageAnswer {
    const url = new URL(request.get('redirect_uri') ?? '');
    const state = request.get('state');
    const parameters = new URLSearchParams({ ...answer, ...(state !== null && { state }), iss: this.#settings.issuer });
    if (request.get('response_mode') === 'fragment') url.hash = parameters.toString();
    else for (const [name, value] of parameters) url.searchParams.append(name, value);
    return redirectPage(url.href);
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc7636#section-4.2 */
async function s256(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const base64 = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const sameIssuer = (one: unknown, other: string): boolean =>
  typeof one === 'string' && one.replace(/\/$/, '') === other.replace(/\/$/, '');

const isOnOriginOf = (url: string, others: readonly string[]): boolean =>
  URL.canParse(url) && others.some((other) => new URL(other).origin === new URL(url).origin);
