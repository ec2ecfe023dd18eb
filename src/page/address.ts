import type { PageAddress } from '../core/config.js';

/** Where this page is; relative addresses count from its base. */
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
