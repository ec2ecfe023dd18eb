import { GcAuthError } from '../../core/errors.js';

/** What page, provider and Genesys Cloud have to agree on. URLs are absolute. */
export interface GenesysKitOptions {
  /** The `deployment-id` of the page. */
  deploymentId: string;
  /** The `authority` of the page. The kit answers for the addresses below it that its discovery document names. */
  authority: string;
  /** The `client-id` of the page. A request of any other client gets an error page. */
  clientId: string;
  /** The `redirect-uri` of the page, or all that are registered. A request with any other one gets an error page. */
  redirectUri: string | readonly string[];
  /** Where the provider may return to after its sign-out. Default: every address on the origins of `redirectUri`. */
  postLogoutRedirectUri?: string;
  /** Where the page has its own `script-url`: it. Scripts of Genesys Cloud are answered for every environment. */
  scriptUrl?: string;
  /** Where the page has its own `metadata-url`: it. Default: `/.well-known/openid-configuration` below `authority`. */
  metadataUrl?: string;
  /** Default: `/authorize` below `authority`. For pages that set the `metadata` property. */
  authorizationEndpoint?: string;
  /** Default: `/end-session` below `authority`. For pages that set the `metadata` property. */
  endSessionEndpoint?: string;
  /** Who is signed in at the provider at first; `null`: nobody. Default: `alice`. */
  sub?: string | null;
  /** `page`: a page with a button to sign in. `automatic`: the provider signs `alice` in at once. Default: `page`. */
  login?: 'page' | 'automatic';
  /** The provider refuses requests without PKCE. `false` is for pages with `disable-pkce`. Default: `true`. */
  requirePkce?: boolean;
  /** Lifetime of a Genesys JWT, in seconds. Default: 900. */
  jwtSeconds?: number;
}

/** Options with every default, as the parts of the kit need them. */
export interface KitSettings {
  readonly deploymentId: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUri: string | undefined;
  readonly scriptOrigin: string | undefined;
  readonly scriptPath: string;
  readonly metadataUrl: string;
  readonly authorizationEndpoint: string;
  readonly endSessionEndpoint: string;
  readonly automaticLogin: boolean;
  readonly requirePkce: boolean;
  readonly jwtSeconds: number;
}

const wellKnown = '/.well-known/openid-configuration';
const scriptPath = '/genesys-bootstrap/genesys.min.js';

/** @throws GcAuthError `config-invalid`; the message names the option */
export function readOptions(options: GenesysKitOptions): KitSettings {
  const issuer = webUrl('authority', options.authority).replace(wellKnown, '');
  const base = issuer.replace(/\/$/, '');
  const url = (name: keyof GenesysKitOptions, fallback: string): string =>
    options[name] === undefined ? fallback : webUrl(name, options[name]);
  const redirectUris = [options.redirectUri].flat();
  if (redirectUris.length === 0) throw invalid('redirectUri', 'must be an absolute URL');
  const script = options.scriptUrl === undefined ? undefined : new URL(webUrl('scriptUrl', options.scriptUrl));
  const { jwtSeconds = 900, login = 'page' } = options;
  if (!(Number.isFinite(jwtSeconds) && jwtSeconds > 0)) throw invalid('jwtSeconds', 'must be a number above 0');
  if (!['page', 'automatic'].includes(login)) throw invalid('login', 'must be page or automatic');
  return {
    deploymentId: text('deploymentId', options.deploymentId),
    issuer,
    clientId: text('clientId', options.clientId),
    redirectUris: redirectUris.map((one) => webUrl('redirectUri', one)),
    postLogoutRedirectUri:
      options.postLogoutRedirectUri === undefined
        ? undefined
        : webUrl('postLogoutRedirectUri', options.postLogoutRedirectUri),
    scriptOrigin: script?.origin,
    scriptPath: script?.pathname ?? scriptPath,
    metadataUrl: url('metadataUrl', base + wellKnown),
    authorizationEndpoint: url('authorizationEndpoint', `${base}/authorize`),
    endSessionEndpoint: url('endSessionEndpoint', `${base}/end-session`),
    automaticLogin: login === 'automatic',
    requirePkce: options.requirePkce !== false,
    jwtSeconds,
  };
}

const invalid = (name: string, fault: string): GcAuthError =>
  new GcAuthError('config-invalid', { message: `Option ${name} of the test kit ${fault}.` });

function text(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(name, 'is missing');
}

function webUrl(name: string, value: unknown): string {
  const url = text(name, value);
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url;
  throw invalid(name, 'must be an absolute URL');
}
