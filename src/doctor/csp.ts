import { ConfigReader } from '../core/config-reader.js';
import type { PageAddress, ParsedUrl } from '../core/config.js';
import { domainsOf } from '../core/environments.js';
import { apiOrigin, appsOrigin, configOrigin, socketOrigin } from '../core/genesys-hosts.js';
import { isLoopback } from '../core/script-url.js';
import type { CspOptions } from './csp-options.js';
import { hashSource, invalidOption, nonceSource, sourceOf, unique, urlOption } from './csp-sources.js';
import { uploadHostOf } from './upload-hosts.js';

export type { CspOptions } from './csp-options.js';

/** Sources by directive, in the order in which they are written. */
export type Policy = Readonly<Record<string, readonly string[]>>;

/** The policies of the page and of the callback page. */
export interface Policies {
  readonly page: Policy;
  readonly callback: Policy;
}

/** Hash of the inline style of the shipped `callback.html`. A test compares them. */
const callbackStyle = "'sha256-WUq0M63ol8bB3n9ZOxudvePRVI465KT1o20pCwSmj1Y='";

/**
 * What page and callback page must allow: the page's own origin, and what element, provider and Messenger need. Other
 * sources of the page are added to it.
 *
 * @throws GcAuthError `config-invalid` for a value that is malformed; the message names the attribute or option
 * @see https://www.w3.org/TR/CSP3/
 */
export function cspFor(options: CspOptions): Policies {
  const page = pageOf(options);
  const reader = new ConfigReader({ ...options }, page);
  const source = (name: string, url: ParsedUrl | undefined): string | undefined => url && sourceOf(name, url, page);

  const environment = reader.environment();
  const domains = domainsOf(environment);
  const scriptUrl = reader.scriptUrl(true);
  const script = source('script-url', scriptUrl);
  // A stand-in for Genesys Cloud serves everything from one origin.
  const standIn = scriptUrl && isLoopback(scriptUrl) ? [script, scriptUrl.origin.replace(/^http/, 'ws')] : [];
  const apps = unique([...domains.map(appsOrigin), script]);
  const media = domains.map((domain) => `https://*.${domain}`);
  const { discovery, frames } = providerSources(options, reader, page);

  return {
    page: {
      'script-src': scriptSources(options, [
        "'self'",
        source('bundle', urlOption('bundle', options.bundle, page)),
        ...apps,
      ]),
      'connect-src': unique([
        "'self'",
        discovery,
        ...domains.flatMap((domain) => [configOrigin(domain), apiOrigin(domain), socketOrigin(domain)]),
        uploadHostOf(environment),
        ...standIn,
      ]),
      'frame-src': unique([...frames, ...apps]),
      'img-src': ["'self'", ...media],
      'media-src': ["'self'", ...media],
      'object-src': media,
      'base-uri': ["'self'"],
      ...trustedTypes(options, 'gc-auth-messenger'),
    },
    callback: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': [callbackStyle],
      // Its empty icon, which saves a request.
      'img-src': ['data:'],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'self'"],
      ...trustedTypes(options, "'none'"),
    },
  };
}

/** The policy as the value of the header `Content-Security-Policy`. */
export const policyText = (policy: Policy): string =>
  Object.entries(policy)
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ');

/** Where the discovery document is fetched from, and what is shown in frames. */
function providerSources(options: CspOptions, reader: ConfigReader, page: PageAddress) {
  const source = (name: string, url: ParsedUrl | undefined): string | undefined => url && sourceOf(name, url, page);
  const storageAccess = source('storage-access-uri', reader.url('storageAccessUri', true));
  if (options.authority === undefined) return { discovery: undefined, frames: [storageAccess] };

  reader.authority(false);
  const authority = source('authority', reader.url('authority', true));
  const given = options.metadata?.authorization_endpoint;
  const document = source('metadata-url', reader.url('metadataUrl', true)) ?? authority;
  const name = 'authorization-endpoint';
  const endpoint = source(name, urlOption(name, options.authorizationEndpoint ?? given, page)) ?? authority;
  const silent = reader.modes().includes('silent');
  return {
    discovery: given === undefined ? document : undefined,
    frames: [...(silent ? ["'self'", endpoint] : []), storageAccess],
  };
}

function scriptSources(options: CspOptions, hosts: ReadonlyArray<string | undefined>): readonly string[] {
  const { nonce, hashes = [] } = options;
  const proofs = [...(nonce === undefined ? [] : [nonceSource(nonce)]), ...hashes.map(hashSource)];
  const { strictDynamic = proofs.length > 0 } = options;
  if (strictDynamic && proofs.length === 0) {
    throw invalidOption(
      'strict-dynamic',
      'neither nonce nor hash',
      'together with a nonce or a hash of the first script',
    );
  }
  // Browsers that know 'strict-dynamic' ignore the hosts.
  return unique([...proofs, ...(strictDynamic ? ["'strict-dynamic'"] : []), ...hosts]);
}

const trustedTypes = ({ trustedTypes = false }: CspOptions, policy: string): Policy =>
  trustedTypes ? { 'require-trusted-types-for': ["'script'"], 'trusted-types': [policy] } : {};

/** The page that the tag is on. `redirect-uri` must be on its origin. */
function pageOf({ page, redirectUri = '' }: CspOptions): PageAddress {
  if (page !== undefined) {
    const address = addressAt(urlOption('page', page, nowhere)?.href ?? '');
    new ConfigReader({ redirectUri }, address).redirectUri();
    return address;
  }
  // Of an unknown page, everything relative is on its origin.
  const unknown = addressAt('https://page.invalid/');
  return addressAt(new ConfigReader({ redirectUri }, unknown).url('redirectUri', true)?.href ?? unknown.href);
}

const addressAt = (href: string): PageAddress => ({
  href,
  parse: (text) => (URL.canParse(text, href) ? new URL(text, href) : undefined),
});

/** Nothing is relative to it. */
const nowhere: PageAddress = {
  href: '',
  parse: (text) => (URL.canParse(text) ? new URL(text) : undefined),
};
