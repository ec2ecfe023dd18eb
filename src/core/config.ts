import type { Rung } from './errors.js';

/** The members of a `URL` that the configuration needs. `core` has no DOM, so the caller passes the parser. */
export interface ParsedUrl {
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly host: string;
  readonly username: string;
  readonly password: string;
  readonly search: string;
  readonly hash: string;
}

/** The page that contains the element. */
export interface PageAddress {
  /** Its URL, with query and fragment. */
  readonly href: string;
  /**
   * Resolves a URL against that of the page, or against its origin where nothing is relative to it, as in `about:srcdoc`;
   * undefined when the text is not a URL.
   */
  parse(text: string): ParsedUrl | undefined;
}

/**
 * Attribute and property values as the page set them, by property name; `scriptUrlSetByScript` is true when script has
 * set the property `scriptUrl`.
 */
export type RawConfig = Readonly<Partial<Record<string, unknown>>>;

/** A rung that `sign-in-modes` can contain. */
export type SignInMode = Exclude<Rung, 'page'>;

/** What the Messenger snippet needs. */
export interface GenesysConfig {
  /** In lower case. */
  readonly deploymentId: string;
  /** Name of the Genesys Cloud environment, such as `prod-euw1`. */
  readonly environment: string;
  /** URL of `genesys.min.js`. */
  readonly scriptUrl: string;
  /** Origin that publishes `domains.json` and `config.json` of the deployment. */
  readonly configOrigin: string;
  readonly debug: boolean;
  /** Names of events to publish, in addition to those that are known. */
  readonly messengerEvents: readonly string[];
  /** CSP nonce; undefined when the page sets none. */
  readonly nonce: string | undefined;
}

/** What the authorization request and the sign-out at the provider need. */
export interface OidcConfig {
  /** The issuer, as written. May be empty with `codeProvider`. */
  readonly authority: string;
  /** `authority` was the address of the discovery document, which then names the issuer. */
  readonly issuerFromDocument: boolean;
  /** May be empty with `codeProvider`. */
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  /** Parameters that the page adds to the authorization request. */
  readonly authorizeParams: ReadonlyArray<readonly [string, string]>;
  readonly loginHint: string | undefined;
  readonly acrValues: string | undefined;
  /** `max_age`, in seconds. */
  readonly maxAge: number | undefined;
  readonly uiLocales: string | undefined;
  readonly responseMode: 'auto' | 'query' | 'fragment';
  readonly disablePkce: boolean;
  readonly metadataUrl: string | undefined;
  /** The discovery document, when the page supplies it; otherwise it is fetched. */
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  readonly postLogoutRedirectUri: string | undefined;
}

/** The checked configuration of one element. */
export interface Config {
  readonly genesys: GenesysConfig;
  readonly oidc: OidcConfig;
  readonly loading: 'eager' | 'idle' | 'interaction';
  /** The page supplies the codes: its function replaces the rungs, first silently, then with interaction. */
  readonly codeProvider: boolean;
  /** Everything that says who should sign in, as JSON. Two that differ may mean two people. */
  readonly identity: string;
  /** Allowed rungs, in the order in which they are tried. */
  readonly signInModes: readonly SignInMode[];
  readonly renew: 'auto' | 'on-demand' | 'off';
  readonly silentTimeoutMs: number;
  /** The page has set `silent-timeout`. */
  readonly silentTimeoutSet: boolean;
  readonly popupTimeoutMs: number;
  /** Page of the provider that asks the browser for storage access; undefined when the page sets none. */
  readonly storageAccessUri: string | undefined;
}
