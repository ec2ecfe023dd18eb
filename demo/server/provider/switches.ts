import { checkedPatch } from '../switch-checks.js';

/** What a provider may do differently, or wrong. Every switch holds for all requests that follow. */
export interface ProviderSwitches {
  /** Added to every answer, in milliseconds. */
  latencyMs: number;
  /** Life of an authorization code, in seconds. */
  codeSeconds: number;
  /** Life of an access token, in seconds; it caps the Genesys JWT. */
  accessTokenSeconds: number;
  /** Authorize answers may not be framed: `X-Frame-Options: DENY` and `frame-ancestors 'none'`. */
  frameRefused: boolean;
  /** No cookie reaches a frame, as where the browser blocks third-party cookies; pages and popups have theirs. */
  frameCookiesBlocked: boolean;
  /** `prompt=none` is answered by an HTML error page with status 200 instead of a redirect. */
  htmlErrorPage: boolean;
  /** Login pages sever their opener: `Cross-Origin-Opener-Policy: same-origin`. */
  coop: boolean;
  /** Answers and discovery go without `iss` (RFC 9207). */
  noIss: boolean;
  /** Answers name another issuer. */
  wrongIss: boolean;
  discoveryWithoutCors: boolean;
  /** Every request is answered with 503. */
  down: boolean;
  /** `prompt=none` of a signed-in person → `consent_required`. */
  consentRequired: boolean;
  /** `prompt=none` of a signed-in person → `account_selection_required`. */
  accountSelection: boolean;
  /** Every authorization request is answered with status 500. */
  serverError: boolean;
}

export const providerDefaults: Readonly<ProviderSwitches> = Object.freeze({
  latencyMs: 0,
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
