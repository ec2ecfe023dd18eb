/** Scheme, host and port in one form, and the path without its last slash: the rest is compared exactly. */
function normalise(issuer: string): string {
  const [, origin, path] = /^(https?:\/\/[^/?#\\]+)(.*)$/is.exec(issuer) ?? [];
  try {
    return new URL(origin!).href.slice(0, -1) + path!.replace(/^([^?#]*)\/$/, '$1');
  } catch {
    return issuer;
  }
}

/**
 * Whether two issuers are the same. Providers write their issuer with and without the last slash and the default port,
 * and integrators copy either. Path and query are compared exactly.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9207#section-2.4
 */
export const sameIssuer = (one: string, other: string): boolean => normalise(one) === normalise(other);
