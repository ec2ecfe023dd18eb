import { defined } from './defined.js';
import { GcAuthError } from './errors.js';
import type { CodeGrant } from './grant.js';

/** The answer's parameters, as `URLSearchParams` or anything else that reads by name. */
export interface AnswerParams {
  get(name: string): string | null;
}

/** What has to be remembered of an authorization request until its answer is here. */
export interface PendingRequest {
  readonly state: string;
  readonly redirectUri: string;
  readonly codeVerifier?: string;
  readonly nonce?: string;
  /** Seconds. */
  readonly maxAge?: number;
}

/** Who must have answered. */
export interface ExpectedIssuer {
  readonly issuer: string;
  /** The provider announced `authorization_response_iss_parameter_supported`. */
  readonly announced: boolean;
}

declare const checked: unique symbol;

/** A grant whose answer passed every check here. */
export type CheckedCodeGrant = CodeGrant & { readonly [checked]: true };

/** Answers to `prompt=none` that only a person can change (OIDC Core §3.1.2.6). */
const needsPerson = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);

/** Errors that may be gone at the next try without a change of set-up (RFC 6749 §4.1.2.1). */
const transient = new Set(['access_denied', 'temporarily_unavailable', 'server_error']);

/** Providers write their issuer with and without the last slash, integrators copy either. */
export const sameIssuer = (one: string, other: string): boolean => one.replace(/\/$/, '') === other.replace(/\/$/, '');

/**
 * Turns the provider's answer into a grant. Every answer is checked, errors too: a forged error is an attack as well.
 *
 * @throws `state-mismatch`, `issuer-mismatch` (RFC 9207 §2.4), `login-required`, `provider-error`
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
  if (error !== null) throw failure(error, answer.get('error_description'));

  const authCode = answer.get('code');
  if (!authCode) throw new GcAuthError('provider-error', { message: 'The provider’s answer holds no code.' });

  const { redirectUri, codeVerifier, nonce, maxAge } = request;
  return defined({ authCode, redirectUri, codeVerifier, nonce, maxAge, iss: iss ?? undefined }) as CheckedCodeGrant;
}

function failure(error: string, description: string | null): GcAuthError {
  if (needsPerson.has(error)) return new GcAuthError('login-required', { cause: error });
  const said = [error, description].filter(Boolean).join(': ');
  const message = `The provider answered: ${said.replace(/[\p{C}\s]+/gu, ' ').slice(0, 200)}`;
  return new GcAuthError('provider-error', { message, retryable: transient.has(error) });
}
