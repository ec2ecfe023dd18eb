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
  /** A frame that may have storage access is not told to activate it: no `Activate-Storage-Access`. */
  storageAccessHeaderMissing: boolean;
  /** `prompt=none` gets an HTML error page with status 200 instead of a redirect. */
  htmlErrorPage: boolean;
  /** Login pages lose their opener: `Cross-Origin-Opener-Policy: same-origin`. */
  coop: boolean;
  /** Authorization responses have no `iss` (RFC 9207), and discovery does not announce it. */
  noIss: boolean;
  /** `iss` of authorization responses is another issuer. */
  wrongIss: boolean;
  /** Authorization responses have no `iss`, although discovery announces it. */
  issMissing: boolean;
  /** Issuer with a slash at the end, in the discovery document and in answers. */
  issuerWithSlash: boolean;
  /** The discovery document has `{tenantid}` in its issuer, as that of several tenants of Microsoft Entra ID. */
  tenantPlaceholder: boolean;
  /** Errors have no `iss`, although discovery announces it. */
  errorWithoutIss: boolean;
  /** Errors have no `state`. */
  errorWithoutState: boolean;
  /** `response_mode=fragment` gets an HTML error page, although discovery announces it. */
  fragmentRefused: boolean;
  /** `prompt=none` gets a page that runs a script for so long before it goes on, in milliseconds. Default: 0. */
  thinkingMs: number;
  /**
   * After a login, the answer is the one to the latest `prompt=none` request of the browser: its error, or a code with its
   * state. Once for each such request.
   */
  silentReplayed: boolean;
  /** The scope `openid+profile` counts as one scope, which does not exist: the query is not read as a form. */
  plusIsLiteral: boolean;
  /** So many authorization and discovery requests get status 503. Counts down. Default: 0. */
  unavailableRequests: number;
  /** The discovery document has no CORS headers. */
  discoveryWithoutCors: boolean;
  /** Every request gets status 503. */
  down: boolean;
  /** `prompt=none` of a signed-in person gets `consent_required`. */
  consentRequired: boolean;
  /** `prompt=none` of a signed-in person gets `account_selection_required`. */
  accountSelection: boolean;
  /** In place of the login page, the answer is `access_denied`, as of a person who declines. */
  accessDenied: boolean;
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
  storageAccessHeaderMissing: false,
  htmlErrorPage: false,
  coop: false,
  noIss: false,
  wrongIss: false,
  issMissing: false,
  issuerWithSlash: false,
  tenantPlaceholder: false,
  errorWithoutIss: false,
  errorWithoutState: false,
  fragmentRefused: false,
  thinkingMs: 0,
  silentReplayed: false,
  plusIsLiteral: false,
  unavailableRequests: 0,
  discoveryWithoutCors: false,
  down: false,
  consentRequired: false,
  accountSelection: false,
  accessDenied: false,
  serverError: false,
});

/** @throws {HttpError} 400 */
export function checkedProviderPatch(patch: unknown): Partial<ProviderSwitches> {
  return checkedPatch(patch, providerDefaults);
}
