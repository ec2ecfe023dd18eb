/** The members of a `URL` that determine its site. */
interface SiteUrl {
  readonly protocol: string;
  readonly hostname: string;
}

/** Matches `example.com` and `example.co.uk`, but no IP address. */
const registrableDomain = /[^.]+\.([a-z]{2,3}\.[a-z]{2}|[a-z][^.]*)$/;

const siteOf = ({ protocol, hostname }: SiteUrl): string =>
  `${protocol} ${registrableDomain.exec(hostname)?.[0] ?? hostname}`;

/**
 * Whether a browser probably treats two URLs as same-site.
 *
 * An exact answer needs the public suffix list (https://publicsuffix.org), so use this for hints only.
 */
export const seemsSameSite = (one: SiteUrl, other: SiteUrl): boolean => siteOf(one) === siteOf(other);
