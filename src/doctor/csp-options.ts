/** Attributes of the tag that change nothing in a policy. They are accepted, so that one set of options fits all commands. */
type OtherAttribute =
  | 'deploymentId'
  | 'debug'
  | 'loading'
  | 'clientId'
  | 'scope'
  | 'authorizeParams'
  | 'loginHint'
  | 'acrValues'
  | 'maxAge'
  | 'uiLocales'
  | 'responseMode'
  | 'disablePkce'
  | 'renew'
  | 'silentTimeout'
  | 'popupTimeout'
  | 'postLogoutRedirectUri'
  | 'lang';

/**
 * What a Content-Security-Policy depends on. Values of attributes are checked as the element checks them. Relative URLs are
 * on the page's own origin.
 */
export interface CspOptions extends Readonly<Partial<Record<OtherAttribute, string | number | boolean | undefined>>> {
  /** Genesys Cloud environment, its alias or its domain. */
  readonly environment: string;
  /** The provider. Default: none, for a page with `codeProvider`. */
  readonly authority?: string | undefined;
  /** Other address of the discovery document. Default: from `authority`. */
  readonly metadataUrl?: string | undefined;
  /** The discovery document that the page sets as a property. With an `authorization_endpoint`, none is fetched. */
  readonly metadata?: { readonly authorization_endpoint?: string | undefined } | undefined;
  /** Where the provider signs people in, if its origin is not that of `authority`. Default: from `metadata`, else `authority`. */
  readonly authorizationEndpoint?: string | undefined;
  /** Rungs allowed. Without `silent`, the provider is in no frame. Default: `silent popup`. */
  readonly signInModes?: string | undefined;
  /** Where the provider answers, on the page's own origin. Default: the page itself. */
  readonly redirectUri?: string | undefined;
  /** Page of the provider that asks the browser for storage access. Default: none. */
  readonly storageAccessUri?: string | undefined;
  /** Other address of `genesys.min.js`. Default: from `environment`. */
  readonly scriptUrl?: string | undefined;
  /** The page's own URL, which `'self'` stands for. Default: a page on the origin of `redirectUri`. */
  readonly page?: string | undefined;
  /** Where the element comes from, such as `https://cdn.example/`. Default: the page's own origin. */
  readonly bundle?: string | undefined;
  /** Nonce of the page's scripts, base64. It must be another one in every response. Default: none. */
  readonly nonce?: string | undefined;
  /**
   * Hashes of the page's scripts, such as `sha256-…`: of the text of an inline script, or the `integrity` of one with `src`.
   * Default: none.
   */
  readonly hashes?: readonly string[] | undefined;
  /**
   * Trusted scripts may load others, whatever their host; hosts count in browsers that do not know `'strict-dynamic'`. Needs
   * a nonce or a hash. False: the list of hosts counts. Default: true with a nonce or a hash.
   */
  readonly strictDynamic?: boolean | undefined;
  /** The page enforces Trusted Types. Default: false. */
  readonly trustedTypes?: boolean | undefined;
}
