import type { PageAddress } from '../core/config.js';

/**
 * The URL of this page. Relative URLs resolve against it, not against the base URI: an injected `<base>` must not reroute
 * an answer of the provider, or the script.
 */
export function pageAddress(win: Window): PageAddress {
  const parse = (text: string): URL | undefined => {
    try {
      return new URL(text, win.location.href);
    } catch {
      return undefined;
    }
  };
  return { href: win.location.href, parse };
}
