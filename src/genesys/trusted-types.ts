import { isLoopback } from '../core/config-reader.js';
import { readEnvironment } from '../core/environments.js';

/** The Trusted Types policy of this element. Its methods return trusted objects where the browser knows them. */
export interface TrustedTypesPolicy {
  createHTML(html: string): string;
  /**
   * Throws a `TypeError` unless `url` is on a Genesys Cloud host, on this page's origin, on this machine, or the
   * same text as `configured`.
   */
  createScriptURL(url: string, configured?: string): string;
}

interface TrustedTypes {
  createPolicy(name: string, rules: TrustedTypesPolicy): TrustedTypesPolicy;
}

type Page = Pick<Window, 'document' | 'location'> & {
  readonly trustedTypes?: TrustedTypes;
  [shared]?: TrustedTypesPolicy;
};

const name = 'gc-auth-messenger';

/** Where the copies of this code on a page find the policy: a name can be used for one policy only. */
const shared = Symbol.for(`${name}:trusted-types`);

/** The script of a Genesys Cloud environment is at `https://apps.<domain>`. */
function isGenesys(origin: string): boolean {
  const domain = /^https:\/\/apps\.(.+)$/.exec(origin)?.[1];
  return domain !== undefined && readEnvironment(domain)?.domain === domain;
}

function isOwnScript(url: string, { document, location }: Page): boolean {
  const parsed = new URL(url, document.baseURI);
  // A blob: URL has the origin of its page, too.
  if (!/^https?:$/.test(parsed.protocol)) return false;
  return isGenesys(parsed.origin) || isLoopback(parsed) || parsed.origin === location.origin;
}

/**
 * The policy `gc-auth-messenger` of this window, created on the first call and shared with other copies of this code.
 * In the bundles, Lit uses it in place of `lit-html`, too.
 *
 * Undefined where the browser has no Trusted Types, or the page's CSP does not allow the policy. Never throws.
 *
 * @see https://w3c.github.io/trusted-types/dist/spec/
 */
export function trustedTypesPolicy(win: object): TrustedTypesPolicy | undefined {
  const page = win as Page;
  try {
    const found = page[shared];
    if (found) return found;
    const policy = page.trustedTypes?.createPolicy(name, {
      // Lit's templates are constants of the code that renders them.
      createHTML: (html) => html,
      createScriptURL: (url, configured) => {
        if (url === configured || isOwnScript(url, page)) return url;
        throw new TypeError(`${name} does not load scripts from ${url}`);
      },
    });
    if (policy) Reflect.defineProperty(page, shared, { value: policy });
    return policy;
  } catch {
    return undefined;
  }
}
