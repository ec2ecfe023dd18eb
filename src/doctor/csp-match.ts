/** Sources by directive, of one policy. */
export type ParsedPolicy = ReadonlyMap<string, readonly string[]>;

/**
 * Parses policies; each must allow what is loaded. The values of several headers may be joined by commas.
 *
 * @see https://www.w3.org/TR/CSP3/#parse-serialized-policy
 */
export function parsePolicies(texts: readonly string[]): readonly ParsedPolicy[] {
  return texts
    .flatMap((text) => text.split(','))
    .map((text) => {
      const policy = new Map<string, readonly string[]>();
      for (const directive of text.split(';')) {
        const [name = '', ...sources] = directive.trim().split(/\s+/);
        // A second directive of one name is ignored.
        if (name !== '' && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), sources);
      }
      return policy;
    })
    .filter((policy) => policy.size > 0);
}

/**
 * Parses policies of the markup. There, browsers ignore these directives.
 *
 * @see https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-content-security-policy
 */
export const parseMetaPolicies = (texts: readonly string[]): readonly ParsedPolicy[] =>
  parsePolicies(texts).map((policy) => {
    const ignored = ['sandbox', 'frame-ancestors', 'report-uri'];
    return new Map([...policy].filter(([name]) => !ignored.includes(name)));
  });

/** Where a directive that is absent takes its sources from. @see https://www.w3.org/TR/CSP3/#directive-fallback-list */
const fallbacks: Readonly<Record<string, readonly string[]>> = {
  'script-src': ['script-src-elem', 'script-src', 'default-src'],
  'connect-src': ['connect-src', 'default-src'],
  'frame-src': ['frame-src', 'child-src', 'default-src'],
  'img-src': ['img-src', 'default-src'],
};

/** The directive that decides, with its sources; undefined when everything is allowed. */
export function directiveFor(policy: ParsedPolicy, name: string): readonly [string, readonly string[]] | undefined {
  const found = (fallbacks[name] ?? [name]).find((each) => policy.has(each));
  return found === undefined ? undefined : [found, policy.get(found)!];
}

/** The URL that is loaded, or a scheme alone (`data:`); `origin`: that of the page, for `'self'`. */
export function sourcesAllow(sources: readonly string[], url: string, origin: string): boolean {
  return sources.some((source) => sourceMatches(source, url, origin));
}

const expression = /^(?:([a-z][a-z\d+.-]*):\/\/)?(\*|(?:\*\.)?[^/:*]+|\[[^\]]*\])(?::(\d+|\*))?(\/[^?#]*)?$/i;

/** Whether the scheme of a source allows another: a secure one is as good. @see https://www.w3.org/TR/CSP3/#match-schemes */
const schemeAllows = (allowed: string, scheme: string): boolean =>
  allowed === scheme ||
  (allowed === 'http:' && scheme === 'https:') ||
  (allowed === 'ws:' && /^(wss|https?):$/.test(scheme)) ||
  (allowed === 'wss:' && scheme === 'https:');

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'ws:': '80', 'https:': '443', 'wss:': '443' };

const portOf = ({ port, protocol }: URL): string => port || (defaultPorts[protocol] ?? '');

/** A directory or a file. What is loaded below an origin is not known: then the path counts as allowed. */
const pathAllows = (path: string | undefined, url: URL): boolean =>
  path === undefined || path === '/' || url.pathname === '/'
    ? true
    : path.endsWith('/')
      ? url.pathname.startsWith(path)
      : url.pathname === path;

function hostAllows(pattern: string, hostname: string): boolean {
  const allowed = pattern.toLowerCase();
  if (allowed === '*') return true;
  return allowed.startsWith('*.') ? hostname.endsWith(allowed.slice(1)) : hostname === allowed;
}

/** @see https://www.w3.org/TR/CSP3/#match-url-to-source-expression */
function sourceMatches(source: string, text: string, origin: string): boolean {
  const scheme = /^[a-z][a-z\d+.-]*:/i.exec(text)?.[0].toLowerCase() ?? '';
  if (source === '*') return defaultPorts[scheme] !== undefined;
  if (/^[a-z][a-z\d+.-]*:$/i.test(source)) return schemeAllows(source.toLowerCase(), scheme);
  if (!URL.canParse(text) || defaultPorts[scheme] === undefined) return false;
  const url = new URL(text);
  if (/^'self'$/i.test(source)) return sourceMatches(origin, text, origin);
  const [, allowedScheme, host, port, path] = expression.exec(source) ?? [];
  if (host === undefined || source.startsWith("'")) return false;
  const fits = allowedScheme === undefined ? /^(https|wss):$/.test(scheme) || origin.startsWith(scheme) : false;
  if (!fits && !schemeAllows(`${allowedScheme?.toLowerCase()}:`, scheme)) return false;
  const wantedPort =
    port ?? (allowedScheme === undefined ? portOf(url) : defaultPorts[`${allowedScheme.toLowerCase()}:`]);
  const samePort = port === '*' || wantedPort === portOf(url) || (wantedPort === '80' && portOf(url) === '443');
  const defaultPort = port !== undefined || allowedScheme !== undefined || portOf(url) === defaultPorts[scheme];
  return hostAllows(host, url.hostname) && samePort && defaultPort && pathAllows(path, url);
}

/** Nonce of the tag. `any`: the policy is of another answer of the server, so its nonce is another one. */
export type NonceUse = 'any' | { readonly value: string } | undefined;

/** Whether trusted scripts may load others, and addresses do not count. */
export const isStrictDynamic = (sources: readonly string[]): boolean =>
  sources.some((source) => /^'strict-dynamic'$/i.test(source));

/** Whether a policy lets a script load: by a nonce of the tag, by `'strict-dynamic'`, or by the address. */
export function scriptAllowed(sources: readonly string[], url: string, origin: string, nonce: NonceUse): boolean {
  const has = (pattern: RegExp): boolean => sources.some((source) => pattern.test(source));
  const nonceFits =
    nonce === 'any' ? has(/^'nonce-/i) : nonce !== undefined && sources.includes(`'nonce-${nonce.value}'`);
  if (nonceFits) return true;
  // The script that adds another one passes its trust on, and no address counts.
  if (isStrictDynamic(sources)) return has(/^'(nonce|sha\d+)-/i);
  return sourcesAllow(sources, url, origin);
}

/** A script with an address, in the markup that came with the policy. */
export interface ParsedScript {
  readonly url: string;
  readonly nonce?: string;
  readonly integrity?: readonly string[];
}

/**
 * Whether a policy lets a script of the markup load: by nonce, by hashes, or by the address. The parser inserts it, so
 * `'strict-dynamic'` leaves it only nonce and hashes.
 *
 * @see https://www.w3.org/TR/CSP3/#script-pre-request
 */
export function parsedScriptAllowed(sources: readonly string[], script: ParsedScript, origin: string): boolean {
  const { url, nonce, integrity = [] } = script;
  if (nonce && sources.includes(`'nonce-${nonce}'`)) return true;
  if (integrity.length > 0 && integrity.every((hash) => sources.includes(`'${hash.replace(/\?.*/s, '')}'`)))
    return true;
  return !isStrictDynamic(sources) && sourcesAllow(sources, url, origin);
}
