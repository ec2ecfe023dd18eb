/** The tag of the script that takes the answer. A page may load it in another way, which is not looked into. */
const scriptTag = /<script\b[^>]*\bsrc=["']?([^"'\s>]*(?:callback\.js|gc-auth-messenger)[^"'\s>]*)[^>]*>/i;

/**
 * The header with which this page cannot frame another one of its origin, or with which that one cannot run the script that
 * takes the answer; undefined when none is found. `framed`: frames are used. Sources are compared loosely: nothing that works may be called wrong.
 */
export function headerAgainst(
  { headers }: Response,
  html: string,
  url: string,
  framed: boolean,
  win: Window,
): string | undefined {
  const header = (name: string): string => headers.get(name) ?? '';
  const [tag = '', src = ''] = scriptTag.exec(html) ?? [];

  const sourcesOf = (policy: string, name: string): string | undefined =>
    new RegExp(`(?:^|;)\\s*${name}(?![\\w-])([^;]*)`, 'i').exec(policy)?.[1];
  const allows = (sources: string, { origin, host }: URL): boolean =>
    /\*|https?:(?!\/)/i.test(sources) || sources.includes(host) || (origin === win.origin && /'self'/i.test(sources));
  const directiveAgainst = (policy: string): string | undefined => {
    if (framed && !allows(sourcesOf(policy, 'frame-ancestors') ?? '*', new URL(win.origin))) return 'frame-ancestors';
    if (!/allow-scripts/i.test(sourcesOf(policy, 'sandbox') ?? 'allow-scripts')) return 'sandbox';
    const name = ['script-src-elem', 'script-src', 'default-src'].find((one) => sourcesOf(policy, one) !== undefined);
    if (!name || !src) return undefined;
    const sources = sourcesOf(policy, name)!;
    const proofs = Array.from(sources.matchAll(/'(?:nonce-)?([^' ]+)'/g), ([, proof]) => proof!);
    const byAddress = !/strict-dynamic/i.test(sources) && allows(sources, new URL(src, url));
    return byAddress || proofs.some((proof) => tag.includes(proof)) ? undefined : name;
  };

  const type = header('Content-Type');
  // Browsers look into what has no type, unless they are told not to.
  const mayBeHtml = /^\s*(text\/html|application\/xhtml\+xml)\s*(;|$)/i.test(type);
  const unknown = /^(text\/plain\b|$)/i.test(type) && !header('X-Content-Type-Options');
  const policy = header('Content-Security-Policy');
  const directive = policy.split(',').map(directiveAgainst).find(Boolean);
  const against = {
    'Content-Type': !mayBeHtml && !unknown && type,
    'Content-Disposition': /^\s*(?!inline\b)\w.*/i.exec(header('Content-Disposition'))?.[0],
    'Content-Security-Policy': directive,
    'X-Frame-Options': framed && !/frame-ancestors/i.test(policy) && /deny/i.exec(header('X-Frame-Options'))?.[0],
  };
  return (
    Object.entries(against)
      .map(([name, value]) => value && `${name}: ${value}`)
      .find(Boolean) || undefined
  );
}
