import type { PageAddress } from '../core/config.js';

/** The URL of this page. Relative URLs resolve against its base URI. */
export function pageAddress(win: Window): PageAddress {
  const parse = (text: string): URL | undefined => {
    try {
      return new URL(text, win.document.baseURI);
    } catch {
      return undefined;
    }
  };
  return { href: win.location.href, parse };
}
