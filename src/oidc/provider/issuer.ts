/** One form for all spellings of an issuer: `https://Login.example.com:443/realm/` and `https://login.example.com/realm`. */
function normalise(issuer: string): string {
  try {
    return new URL(issuer).href.replace(/\/$/, '');
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
