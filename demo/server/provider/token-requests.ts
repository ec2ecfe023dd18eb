import type { IncomingMessage } from 'node:http';

export type TokenEndpoint = 'token' | 'userinfo' | 'introspection' | 'revocation';

/** A request of a browser to an endpoint that only Genesys' server may call. */
export interface TokenRequest {
  /** Epoch milliseconds. */
  at: number;
  endpoint: TokenEndpoint;
  method: string;
}

/** The provider's default routes: https://github.com/panva/node-oidc-provider/blob/main/docs/README.md#routes */
const endpoints: Readonly<Record<string, TokenEndpoint>> = {
  '/token': 'token',
  '/me': 'userinfo',
  '/token/introspection': 'introspection',
  '/token/revocation': 'revocation',
};

/** Records requests by browsers to the token endpoints, even if the endpoint is disabled or the provider is down. */
export class TokenRequestsByBrowsers {
  readonly #requests: TokenRequest[] = [];

  record(request: IncomingMessage, path: string): void {
    const endpoint = endpoints[path];
    if (!endpoint || !isFromBrowser(request)) return;
    this.#requests.push({ at: Date.now(), endpoint, method: request.method ?? '' });
  }

  all(): TokenRequest[] {
    return this.#requests.map((request) => ({ ...request }));
  }
}

/**
 * A page's request has `Origin` or `Sec-Fetch-Site`. Some requests have neither, for example in WebKit, but every browser's
 * `User-Agent` begins with `Mozilla/`. Servers send none of these.
 *
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/User-Agent
 */
function isFromBrowser({ headers }: IncomingMessage): boolean {
  return (
    headers.origin !== undefined ||
    headers['sec-fetch-site'] !== undefined ||
    headers['user-agent']?.startsWith('Mozilla/') === true
  );
}
