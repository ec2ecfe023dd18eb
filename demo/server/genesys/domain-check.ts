/**
 * An entry matches a host name and its subdomains. Scheme and port are ignored.
 *
 * @param origin the `Origin` header; a request without it does not come from a page and is allowed
 * @param allowedDomains `null` allows all
 */
export function isOriginAllowed(origin: string | undefined, allowedDomains: readonly string[] | null): boolean {
  if (allowedDomains === null || origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const host = new URL(origin).hostname.toLowerCase();
  return allowedDomains.some((entry) => host === entry.toLowerCase() || host.endsWith(`.${entry.toLowerCase()}`));
}
