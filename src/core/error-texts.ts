/** Every code of a `GcAuthError`. The list is closed: a new code is a new release. */
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
  | 'prompt-hidden'
  | 'messenger-removed'
  | 'offline';

/** The part of the work in which an error occurred. */
export type ErrorStep = 'config' | 'load' | 'code' | 'exchange' | 'refresh' | 'sign-out' | 'command' | 'storage';

interface ErrorText {
  readonly step: ErrorStep;
  readonly retryable: boolean;
  /** What happened, in one sentence. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly hint: string;
}

const text = (step: ErrorStep, retryable: boolean, message: string, hint: string): ErrorText => ({
  step,
  retryable,
  message,
  hint,
});

/** The default texts of each code. The code that throws the error may replace them. */
export const errorTexts: Record<ErrorCode, ErrorText> = {
  'config-invalid': text(
    'config',
    false,
    'The configuration is not valid.',
    'Correct the attribute or property that the message names.',
  ),
  'duplicate-element': text(
    'config',
    false,
    'Another <gc-auth-messenger> element already controls Messenger on this page.',
    'Keep one <gc-auth-messenger> element on the page.',
  ),
  'script-blocked': text(
    'load',
    true,
    'The Messenger script could not be loaded.',
    'Allow it in the Content Security Policy and in content blockers.',
  ),
  'script-timeout': text(
    'load',
    true,
    'Messenger did not become ready in time.',
    'Check deployment-id and environment.',
  ),
  'domain-not-allowed': text(
    'load',
    false,
    'The Messenger deployment does not allow this domain.',
    'Add the domain to the deployment in Genesys Cloud.',
  ),
  'deployment-inactive': text(
    'load',
    false,
    'The Messenger deployment is inactive.',
    'Activate the deployment in Genesys Cloud.',
  ),
  'auth-not-enabled': text(
    'load',
    false,
    'Authentication is not enabled for the Messenger deployment.',
    'Enable authentication in Genesys Cloud.',
  ),
  'provider-taken': text(
    'load',
    false,
    'The page has already registered another AuthProvider plugin.',
    'Remove the other plugin from the page.',
  ),
  'discovery-failed': text(
    'code',
    true,
    'The discovery document could not be read.',
    'Check authority, and CORS at the provider, or set the metadata property.',
  ),
  'login-required': text('code', true, 'The person must sign in at the provider.', 'Call signIn() in a click handler.'),
  'silent-timeout': text(
    'code',
    true,
    'The provider did not answer the silent attempt in time.',
    'Check redirect-uri, and whether the provider allows framing.',
  ),
  'silent-refused': text(
    'code',
    true,
    'The provider refused the silent attempt.',
    'Allow framing at the provider, or use the popup.',
  ),
  'popup-blocked': text('code', true, 'The browser blocked the popup.', 'Call signIn() in a click handler.'),
  'popup-closed': text('code', true, 'The popup was closed before the sign-in was complete.', 'Sign in again.'),
  'popup-timeout': text('code', true, 'The sign-in was not completed in time.', 'Sign in again.'),
  'provider-error': text(
    'code',
    true,
    'The provider answered with an error.',
    'Check the registration of the client at the provider.',
  ),
  'state-mismatch': text('code', true, 'A response does not belong to a request of this page.', 'Sign in again.'),
  'issuer-mismatch': text(
    'code',
    false,
    'The response came from a different issuer.',
    'Set authority to exactly the issuer of the provider.',
  ),
  'exchange-failed': text(
    'exchange',
    true,
    'Genesys could not exchange the code.',
    'Check client ID, client secret and redirect URI in the Genesys Cloud integration.',
  ),
  'refresh-failed': text(
    'refresh',
    true,
    'The Genesys JWT could not be refreshed.',
    'Try again later; with renew="auto" the element does so by itself.',
  ),
  'reauthenticate-ignored': text(
    'exchange',
    true,
    'Messenger did not use the new code.',
    'Try again, or reload the page.',
  ),
  'loop-stopped': text(
    'exchange',
    true,
    'The element stopped after too many sign-in attempts in a short time.',
    'Fix what caused the attempts, then try again.',
  ),
  'command-timeout': text('command', true, 'A Messenger command did not settle in time.', 'Try again.'),
  'command-failed': text('command', true, 'Messenger refused a command.', 'Read the reason in the message.'),
  'logout-failed': text(
    'sign-out',
    true,
    'The sign-out was not completed.',
    'The element tries again by itself. On a shared device, clear the data of this site: Messenger keeps its tokens there.',
  ),
  'storage-blocked': text(
    'storage',
    false,
    'The browser blocks storage for this page.',
    'Allow site data for this page in the browser settings.',
  ),
  'person-changed': text(
    'exchange',
    true,
    'Another person is signed in at the provider.',
    'No action is required: the element closes the previous conversation.',
  ),
  'prompt-hidden': text('code', true, 'The prompt cannot be seen.', 'Show it, or prevent gc-interaction-required.'),
  'messenger-removed': text(
    'load',
    false,
    'The page removed Messenger from the document.',
    'Replace a part of the page that does not contain Messenger, not the body, then reload the page.',
  ),
  offline: text(
    'command',
    true,
    'The device is offline.',
    'No action is required: the element continues when the network is back.',
  ),
};
