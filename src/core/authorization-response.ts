import { defined } from './defined.js';
import { GcAuthError } from './errors.js';
import type { CodeGrant } from './grant.js';
import { innerText } from './inner-text.js';
import { redactText } from './redact.js';

/** Parameters of an authorization response (RFC 6749 §4.1.2, RFC 9207 §2); `null` where there is none. */
export interface AuthorizationAnswer {
  readonly code: string | null;
  readonly error: string | null;
  readonly errorDescription: string | null;
  readonly iss: string | null;
}

/** What is known of the request that the answer belongs to. */
export interface AnsweredRequest {
  readonly redirectUri: string;
  readonly codeVerifier?: string | undefined;
  readonly nonce?: string | undefined;
  /** Seconds. */
  readonly maxAge?: number | undefined;
  /** The provider announced `authorization_response_iss_parameter_supported` (RFC 9207 §3). */
  readonly issRequired: boolean;
  /** The answer names an issuer, and it is the one that was asked. */
  readonly issuerMatches: boolean;
}

declare const checked: unique symbol;

/** A grant whose answer passed every check here. */
export type CheckedCodeGrant = CodeGrant & { readonly [checked]: true };

/** Errors of `prompt=none` that end once the person signs in interactively (OIDC Core §3.1.2.6). */
const interactionErrors = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);

/** Errors that may be gone at the next attempt without a change of set-up (RFC 6749 §4.1.2.1). */
const transientErrors = new Set(['access_denied', 'temporarily_unavailable', 'server_error']);

/** Longest error text that is looked at, in characters. */
const maxErrorLength = 1_000;

/**
 * Turns the provider's answer to a known request into a grant. An issuer is checked before anything else, for errors
 * too: a forged error is an attack as well. An error may leave it out: it brings no code, so nothing can be mixed up.
 *
 * @throws `issuer-mismatch` (RFC 9207 §2.4), `login-required`, `provider-error`
 */
export function checkAuthorizationResponse(answer: AuthorizationAnswer, request: AnsweredRequest): CheckedCodeGrant {
  const { code, error, errorDescription, iss } = answer;
  if (iss !== null && !request.issuerMatches) throw new GcAuthError('issuer-mismatch');
  if (error !== null) throw providerError(error, errorDescription);
  if (iss === null && request.issRequired) throw issuerMissing();
  if (!code) throw new GcAuthError('provider-error', { message: 'The provider’s answer has no code.' });

  const { redirectUri, codeVerifier, nonce, maxAge } = request;
  return defined({
    authCode: code,
    redirectUri,
    codeVerifier,
    nonce,
    maxAge,
    iss: iss ?? undefined,
  }) as CheckedCodeGrant;
}

function providerError(error: string, description: string | null): GcAuthError {
  if (interactionErrors.has(error)) return new GcAuthError('login-required', { cause: error });
  const text = [error, description].filter(Boolean).join(': ').slice(0, maxErrorLength);
  const shown = redactText(text)
    .replace(/[\p{C}\s]+/gu, ' ')
    .slice(0, 200);
  const message = `The provider answered: ${innerText(shown)}.`;
  const retryable = transientErrors.has(error);
  return new GcAuthError('provider-error', { message, retryable, cause: retryable ? error : undefined });
}

/** @see https://www.rfc-editor.org/rfc/rfc9207#section-2.4 */
const issuerMissing = (): GcAuthError =>
  new GcAuthError('issuer-mismatch', {
    message: 'The answer has no iss, although the provider announces it.',
    hint: 'Set the metadata property, without authorization_response_iss_parameter_supported.',
  });
