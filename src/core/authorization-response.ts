import { defined } from './defined.js';
import { GcAuthError } from './errors.js';
import type { CodeGrant } from './grant.js';

/** The parameters of an authorization response: `URLSearchParams`, or anything that reads by name. */
export interface AnswerParams {
  get(name: string): string | null;
}

/** What the client keeps of an authorization request until the response arrives. */
export interface PendingRequest {
  readonly state: string;
  readonly redirectUri: string;
  /** With PKCE only (RFC 7636). */
  readonly codeVerifier?: string;
  readonly nonce?: string;
  /** `max_age`, in seconds. */
  readonly maxAge?: number;
}

/** The issuer that must have sent the response (RFC 9207). */
export interface ExpectedIssuer {
  readonly issuer: string;
  /** The metadata contain `authorization_response_iss_parameter_supported`, so a response without `iss` is refused. */
  readonly announced: boolean;
}

declare const checked: unique symbol;

/** A grant whose response passed every check of `readAuthorizationResponse()`. */
export type CheckedCodeGrant = CodeGrant & { readonly [checked]: true };

/** Errors of `prompt=none` that end as soon as the person signs in interactively (OIDC Core §3.1.2.6). */
const interactionErrors = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);

/** Errors that may not occur in the next attempt, without a change of the set-up (RFC 6749 §4.1.2.1). */
const transientErrors = new Set(['access_denied', 'temporarily_unavailable', 'server_error']);

/** Whether two issuers are equal. A final slash does not count: providers and integrators write it inconsistently. */
export const sameIssuer = (one: string, other: string): boolean => one.replace(/\/$/, '') === other.replace(/\/$/, '');

/**
 * Turns an authorization response into a grant.
 *
 * Error responses pass the same checks as codes, because an attacker can forge them, too.
 *
 * @throws GcAuthError `state-mismatch`, `issuer-mismatch` (RFC 9207 §2.4), `login-required` or `provider-error`
 */
export function readAuthorizationResponse(
  answer: AnswerParams,
  request: PendingRequest,
  expected: ExpectedIssuer,
): CheckedCodeGrant {
  if (answer.get('state') !== request.state) throw new GcAuthError('state-mismatch');

  const iss = answer.get('iss');
  if (iss === null ? expected.announced : !sameIssuer(iss, expected.issuer)) throw new GcAuthError('issuer-mismatch');

  const error = answer.get('error');
  if (error !== null) throw errorOf(error, answer.get('error_description'));

  const authCode = answer.get('code');
  if (!authCode) throw new GcAuthError('provider-error', { message: 'The provider’s response contains no code.' });

  const { redirectUri, codeVerifier, nonce, maxAge } = request;
  return defined({ authCode, redirectUri, codeVerifier, nonce, maxAge, iss: iss ?? undefined }) as CheckedCodeGrant;
}

function errorOf(error: string, description: string | null): GcAuthError {
  if (interactionErrors.has(error)) return new GcAuthError('login-required', { cause: error });
  const text = [error, description].filter(Boolean).join(': ');
  const message = `The provider answered: ${text.replace(/[\p{C}\s]+/gu, ' ').slice(0, 200)}`;
  return new GcAuthError('provider-error', { message, retryable: transientErrors.has(error) });
}
