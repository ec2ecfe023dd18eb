import type { Rung } from './errors.js';

/** A URL as the platform's `URL` gives it; the core has no DOM and is handed the parser. */
export interface ParsedUrl {
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly search: string;
  readonly hash: string;
}

/** What the configuration has to know of the page it stands in. */
export interface PageAddress {
  /** The address of the page, with query and fragment. */
  readonly href: string;
  /** `undefined` when the text is no URL. Relative texts are resolved against the page. */
  parse(text: string): ParsedUrl | undefined;
}

/** Attribute and property values as the page gave them, by property name. */
export type RawConfig = Readonly<Partial<Record<string, unknown>>>;

export type SignInMode = Exclude<Rung, 'page'>;

export interface GenesysConfig {
  readonly deploymentId: string;
  readonly environment: string;
  readonly scriptUrl: string;
  /** Where `domains.json` and `config.json` of the deployment are public. */
  readonly configOrigin: string;
  readonly debug: boolean;
  readonly nonce: string | undefined;
}

export interface OidcConfig {
  /** May be empty where the page brings the codes itself. */
  readonly authority: string;
  /** May be empty where the page brings the codes itself. */
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly authorizeParams: ReadonlyArray<readonly [string, string]>;
  readonly loginHint: string | undefined;
  readonly acrValues: string | undefined;
  /** Seconds. */
  readonly maxAge: number | undefined;
  readonly uiLocales: string | undefined;
  readonly responseMode: 'auto' | 'query' | 'fragment';
  readonly disablePkce: boolean;
  readonly metadataUrl: string | undefined;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  readonly postLogoutRedirectUri: string | undefined;
}

export interface Config {
  readonly genesys: GenesysConfig;
  readonly oidc: OidcConfig;
  readonly loading: 'eager' | 'idle' | 'interaction';
  /** The page brings the codes itself: asked silently first, then in the click, in place of the rungs. */
  readonly codeProvider: boolean;
  /** In the order in which they are tried. */
  readonly signInModes: readonly SignInMode[];
  readonly renew: 'auto' | 'on-demand' | 'off';
  readonly silentTimeoutMs: number;
  readonly popupTimeoutMs: number;
}
