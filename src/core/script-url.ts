import type { PageAddress, ParsedUrl } from './config.js';
import { readEnvironment } from './environments.js';

/** Whether a URL points to this device, where browsers treat http as secure (W3C Secure Contexts §3.1). */
export const isLoopback = ({ hostname }: Pick<ParsedUrl, 'hostname'>): boolean =>
  /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** The script of a Genesys Cloud environment is at `https://apps.<domain>`. */
function isGenesysHost({ origin }: ParsedUrl): boolean {
  const domain = /^https:\/\/apps\.(.+)$/.exec(origin)?.[1];
  return domain !== undefined && readEnvironment(domain)?.domain === domain;
}

/**
 * Whether markup may name the script: on a Genesys Cloud host, on the origin of this page, or on loopback. The bundle
 * passes its trust under `'strict-dynamic'` and Trusted Types on to the script, and markup may be injected.
 */
export const isScriptUrlForMarkup = (url: ParsedUrl, page: PageAddress): boolean =>
  isGenesysHost(url) || isLoopback(url) || url.origin === page.parse(page.href)?.origin;
