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
    'Correct the attributes and properties of the element.',
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
    'Allow the script in the Content Security Policy and in content blockers.',
  ),
  'script-timeout': text(
    'load',
    true,
    'Messenger did not become ready in time.',
    'Check deployment-id, environment and the network.',
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
    'The provider’s discovery document could not be read.',
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
    'Allow this site to frame the provider, or call signIn() in a click handler.',
  ),
  'popup-blocked': text('code', true, 'The browser blocked the popup.', 'Call signIn() in a click handler.'),
  'popup-closed': text(
    'code',
    true,
    'The popup was closed before the sign-in was complete.',
    'Let the person sign in again.',
  ),
  'popup-timeout': text('code', true, 'The sign-in was not completed in time.', 'Let the person sign in again.'),
  'provider-error': text(
    'code',
    true,
    'The provider answered with an error.',
    'Check the registration of the client at the provider.',
  ),
  'state-mismatch': text(
    'code',
    true,
    'A response does not belong to a request of this page.',
    'Let the person sign in again.',
  ),
  'issuer-mismatch': text(
    'code',
    false,
    'The response came from a different issuer.',
    'Set authority to the exact issuer of the provider.',
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
    'Call refresh() later; with renew="auto" the element tries again by itself.',
  ),
  'reauthenticate-ignored': text(
    'exchange',
    true,
    'Messenger did not use the new code.',
    'Let the person press the button of the prompt, or reload the page.',
  ),
  'loop-stopped': text(
    'exchange',
    true,
    'The element stopped after too many sign-in attempts in a short time.',
    'Correct the problem that the cause property names, then call signIn() in a click handler.',
  ),
  'command-timeout': text('command', true, 'Messenger did not answer a command in time.', 'Send the command again.'),
  'command-failed': text('command', true, 'Messenger refused a command.', 'Read the message and the cause property.'),
  'logout-failed': text(
    'sign-out',
    true,
    'The sign-out was not completed.',
    'Clear the data of this site on a shared device, because Messenger keeps its tokens there; the element tries again by itself.',
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
  'prompt-hidden': text(
    'code',
    true,
    'The prompt cannot be seen.',
    'Remove the styles that hide it, or prevent gc-interaction-required and show your own interface.',
  ),
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
