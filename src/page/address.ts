import { originOf } from '../core/page-origin.js';
import type { PageAddress } from '../core/config.js';

/**
 * The URL of this page. Relative URLs resolve against it, not against the base URI: an injected `<base>` must not reroute
 * an answer of the provider, or the script.
 */
export function pageAddress(win: Window): PageAddress {
  const { href } = win.location;
  const parse = (text: string): URL | undefined => {
    // Nothing is relative to `about:srcdoc` or `about:blank`, whose origin is that of another page.
    for (const base of [href, originOf(win)]) {
      try {
        return new URL(text, base);
      } catch {
        // Not a URL, or not an absolute one.
      }
    }
    return undefined;
  };
  return { href, parse };
}
