/** The Trusted Types policy of this element. Its methods return trusted objects where the browser knows them. */
export interface TrustedTypesPolicy {
  createHTML(html: string): string;
  /** Throws a `TypeError` unless `url` is a script that this element loads. */
  createScriptURL(url: string): string;
}

interface TrustedTypes {
  createPolicy(name: string, rules: TrustedTypesPolicy): TrustedTypesPolicy;
}

interface Page {
  readonly trustedTypes?: TrustedTypes;
  [shared]?: TrustedTypesPolicy;
  [scripts]?: Set<string>;
}

const name = 'gc-auth-messenger';

/** Where the copies of this code on a page find the policy: a name can be used for one policy only. */
const shared = Symbol.for(`${name}:trusted-types`);

/** The URLs of the scripts that the copies load. Their configurations have been checked. */
const scripts = Symbol.for(`${name}:trusted-scripts`);

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
      createScriptURL: (url) => {
        if (page[scripts]?.has(url)) return url;
        throw new TypeError(`${name} does not load scripts from ${url}`);
      },
    });
    if (policy) Reflect.defineProperty(page, shared, { value: policy });
    return policy;
  } catch {
    return undefined;
  }
}

/**
 * The URL of the Messenger script, which the configuration has checked, as the policy returns it. Undefined without a
 * policy.
 */
export function trustedScriptUrl(win: object, url: string): string | undefined {
  const page = win as Page;
  const policy = trustedTypesPolicy(win);
  if (!policy) return undefined;
  if (!page[scripts]) Reflect.defineProperty(page, scripts, { value: new Set() });
  page[scripts]?.add(url);
  return policy.createScriptURL(url);
}
