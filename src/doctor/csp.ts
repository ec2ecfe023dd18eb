import { domainsOf, readEnvironment } from '../core/environments.js';
import { GcAuthError } from '../core/errors.js';
import { uploadHostOf } from './upload-hosts.js';

/** What a Content-Security-Policy depends on. Values are those of the attributes. */
export interface CspOptions {
  /** Genesys Cloud environment, its alias or its domain. */
  readonly environment: string;
  /** The provider. Default: none, for a page with `codeProvider`. */
  readonly authority?: string | undefined;
  /** Where the element comes from, such as `https://cdn.example`. Default: the page's own origin. */
  readonly bundle?: string | undefined;
  /** Other address of `genesys.min.js`. Default: from `environment`. */
  readonly scriptUrl?: string | undefined;
  /** Where the provider answers. Default: the page's own origin. */
  readonly redirectUri?: string | undefined;
  readonly storageAccessUri?: string | undefined;
  /** Nonce of the page's scripts; with it, scripts are allowed by `'strict-dynamic'` in place of their hosts. Default: none. */
  readonly nonce?: string | undefined;
  /** Adds `require-trusted-types-for`. Default: false. */
  readonly trustedTypes?: boolean | undefined;
}

/** Sources by directive, in the order in which they are written. A directive without sources stands alone. */
export type Policy = Readonly<Record<string, readonly string[]>>;

/** The policies of the page and of the callback page. */
export interface Policies {
  readonly page: Policy;
  readonly callback: Policy;
}

/**
 * What page and callback page must allow, and nothing more: a page's own sources are added to it.
 *
 * @throws GcAuthError `config-invalid` for a value that is malformed; the message names the option
 * @see https://www.w3.org/TR/CSP3/
 */
export function cspFor(options: CspOptions): Policies {
  const environment = readEnvironment(options.environment);
  if (!environment) throw invalid('environment', options.environment, 'a Genesys Cloud environment such as prod-euw1');
  const provider = sourceOf('authority', options.authority);
  const script = sourceOf('script-url', options.scriptUrl);
  const storageAccess = sourceOf('storage-access-uri', options.storageAccessUri);
  const callback = sourceOf('redirect-uri', options.redirectUri) ?? "'self'";
  const hosts = domainsOf(environment);
  const ofGenesys = (...subdomains: string[]): string[] =>
    hosts.flatMap((domain) => subdomains.map((subdomain) => `https://${subdomain}.${domain}`));
  const apps = unique([...ofGenesys('apps'), script]);
  const scripts =
    options.nonce === undefined
      ? unique(["'self'", sourceOf('bundle', options.bundle), ...apps])
      : [`'nonce-${nonceOf(options.nonce)}'`, "'strict-dynamic'"];
  return {
    page: {
      'script-src': scripts,
      'connect-src': unique([
        "'self'",
        provider,
        ...ofGenesys('api-cdn', 'api'),
        ...hosts.map((domain) => `wss://webmessaging.${domain}`),
        uploadHostOf(environment),
        ...(script ? [script, script.replace(/^http/, 'ws')] : []),
      ]),
      'frame-src': unique([callback, provider, storageAccess, ...apps]),
      'img-src': unique(["'self'", 'data:', ...apps]),
      'base-uri': ["'none'"],
      ...(options.trustedTypes && {
        'require-trusted-types-for': ["'script'"],
        'trusted-types': ['gc-auth-messenger'],
      }),
    },
    callback: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'unsafe-inline'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'self'"],
    },
  };
}

/** The policy as the value of the header `Content-Security-Policy`. */
export const policyText = (policy: Policy): string =>
  Object.entries(policy)
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ');

/** The origin of a URL. Nothing else of it can become part of a policy, so no value can add a directive. */
function sourceOf(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [, origin] =
    /^(https?:\/\/(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:]+\])(?::\d{1,5})?)(?:[/?#]|$)/i.exec(text) ?? [];
  const secure =
    origin !== undefined &&
    (/^https:/i.test(origin) || /^http:\/\/([^/:]+\.)?(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|$)/i.test(origin));
  if (!secure) throw invalid(name, text, 'an https URL (http on loopback)');
  return origin.toLowerCase();
}

/** Base64, as CSP3 §2.3.1 has it. */
function nonceOf(text: string): string {
  if (!/^[\w+/-]+={0,2}$/.test(text)) throw invalid('nonce', text, 'base64');
  return text;
}

const unique = (sources: ReadonlyArray<string | undefined>): string[] => [
  ...new Set(sources.filter((source) => source !== undefined)),
];

const invalid = (name: string, found: string, wanted: string): GcAuthError =>
  new GcAuthError('config-invalid', {
    message: `Option ${name}: found “${found.slice(0, 80)}”, wanted ${wanted}.`,
    hint: `Set ${name} to ${wanted}.`,
  });
