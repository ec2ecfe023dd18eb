import { attributeNames, propertyOf } from '../doctor/attribute-names.js';
import type { CspOptions } from '../doctor/csp.js';
import { openPage } from './doctor/open-page.js';

/** What the policies of a page depend on, as its markup says it. */
export interface PageSetUp {
  /** Values of the tag by property, the address of the page after redirects, and that of the script of the element. */
  readonly options: Partial<CspOptions> & { readonly page: string };
  /** Attributes of the tag; null when there is none. */
  readonly tag: Readonly<Record<string, string>> | null;
  /** Why there is no tag. */
  readonly failed?: string;
}

/** Reads the tag of a page. Of an address that cannot be fetched, only the address is known. */
export async function setUpOf(page: URL): Promise<PageSetUp> {
  const opened = await openPage(page);
  if ('failed' in opened) return { options: { page: page.href }, tag: null, failed: opened.failed };
  const { answer, found } = opened;
  const bundle = found.bundles[0]?.url;
  const options = { page: answer.url, ...(bundle !== undefined && { bundle }) };
  if (!found.attributes) return { options, tag: null, failed: 'The page has no <gc-auth-messenger>.' };
  const known = Object.entries(found.attributes).filter(([name]) => attributeNames.includes(name));
  const byProperty = Object.fromEntries(known.map(([name, value]) => [propertyOf(name), value]));
  return { options: { ...byProperty, ...options }, tag: Object.fromEntries(known) };
}
