import type { PageAddress, ParsedUrl } from './config.js';
import { allEnvironments, domainsOf } from './environments.js';
import { appsOrigin } from './genesys-hosts.js';

/** Whether a URL points to this device, where browsers treat http as secure (W3C Secure Contexts §3.1). */
export const isLoopback = ({ hostname }: Pick<ParsedUrl, 'hostname'>): boolean =>
  /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** The browser's origin of a URL is `null` where it does not know the scheme, such as that of an app shell. */
const originOf = ({ protocol, host }: ParsedUrl): string => `${protocol}//${host}`;

/** The origin of a page. Undefined where it has none, or one that no URL has (`null`, `file:`). */
export function originOfPage(page: PageAddress): string | undefined {
  const root = page.parse('/');
  return root && root.protocol !== 'file:' ? originOf(root) : undefined;
}

export const isOnOrigin = (url: ParsedUrl, page: PageAddress): boolean => originOf(url) === originOfPage(page);

/** The script of a Genesys Cloud environment is below each of its domains. */
const isGenesysHost = ({ origin }: ParsedUrl): boolean =>
  allEnvironments()
    .flatMap(domainsOf)
    .some((domain) => appsOrigin(domain) === origin);

/**
 * Whether markup may name the script: on a Genesys Cloud host, on the origin of this page, or on loopback. The bundle
 * passes its trust under `'strict-dynamic'` and Trusted Types on to the script, and markup may be injected.
 */
export const isScriptUrlForMarkup = (url: ParsedUrl, page: PageAddress): boolean =>
  isGenesysHost(url) || isLoopback(url) || isOnOrigin(url, page);
