/**
 * Entries match the whole host name or its end at a dot; scheme and port do not count.
 *
 * @param origin the Origin header; programs without one are let in, as there is no page to protect.
 * @param allowedDomains `null` allows all.
 */
export function isOriginAllowed(origin: string | undefined, allowedDomains: readonly string[] | null): boolean {
  if (allowedDomains === null || origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const host = new URL(origin).hostname.toLowerCase();
  return allowedDomains.some((entry) => host === entry.toLowerCase() || host.endsWith(`.${entry.toLowerCase()}`));
}
