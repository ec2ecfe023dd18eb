import { checkedPatch } from '../switch-checks.js';

/** Variants and faults of a provider. A switch applies to all requests that follow. Default: off. */
export interface ProviderSwitches {
  /** Delay of every response, in milliseconds. Default: 0. */
  latencyMs: number;
  /** Delay of every authorization response, in milliseconds. Default: 0. */
  authorizationLatencyMs: number;
  /** Lifetime of an authorization code, in seconds. Default: 60. */
  codeSeconds: number;
  /** Lifetime of an access token, in seconds; limits that of the Genesys JWT. Default: 900. */
  accessTokenSeconds: number;
  /** Authorization responses cannot be framed: `X-Frame-Options: DENY` and `frame-ancestors 'none'`. */
  frameRefused: boolean;
  /** Frames get no cookies, as in a browser that blocks third-party cookies. Pages and popups do. */
  frameCookiesBlocked: boolean;
  /** `prompt=none` gets an HTML error page with status 200 instead of a redirect. */
  htmlErrorPage: boolean;
  /** Login pages lose their opener: `Cross-Origin-Opener-Policy: same-origin`. */
  coop: boolean;
  /** Authorization responses have no `iss` (RFC 9207), and discovery does not announce it. */
  noIss: boolean;
  /** `iss` of authorization responses is another issuer. */
  wrongIss: boolean;
  /** The discovery document has no CORS headers. */
  discoveryWithoutCors: boolean;
  /** Every request gets status 503. */
  down: boolean;
  /** `prompt=none` of a signed-in person gets `consent_required`. */
  consentRequired: boolean;
  /** `prompt=none` of a signed-in person gets `account_selection_required`. */
  accountSelection: boolean;
  /** Every authorization request gets status 500. */
  serverError: boolean;
}

export const providerDefaults: Readonly<ProviderSwitches> = Object.freeze({
  latencyMs: 0,
  authorizationLatencyMs: 0,
  codeSeconds: 60,
  accessTokenSeconds: 900,
  frameRefused: false,
  frameCookiesBlocked: false,
  htmlErrorPage: false,
  coop: false,
  noIss: false,
  wrongIss: false,
  discoveryWithoutCors: false,
  down: false,
  consentRequired: false,
  accountSelection: false,
  serverError: false,
});

/** @throws {HttpError} 400 */
export function checkedProviderPatch(patch: unknown): Partial<ProviderSwitches> {
  return checkedPatch(patch, providerDefaults);
}
