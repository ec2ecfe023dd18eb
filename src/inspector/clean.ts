import { maskSecrets } from '../core/redact-text.js';

/** Everything after `?` or `#` that looks like parameters; a value in there may be of any kind. */
const query = /(?:[?#]|%(?:25)*(?:3f|23))[^\s"'<>()]*(?:=|%(?:25)*3d)[^\s"'<>()]*/gi;

/** An e-mail address, also as it is written in a URL, in JSON or in HTML. */
const email = /[^\s"'<>()[\]=&?#,;:/]+(?:@|%(?:25)*40|\\+u0040|&#(?:64|x40);)[^\s"'<>()[\]&,;]+/gi;

/** Where the redaction of texts keeps an unquoted value, because it may be a word. */
const labelled =
  /((?:\b|_|-)(?:[Cc][Oo][Dd][Ee]|[Ss][Tt][Aa][Tt][Ee])["']?(?:\s*(?:=|%(?:25)*3[dD])\s*["']?|\s*:\s*["']?(?=[^\s"',;]*\d|[^\s"',;]{0,40}[A-Z][^\s"',;]{20})))[^\s"',;]{6,}/g;

/**
 * A text for a report that leaves the page: without secrets, query strings and e-mail addresses. What the element tells has no
 * secrets already; this does not rely on it.
 */
export const clean = (text: string): string =>
  maskSecrets(text).replace(query, '?…').replace(email, '…').replace(labelled, '$1…').replace(/\s+/g, ' ').trim();

/** The address of a page without what may identify a person: query, fragment and long IDs. */
export function cleanAddress(address: string): string {
  const { origin, pathname } = new URL(address);
  return clean(origin + pathname.replace(/(?=[^/]*\d)[^/]{16,}/g, '…'));
}
