/** An answer of a server. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  cookies?: string[];
}

export interface Origins {
  readonly page: string;
  readonly provider: string;
  readonly genesys: string;
}

/** A whole set-up as a value: the servers of page, provider and Genesys, and the browser. Faults are planted into it. */
export interface Site {
  readonly origins: Origins;
  attributes: Record<string, string>;
  head: string;
  tail: string;
  /** In place of the tag and the rest of the page. */
  body?: string;
  page: Reply;
  bundle: Reply;
  callback: Reply;
  callbackScript: Reply;
  discovery: Reply;
  metadata: Record<string, unknown>;
  authorize: (request: URLSearchParams) => Reply;
  storageAccess: Reply;
  domains: Reply;
  deployment: Reply;
  script: Reply;
  /** Nobody answers at these addresses. */
  dead: string[];
  /** What only a browser has. */
  browser: { isSecureContext: boolean; onLine: boolean; storage: boolean; framed: boolean };
}

export const deploymentId = '3f0c2f3a-1c1f-4b58-9a29-3f6f7c2f1a10';

const reply = (type: string, body: string, headers: Record<string, string> = {}): Reply => ({
  status: 200,
  headers: { 'content-type': type, ...headers },
  body,
});

export const json = (value: unknown): Reply =>
  reply('application/json', JSON.stringify(value), { 'access-control-allow-origin': '*' });

export const html = (body: string): Reply => reply('text/html; charset=utf-8', body);

/** A redirect to the redirect URI with an answer. */
export const redirectTo = (request: URLSearchParams, answer: Record<string, string>): Reply => ({
  status: 303,
  headers: {
    location: `${request.get('redirect_uri')}?${String(new URLSearchParams({ ...answer, state: request.get('state') ?? '' }))}`,
  },
  body: '',
});

/** Everything is right. */
export function healthySite(origins: Origins): Site {
  const { page, provider, genesys } = origins;
  return {
    origins,
    attributes: {
      'deployment-id': deploymentId,
      environment: 'prod-euw1',
      'script-url': `${genesys}/genesys-bootstrap/genesys.min.js`,
      authority: provider,
      'client-id': 'messenger-web',
      'redirect-uri': `${page}/callback.html`,
      scope: 'openid profile email offline_access',
    },
    head: '<script type="module" src="/gc-auth-messenger.js"></script>',
    tail: '',
    page: html(''),
    bundle: reply('text/javascript', ''),
    callback: {
      ...html('<!doctype html><script src="callback.js"></script>'),
      headers: { 'content-type': 'text/html', 'cache-control': 'max-age=3600', 'no-vary-search': 'params' },
    },
    callbackScript: reply('text/javascript', ''),
    discovery: json({}),
    metadata: {
      issuer: provider,
      authorization_endpoint: `${provider}/authorize`,
      end_session_endpoint: `${provider}/end`,
      authorization_response_iss_parameter_supported: true,
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'form_post'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    },
    authorize: (request) => redirectTo(request, { error: 'login_required', iss: provider }),
    storageAccess: html('<button>Allow</button>'),
    domains: json({ allowAllDomains: false, allowedDomains: ['localhost'] }),
    deployment: json({ status: 'Active', auth: { enabled: true, allowSessionUpgrade: true } }),
    script: reply('application/javascript', ''),
    dead: [],
    browser: { isSecureContext: true, onLine: true, storage: true, framed: false },
  };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const tagOf = (attributes: Record<string, string>): string =>
  `<gc-auth-messenger ${Object.entries(attributes)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(' ')}></gc-auth-messenger>`;

const notFound: Reply = { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found' };

/** What the servers answer. Undefined: nothing answers. */
export function answerTo(site: Site, address: string): Reply | undefined {
  const { origins } = site;
  const url = new URL(address);
  if (site.dead.includes(url.origin + url.pathname)) return undefined;
  const body =
    site.body ??
    `<!doctype html><html><head>${site.head}</head><body>${tagOf(site.attributes)}${site.tail}</body></html>`;
  const files: Record<string, () => Reply> = {
    [`${origins.page}/`]: () => ({ ...site.page, body }),
    [`${origins.page}/gc-auth-messenger.js`]: () => site.bundle,
    [`${origins.provider}/gc-auth-messenger.js`]: () => site.bundle,
    [`${origins.page}/callback.html`]: () => site.callback,
    [`${origins.page}/callback.js`]: () => site.callbackScript,
    [`${origins.provider}/.well-known/openid-configuration`]: () => ({
      ...site.discovery,
      body: site.discovery.body === '{}' ? JSON.stringify(site.metadata) : site.discovery.body,
    }),
    [`${origins.provider}/authorize`]: () => site.authorize(url.searchParams),
    [`${origins.provider}/storage-access`]: () => site.storageAccess,
    [`${origins.genesys}/webdeployments/v1/deployments/${deploymentId}/domains.json`]: () => site.domains,
    [`${origins.genesys}/webdeployments/v1/deployments/${deploymentId}/config.json`]: () => site.deployment,
    [`${origins.genesys}/genesys-bootstrap/genesys.min.js`]: () => site.script,
  };
  return (files[url.origin + url.pathname] ?? (() => notFound))();
}
