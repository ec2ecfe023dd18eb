/** Every code a `GcAuthError` can carry. The list is closed: a new code is a new release. */
export type ErrorCode =
  | 'config-invalid'
  | 'duplicate-element'
  | 'script-blocked'
  | 'script-timeout'
  | 'domain-not-allowed'
  | 'deployment-inactive'
  | 'auth-not-enabled'
  | 'provider-taken'
  | 'discovery-failed'
  | 'login-required'
  | 'silent-timeout'
  | 'silent-refused'
  | 'popup-blocked'
  | 'popup-closed'
  | 'popup-timeout'
  | 'provider-error'
  | 'state-mismatch'
  | 'issuer-mismatch'
  | 'exchange-failed'
  | 'refresh-failed'
  | 'reauthenticate-ignored'
  | 'loop-stopped'
  | 'command-timeout'
  | 'command-failed'
  | 'logout-failed'
  | 'storage-blocked'
  | 'person-changed'
  | 'offline';

/** The part of the work in which an error arose. */
export type ErrorStep = 'config' | 'load' | 'code' | 'exchange' | 'refresh' | 'sign-out' | 'command' | 'storage';

export type Rung = 'silent' | 'popup' | 'redirect' | 'page';

/** One try for a code: which rung, how it ended, how long it took in milliseconds. Never a secret. */
export interface Attempt {
  readonly rung: Rung;
  readonly verdict: 'code' | 'cancelled' | 'skipped' | ErrorCode;
  readonly ms: number;
}

interface Words {
  readonly step: ErrorStep;
  readonly retryable: boolean;
  readonly message: string;
  readonly hint: string;
}

const words = (step: ErrorStep, retryable: boolean, message: string, hint: string): Words => ({
  step,
  retryable,
  message,
  hint,
});

const dictionary: Record<ErrorCode, Words> = {
  'config-invalid': words('config', false, 'The configuration is not valid.', 'Correct the attribute.'),
  'duplicate-element': words('config', false, 'Another element drives Messenger on this page.', 'Keep one per page.'),
  'script-blocked': words(
    'load',
    true,
    'The Messenger script could not be loaded.',
    'Allow it in the CSP and in blockers.',
  ),
  'script-timeout': words(
    'load',
    true,
    'Messenger did not become ready in time.',
    'Check deployment-id and environment.',
  ),
  'domain-not-allowed': words('load', false, 'The deployment does not allow this domain.', 'Add it to the deployment.'),
  'deployment-inactive': words('load', false, 'The Messenger deployment is inactive.', 'Activate it in Genesys Cloud.'),
  'auth-not-enabled': words('load', false, 'The deployment has no authentication.', 'Enable it in Genesys Cloud.'),
  'provider-taken': words('load', false, 'Another AuthProvider plugin is registered.', 'Remove it from the page.'),
  'discovery-failed': words(
    'code',
    true,
    'The discovery document could not be read.',
    'Check authority and CORS, or set metadata.',
  ),
  'login-required': words('code', true, 'The person must sign in at the provider.', 'Call signIn() in a click.'),
  'silent-timeout': words(
    'code',
    true,
    'The silent attempt had no answer in time.',
    'Check redirect-uri, and framing at the provider.',
  ),
  'silent-refused': words(
    'code',
    true,
    'The provider refused the silent attempt.',
    'Allow framing at the provider, or use popup.',
  ),
  'popup-blocked': words('code', true, 'The browser blocked the popup.', 'Call signIn() in a click.'),
  'popup-closed': words('code', true, 'The popup was closed before the sign-in was done.', 'Try again.'),
  'popup-timeout': words('code', true, 'The sign-in was not done in time.', 'Try again.'),
  'provider-error': words('code', true, 'The provider answered with an error.', 'Check the client at the provider.'),
  'state-mismatch': words('code', true, 'An answer did not belong to a request of this page.', 'Try again.'),
  'issuer-mismatch': words(
    'code',
    false,
    'The answer came from another issuer.',
    'Check that authority is the issuer exactly.',
  ),
  'exchange-failed': words(
    'exchange',
    true,
    'Genesys could not exchange the code.',
    'Check client, secret and redirect URI of the integration.',
  ),
  'refresh-failed': words(
    'refresh',
    true,
    'The Genesys JWT could not be refreshed.',
    'Nothing to do: it is tried again.',
  ),
  'reauthenticate-ignored': words(
    'exchange',
    true,
    'Messenger did not act on the new code.',
    'Try again, or reload the page.',
  ),
  'loop-stopped': words(
    'exchange',
    true,
    'Signing in failed repeatedly and was stopped.',
    'Correct the cause, then try again.',
  ),
  'command-timeout': words('command', true, 'A Messenger command did not settle in time.', 'Try again.'),
  'command-failed': words('command', true, 'Messenger refused a command.', 'See the message.'),
  'logout-failed': words('sign-out', true, 'The sign-out was not done.', 'Try again, or close the browser.'),
  'storage-blocked': words('storage', false, 'The browser blocks storage for this page.', 'Allow site data.'),
  'person-changed': words(
    'exchange',
    true,
    'Another person is signed in at the provider.',
    'The earlier conversation was closed.',
  ),
  offline: words('command', true, 'The device is offline.', 'It goes on by itself when the network is back.'),
};

export interface ErrorDetails {
  /** In place of the code's own sentence. */
  readonly message?: string | undefined;
  readonly hint?: string | undefined;
  readonly step?: ErrorStep | undefined;
  readonly retryable?: boolean | undefined;
  readonly trace?: readonly Attempt[] | undefined;
  readonly cause?: unknown;
}

/**
 * The one error of the public face: every rejection and every `gc-error` is one.
 * Holds no code, verifier or token, so it may be logged and sent to support as JSON.
 */
export class GcAuthError extends Error {
  override readonly name = 'GcAuthError';
  readonly code: ErrorCode;
  /** The part of the work in which it arose. */
  readonly step: ErrorStep;
  /** Whether the same action can succeed later without a change of set-up. */
  readonly retryable: boolean;
  /** What to do about it, in one sentence. */
  readonly hint: string;
  /** The attempts that led here, oldest first; empty when none did. */
  readonly trace: readonly Attempt[];

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    const own = dictionary[code];
    super(details.message ?? own.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.step = details.step ?? own.step;
    this.retryable = details.retryable ?? own.retryable;
    this.hint = details.hint ?? own.hint;
    this.trace = details.trace ?? [];
  }

  /** The same error with the attempts that led to it. */
  traced(trace: readonly Attempt[]): GcAuthError {
    const { message, hint, step, retryable, cause } = this;
    return new GcAuthError(this.code, { message, hint, step, retryable, cause, trace });
  }

  toJSON(): Record<string, unknown> {
    const { code, step, retryable, message, hint, trace } = this;
    return { code, step, retryable, message, hint, trace };
  }
}

/** Whatever was thrown or rejected, as an error of the public face. */
export function asGcAuthError(thrown: unknown, code: ErrorCode, details: ErrorDetails = {}): GcAuthError {
  return thrown instanceof GcAuthError ? thrown : new GcAuthError(code, { cause: thrown, ...details });
}
