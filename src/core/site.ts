/** What a URL tells of its site. */
interface Place {
  readonly protocol: string;
  readonly hostname: string;
}

/** `co.uk` and its like are shared by strangers, `example.com` is not; IP addresses have no parts. */
const registrable = /[^.]+\.([a-z]{2,3}\.[a-z]{2}|[a-z][^.]*)$/;

const siteOf = ({ protocol, hostname }: Place): string => `${protocol} ${registrable.exec(hostname)?.[0] ?? hostname}`;

/**
 * Whether a browser probably takes both for one site. Only the public suffix list knows
 * (https://publicsuffix.org), so this is good for a hint and for nothing that rests on it.
 */
export const seemsSameSite = (one: Place, other: Place): boolean => siteOf(one) === siteOf(other);
