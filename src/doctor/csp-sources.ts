import type { PageAddress, ParsedUrl } from '../core/config.js';
import { GcAuthError } from '../core/errors.js';
import { isLoopback, isOnOrigin } from '../core/script-url.js';

const secureUrl = 'an https URL (http on loopback)';

/** Length of a digest in base64, without padding. */
const digestLengths: Readonly<Record<string, number>> = { sha256: 43, sha384: 64, sha512: 86 };

/** Error for an option that has no attribute, or whose value no policy can contain. */
export const invalidOption = (name: string, found: string, wanted: string): GcAuthError =>
  new GcAuthError('config-invalid', {
    message: `Option ${name}: found “${found.slice(0, 80)}”, wanted ${wanted}.`,
    hint: `Set ${name} to ${wanted}.`,
  });

/** The URL of an option; undefined when absent. */
export function urlOption(name: string, text: string | undefined, page: PageAddress): ParsedUrl | undefined {
  if (text === undefined) return undefined;
  // Empty is not relative here: a variable of a script may be.
  const url = text === '' ? undefined : page.parse(text);
  const isSecure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url));
  if (!url || !isSecure || url.username || url.password) throw invalidOption(name, text, secureUrl);
  return url;
}

/**
 * The origin of a URL as a source, `'self'` for that of the page. Nothing else of the URL can become part of a policy, so no
 * value can add a directive.
 *
 * @see https://www.w3.org/TR/CSP3/#grammardef-host-source
 * @throws GcAuthError `config-invalid` for a host that a policy cannot name
 */
export function sourceOf(name: string, url: ParsedUrl, page: PageAddress): string {
  if (isOnOrigin(url, page)) return "'self'";
  const { hostname, origin } = url;
  // An IPv4 address fits the grammar, but matches nothing, except for this one (CSP3, "host-part matches").
  if (hostname === '127.0.0.1') return origin;
  if (/^\[|^\d+(\.\d+){3}$/.test(hostname)) {
    throw invalidOption(name, origin, 'a host name: a policy can name no IP address other than 127.0.0.1');
  }
  if (!/^[a-z\d-]+(\.[a-z\d-]+)*$/.test(hostname)) {
    throw invalidOption(name, origin, 'a host name of letters, digits, hyphens and single dots');
  }
  return origin;
}

/** A nonce is base64 (CSP3 §2.3.1). */
export function nonceSource(text: string): string {
  if (!/^[\w+/-]+={0,2}$/.test(text)) throw invalidOption('nonce', text, 'base64');
  return `'nonce-${text}'`;
}

/** The hash of a script, also with the quotes that consoles print around it (CSP3 §2.3.1). */
export function hashSource(text: string): string {
  const [, , algorithm = '', digest = ''] = /^(['"]?)(sha\d{3})-([\w+/-]+)={0,2}\1$/.exec(text.trim()) ?? [];
  if (digest.length !== digestLengths[algorithm]) {
    throw invalidOption('hash', text, 'sha256-, sha384- or sha512- and the digest in base64');
  }
  return `'${algorithm}-${digest.padEnd(Math.ceil(digest.length / 4) * 4, '=')}'`;
}

/** Each source once. */
export const unique = (sources: ReadonlyArray<string | undefined>): readonly string[] => [
  ...new Set(sources.filter((source) => source !== undefined)),
];
