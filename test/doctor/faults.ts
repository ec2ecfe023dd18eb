import { html, json, redirectTo } from './site.js';
import type { Reply, Site } from './site.js';

/** One mistake in a set-up, and the finding that names it. */
export interface Fault {
  readonly id: string;
  readonly title: string;
  /** Doors that can see it. */
  readonly doors: 'both' | 'page' | 'node';
  /** The provider is on another site. */
  readonly crossSite?: true;
  readonly plant: (site: Site) => void;
}

const inBoth = (id: string, title: string, plant: Fault['plant']): Fault => ({ id, title, doors: 'both', plant });
const inPage = (id: string, title: string, plant: Fault['plant']): Fault => ({ id, title, doors: 'page', plant });
const inNode = (id: string, title: string, plant: Fault['plant']): Fault => ({ id, title, doors: 'node', plant });
const inNodeCrossSite = (id: string, title: string, plant: Fault['plant']): Fault => ({
  ...inNode(id, title, plant),
  crossSite: true,
});

const set =
  (name: string, value: string): Fault['plant'] =>
  ({ attributes }) =>
    void (attributes[name] = value);

const rename =
  (from: string, to: string): Fault['plant'] =>
  ({ attributes }) => {
    attributes[to] = attributes[from] ?? '';
    delete attributes[from];
  };

const withHeader =
  (part: 'page' | 'callback' | 'discovery' | 'storageAccess', name: string, value: string): Fault['plant'] =>
  (site) =>
    void (site[part].headers[name] = value);

const pagePolicy = (value: string): Fault['plant'] => withHeader('page', 'content-security-policy', value);
const callbackPolicy = (value: string): Fault['plant'] => withHeader('callback', 'content-security-policy', value);

const announce =
  (name: string, value: unknown): Fault['plant'] =>
  ({ metadata }) =>
    void (metadata[name] = value);

const refuse =
  (error: string, error_description = ''): Fault['plant'] =>
  (site) => {
    site.authorize = (request) => redirectTo(request, { error, error_description, iss: site.origins.provider });
  };

const answerWith =
  (reply: Reply): Fault['plant'] =>
  (site) =>
    void (site.authorize = () => reply);

const setCookie =
  (...cookies: string[]): Fault['plant'] =>
  (site) => {
    const { authorize } = site;
    site.authorize = (request) => ({ ...authorize(request), cookies });
  };

const isOf = (part: Reply, value: object): Reply => ({ ...part, ...value });

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toUTCString();

export const faults: readonly Fault[] = [
  inBoth('attribute-unknown', 'an attribute without its hyphen', rename('client-id', 'clientid')),
  inBoth('attribute-unknown', 'an attribute in snake case', rename('redirect-uri', 'redirect_uri')),
  inBoth('attribute-unknown', 'a letter too few', rename('authority', 'autority')),
  inBoth('attribute-unknown', 'an optional attribute, misspelt', set('sign-in-mode', 'silent')),
  inBoth('attribute-quotes', 'curly quotes', set('client-id', '“messenger-web”')),
  inBoth('attribute-placeholder', 'YOUR_CLIENT_ID', set('client-id', 'YOUR_CLIENT_ID')),
  inBoth('attribute-placeholder', '<client-id>', set('client-id', '<client-id>')),
  inBoth('attribute-placeholder', '{{ clientId }}', set('client-id', '{{ clientId }}')),
  inBoth(
    'attribute-placeholder',
    'a deployment of zeros',
    set('deployment-id', '00000000-0000-0000-0000-000000000000'),
  ),
  inBoth('attribute-placeholder', 'an issuer of the template', set('authority', 'https://${TENANT}.example.com')),
  inBoth('attribute-missing', 'no client', ({ attributes }) => void delete attributes['client-id']),
  inBoth('attribute-invalid', 'a deployment that is no UUID', set('deployment-id', '3f0c2f3a')),
  inBoth('attribute-invalid', 'an unknown region', set('environment', 'mars')),
  inBoth('attribute-invalid', 'a rung that does not exist', set('sign-in-modes', 'silent magic')),
  inBoth(
    'attribute-invalid',
    'a redirect URI of another origin',
    set('redirect-uri', 'https://other.example/callback.html'),
  ),
  inBoth('tag-duplicate', 'two tags', (site) => void (site.tail = '<gc-auth-messenger></gc-auth-messenger>')),
  inBoth('snippet-conflict', 'a snippet with another deployment', (site) => {
    site.tail = `<script>(function (g, e) { g[e] = g[e] || {}; g[e].c = e; })(window, {
      environment: 'prod-euw1', deploymentId: '11111111-2222-4333-8444-555555555555' });</script>`;
  }),
  inPage('page-insecure', 'http', ({ browser }) => void (browser.isSecureContext = false)),
  inPage('storage-blocked', 'no localStorage', ({ browser }) => void (browser.storage = false)),
  inPage('page-framed', 'a frame of another site', ({ browser }) => void (browser.framed = true)),
  inPage('offline', 'no network', (site) => {
    site.browser.onLine = false;
    const { page, provider, genesys } = site.origins;
    const folder = `${genesys}/webdeployments/v1/deployments/3f0c2f3a-1c1f-4b58-9a29-3f6f7c2f1a10`;
    site.dead.push(`${page}/`, `${page}/callback.html`, `${provider}/.well-known/openid-configuration`);
    site.dead.push(`${folder}/domains.json`, `${folder}/config.json`);
  }),
  inNode('bundle-not-module', 'the module as a classic script', (site) => {
    site.head = '<script src="/gc-auth-messenger.js"></script>';
  }),
  inNode('bundle-unreachable', 'no bundle', ({ bundle }) => void (bundle.status = 404)),
  inNode('bundle-unreachable', 'a letter too few in the scheme of the bundle', (site) => {
    site.head = '<script src="htps://cdn.example/gc-auth-messenger.js" type="module"></script>';
  }),
  inNode(
    'bundle-type',
    'a page in place of the bundle',
    ({ bundle }) => void (bundle.headers['content-type'] = 'text/html'),
  ),

  inBoth('scope-openid', 'no openid', set('scope', 'profile email offline_access')),
  inBoth('scope-recommended', 'openid alone', set('scope', 'openid')),

  inBoth('discovery-unreachable', 'no provider', (site) => {
    site.dead.push(`${site.origins.provider}/.well-known/openid-configuration`);
  }),
  inBoth('discovery-status', 'no document', ({ discovery }) => void (discovery.status = 404)),
  inBoth('discovery-json', 'a page in place of the document', ({ discovery }) => void (discovery.body = '<html>')),
  inBoth('discovery-type', 'the document as text', withHeader('discovery', 'content-type', 'text/plain')),
  inBoth('discovery-cors', 'no CORS', ({ discovery }) => void delete discovery.headers['access-control-allow-origin']),
  inBoth(
    'discovery-cors',
    'CORS for another origin',
    withHeader('discovery', 'access-control-allow-origin', 'https://a.example'),
  ),
  inBoth('discovery-issuer', 'another issuer', announce('issuer', 'https://other.example')),
  inBoth(
    'discovery-issuer-template',
    'the issuer of all tenants',
    announce('issuer', 'https://login.example/{tenantid}/v2.0'),
  ),
  inBoth('discovery-endpoint', 'no endpoint', announce('authorization_endpoint', undefined)),
  inBoth(
    'discovery-endpoint',
    'an endpoint without t in its scheme',
    announce('authorization_endpoint', 'htps://login.example/authorize'),
  ),
  inBoth('discovery-response-type', 'implicit flow only', announce('response_types_supported', ['id_token'])),
  inBoth('discovery-grant-type', 'no codes', announce('grant_types_supported', ['implicit'])),
  inBoth('discovery-response-mode', 'form_post only', announce('response_modes_supported', ['form_post'])),
  inBoth('discovery-prompt', 'no prompt=none', announce('prompt_values_supported', ['login'])),
  inBoth('discovery-pkce', 'plain PKCE only', announce('code_challenge_methods_supported', ['plain'])),
  inBoth('discovery-pkce-disabled', 'PKCE turned off', set('disable-pkce', '')),
  inBoth('discovery-scope', 'a scope that nobody knows', set('scope', 'openid profile email offline_access agent')),
  inBoth('discovery-acr', 'an unknown acr value', (site) => {
    site.metadata['acr_values_supported'] = ['basic'];
    site.attributes['acr-values'] = 'mfa';
  }),
  inBoth('discovery-end-session', 'no sign-out', (site) => {
    delete site.metadata['end_session_endpoint'];
    site.attributes['post-logout-redirect-uri'] = `${site.origins.page}/bye`;
  }),

  inNode(
    'authorize-unreachable',
    'no authorization endpoint',
    (site) => void site.dead.push(`${site.origins.provider}/authorize`),
  ),
  inNode('authorize-status', 'a broken provider', answerWith({ ...html('Sorry'), status: 500 })),
  inNode(
    'authorize-redirect-uri',
    'a redirect URI that is not registered',
    answerWith({ ...html('<h1>invalid_redirect_uri</h1> redirect_uri did not match any registered'), status: 400 }),
  ),
  inNode('authorize-redirect-uri', 'a provider that goes to another page', (site) => {
    const headers = { location: `${site.origins.page}/other?code=secret` };
    site.authorize = () => ({ status: 302, headers, body: '' });
  }),
  inNode(
    'authorize-client',
    'an unknown client',
    answerWith({ ...html('invalid_client: client is invalid'), status: 400 }),
  ),
  inNode('authorize-client', 'a client without the flow', refuse('unauthorized_client')),
  inNode('authorize-scope', 'a scope that is refused', refuse('invalid_scope')),
  inNode('authorize-pkce', 'PKCE refused', refuse('invalid_request', 'code_challenge is not allowed')),
  inNode('authorize-error', 'another refusal', refuse('request_not_supported')),
  inNode('authorize-prompt', 'a sign-in page', answerWith(html('<input type="password">'))),
  inNode('authorize-framing', 'a page that goes on by script, not in a frame', (site) => {
    site.authorize = () => ({
      ...html('<script>go()</script>'),
      headers: { 'content-type': 'text/html', 'x-frame-options': 'DENY' },
    });
  }),
  inNode('authorize-framing', 'a page for other ancestors', (site) => {
    const headers = { 'content-type': 'text/html', 'content-security-policy': "frame-ancestors 'self'" };
    site.authorize = () => ({ ...html('<script>go()</script>'), headers });
  }),
  inNode('authorize-state', 'an answer without state', (site) => {
    site.authorize = (request) => ({
      status: 302,
      headers: { location: `${request.get('redirect_uri')}?error=login_required&iss=${site.origins.provider}` },
      body: '',
    });
  }),
  inNode('authorize-iss', 'no iss, though it is announced', (site) => {
    site.authorize = (request) => redirectTo(request, { error: 'login_required' });
  }),
  inNode('authorize-iss', 'another iss', (site) => {
    site.authorize = (request) => redirectTo(request, { error: 'login_required', iss: 'https://other.example' });
  }),
  inNodeCrossSite(
    'authorize-cookies',
    'cookies that stay at home',
    setCookie('session=1; SameSite=Lax; Secure', 'csrf=2'),
  ),
  inNodeCrossSite('authorize-activate-storage-access', 'no header', (site) => {
    site.attributes['storage-access-uri'] = `${site.origins.provider}/storage-access`;
  }),
  inNodeCrossSite('authorize-activate-storage-access', 'the header for another origin', (site) => {
    const { authorize } = site;
    site.authorize = (request) => {
      const answer = authorize(request);
      const headers = { ...answer.headers, 'activate-storage-access': 'retry; allowed-origin="https://other.example"' };
      return { ...answer, headers };
    };
  }),
  inNodeCrossSite('site-silent-only', 'silent only', set('sign-in-modes', 'silent')),
  inNode('storage-access-status', 'no page for storage access', (site) => {
    site.attributes['storage-access-uri'] = `${site.origins.provider}/storage-access`;
    site.storageAccess.status = 404;
  }),
  inNode('storage-access-framing', 'a page for storage access that is not framed', (site) => {
    site.attributes['storage-access-uri'] = `${site.origins.provider}/storage-access`;
    site.storageAccess.headers['x-frame-options'] = 'SAMEORIGIN';
  }),

  inBoth('callback-unreachable', 'no server', (site) => void site.dead.push(`${site.origins.page}/callback.html`)),
  inBoth('callback-status', 'no callback page', ({ callback }) => void (callback.status = 404)),
  inBoth('callback-redirect', 'a sign-in before the callback page', (site) => {
    site.callback = { status: 302, headers: { location: `${site.origins.provider}/storage-access` }, body: '' };
  }),
  inBoth(
    'callback-type',
    'the callback page as a download',
    withHeader('callback', 'content-type', 'application/octet-stream'),
  ),
  inBoth(
    'callback-attachment',
    'the callback page as an attachment',
    withHeader('callback', 'content-disposition', 'attachment'),
  ),
  inBoth(
    'callback-script-missing',
    'the page of a router',
    (site) => void (site.callback = isOf(site.callback, { body: '<title>Shop</title>' })),
  ),
  inBoth('callback-script-status', 'no callback.js', ({ callbackScript }) => void (callbackScript.status = 404)),
  inNode('callback-script-status', 'a callback script at no web address', (site) => {
    site.callback = isOf(site.callback, { body: '<script src="htps://cdn.example/callback.js"></script>' });
  }),
  inBoth('callback-script-type', 'a page in place of callback.js', ({ callbackScript }) => {
    callbackScript.headers['content-type'] = 'text/html';
  }),
  inBoth('callback-frame-options', 'X-Frame-Options', withHeader('callback', 'x-frame-options', 'DENY')),
  inBoth('callback-frame-ancestors', 'frame-ancestors', callbackPolicy("frame-ancestors 'none'")),
  inBoth('callback-sandbox', 'sandbox', callbackPolicy('sandbox allow-same-origin')),
  inBoth('callback-policy', 'a policy against its script', callbackPolicy("script-src 'nonce-abc' 'strict-dynamic'")),
  inBoth('callback-policy', 'a policy in its markup', (site) => {
    site.callback = isOf(site.callback, {
      body: `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">${site.callback.body}`,
    });
  }),
  inBoth('callback-policy', 'a policy in its markup, its text first', (site) => {
    site.callback = isOf(site.callback, {
      body: `<meta content="script-src 'none'" http-equiv=content-security-policy>${site.callback.body}`,
    });
  }),
  inBoth('callback-policy', 'a policy in its markup, with entities in single quotes', (site) => {
    site.callback = isOf(site.callback, {
      body: `<meta http-equiv='Content-Security-Policy' content='script-src &#39;none&#39;'>${site.callback.body}`,
    });
  }),
  inBoth('callback-script-missing', 'its only script commented out', (site) => {
    site.callback = isOf(site.callback, { body: '<!-- <script src="callback.js"></script> -->' });
  }),
  inBoth('callback-coop', 'COOP', withHeader('callback', 'cross-origin-opener-policy', 'same-origin')),
  inBoth('callback-cache', 'no cache', withHeader('callback', 'cache-control', 'no-store')),
  inBoth(
    'callback-no-vary-search',
    'no No-Vary-Search',
    ({ callback }) => void delete callback.headers['no-vary-search'],
  ),

  inBoth('deployment-unreachable', 'a broken answer of Genesys', ({ deployment }) => void (deployment.status = 503)),
  inBoth('deployment-missing', 'no such deployment', ({ domains, deployment }) => {
    domains.status = 404;
    deployment.status = 404;
  }),
  inBoth('deployment-inactive', 'an inactive deployment', (site) => {
    site.deployment = json({ status: 'Inactive', auth: { enabled: true } });
  }),
  inBoth('deployment-authentication', 'no authentication', (site) => {
    site.deployment = json({ status: 'Active', auth: { enabled: false } });
  }),
  inBoth('deployment-domain', 'another domain', (site) => {
    site.domains = json({ allowAllDomains: false, allowedDomains: ['shop.example'] });
  }),
  inBoth('deployment-headless', 'headless mode', (site) => {
    site.deployment = json({ status: 'Active', auth: { enabled: true }, headlessMode: { enabled: true } });
  }),
  inBoth('deployment-auto-start', 'headless mode with automatic start', (site) => {
    const messenger = { apps: { conversations: { autoStart: { enabled: true } } } };
    site.deployment = json({ status: 'Active', auth: { enabled: true }, headlessMode: { enabled: true }, messenger });
  }),
  inNode(
    'script-unreachable',
    'a firewall',
    (site) => void site.dead.push(`${site.origins.genesys}/genesys-bootstrap/genesys.min.js`),
  ),
  inNode('script-status', 'no script', ({ script }) => void (script.status = 404)),
  inNode(
    'script-type',
    'a page in place of the script',
    ({ script }) => void (script.headers['content-type'] = 'text/html'),
  ),

  inBoth('csp-script-src', 'no script of Genesys', pagePolicy("script-src 'self'")),
  inNode('csp-script-src', 'no bundle from another host', (site) => {
    site.head = `<script type="module" src="${site.origins.provider}/gc-auth-messenger.js"></script>`;
    site.page.headers['content-security-policy'] = `script-src 'self' ${site.origins.genesys}`;
  }),
  inNode('csp-script-src', 'a bundle without the hash', pagePolicy("script-src 'self' 'strict-dynamic' 'sha256-AAAA'")),
  inNode('csp-nonce', 'a bundle without the nonce', (site) => {
    site.page.headers['content-security-policy'] = "script-src 'nonce-abc' 'strict-dynamic'";
    site.attributes['nonce'] = 'abc';
  }),
  inNode('csp-nonce', 'a nonce of yesterday', (site) => {
    site.page.headers['content-security-policy'] = "script-src 'nonce-dG9kYXk='";
    site.attributes['nonce'] = 'eWVzdGVyZGF5';
  }),
  inBoth('csp-connect-src', 'no requests', pagePolicy("connect-src 'self'")),
  inBoth('csp-frame-src', 'no frames', pagePolicy("frame-src 'self'")),
  inBoth('csp-img-src', 'no images', pagePolicy("img-src 'self'")),
  inBoth('csp-img-src', 'a policy in the markup', (site) => {
    site.head += '<meta http-equiv="content-security-policy" content="img-src \'none\'">';
  }),
  inBoth(
    'csp-trusted-types',
    'other Trusted Types',
    pagePolicy("require-trusted-types-for 'script'; trusted-types dompurify"),
  ),
  inBoth('csp-sandbox', 'a sandbox', pagePolicy('sandbox allow-scripts')),
  inBoth(
    'integrity-policy',
    'Integrity-Policy',
    withHeader('page', 'integrity-policy', 'blocked-destinations=(script)'),
  ),
  inBoth('page-coep', 'COEP', (site) => {
    site.page.headers['cross-origin-embedder-policy'] = 'require-corp';
    site.callback.headers['cross-origin-embedder-policy'] = 'require-corp';
  }),
  inBoth('permissions-storage-access', 'Permissions-Policy', (site) => {
    site.attributes['storage-access-uri'] = `${site.origins.provider}/storage-access`;
    site.page.headers['permissions-policy'] = 'camera=(), storage-access=(self)';
  }),

  inPage('clock-device', 'a clock that goes wrong', withHeader('page', 'date', minutesAgo(30))),
  inNode('clock-provider', 'a provider that is late', withHeader('discovery', 'date', minutesAgo(30))),
];

/** What looks like a mistake, and is none. */
export const harmless: ReadonlyArray<Pick<Fault, 'title' | 'plant'>> = [
  ...[
    `<meta http-equiv=Content-Security-Policy content="script-src &#39;self&#39;"><script src="callback.js"></script>`,
    `<!-- <meta http-equiv="Content-Security-Policy" content="script-src 'none'"><script src="old/callback.js"></script> -->
      <script src="callback.js"></script>`,
    `<meta http-equiv="Content-Security-Policy" content="sandbox; frame-ancestors 'none'"><script src="callback.js"></script>`,
    `<script src="callback.js"></script><p><meta http-equiv="Content-Security-Policy" content="script-src 'none'">`,
    `<noscript><meta http-equiv="Content-Security-Policy" content="script-src 'none'"></noscript><script src="callback.js"></script>`,
    `<script>const a = "<meta http-equiv='Content-Security-Policy' content=\\"script-src 'none'\\">"</script><script src="callback.js"></script>`,
    `<script type="module">import 'gc-auth-messenger/callback.js';</script>`,
    `<script type="importmap">{ "imports": { "a": "https://cdn.example/gc-auth-messenger/a.js" } }</script><script type="module">import 'a'</script>`,
    `<link rel="modulepreload" href="/assets/gc-auth-messenger-abc.js"><script type="module" src="/app.js"></script>`,
    `<gc-auth-messenger></gc-auth-messenger><script type="module" src="/app.js"></script>`,
  ].map((body) => ({
    title: `a callback page with ${body}`,
    plant: (site: Site) => void (site.callback = isOf(site.callback, { body })),
  })),
  {
    title: 'a sandbox in the markup',
    plant: (site) => void (site.head += '<meta http-equiv="Content-Security-Policy" content="sandbox allow-forms">'),
  },
  {
    title: 'a policy in the body',
    plant: (site) =>
      void (site.tail = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'; img-src \'none\'">'),
  },
  {
    title: 'the nonce on the bundle and on the tag',
    plant: (site) => {
      site.page.headers['content-security-policy'] = "script-src 'nonce-abc' 'strict-dynamic'";
      site.head = '<script type="module" nonce="abc" src="/gc-auth-messenger.js"></script>';
      site.attributes['nonce'] = 'abc';
    },
  },
  {
    title: 'the hash of the bundle',
    plant: (site) => {
      site.page.headers['content-security-policy'] = "script-src 'strict-dynamic' 'sha256-AAAA'";
      site.head = '<script type="module" integrity="sha256-AAAA" src="/gc-auth-messenger.js"></script>';
    },
  },
];
