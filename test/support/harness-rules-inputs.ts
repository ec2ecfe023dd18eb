import { GcAuthError } from '../../src/core/errors.js';
import type { ErrorCode } from '../../src/core/errors.js';
import type { Input } from '../../src/core/input.js';
import type { Jwt, MessengerFailure, PluginCall } from '../../src/core/messenger.js';
import type { TabMessageType } from '../../src/core/shared-record.js';
import { grantOf, pluginCallOf } from './fixtures.js';
import type { InputOrFactory } from './harness-rules.js';

/* The inputs of the rules, in short form. */

export const start: Input = { type: 'start', loopEntries: [], blocked: false };
export const startFailed = (error: GcAuthError): Input => ({ type: 'start-failed', error });
export const tick: Input = { type: 'tick' };

// Messenger

export const loaded: Input = { type: 'loaded', allowSessionUpgrade: false };
export const loadedForStepUp: Input = { type: 'loaded', allowSessionUpgrade: true };
export const authReady = (authenticated: boolean): Input => ({ type: 'auth-ready', authenticated });
export const pluginCalled = (id: number, command?: PluginCall['command']): Input => ({
  type: 'plugin-called',
  call: pluginCallOf(id, command),
});
export const codeAlreadyUsed = (id: number): Input => ({ type: 'already-used', call: pluginCallOf(id) });
export const authenticating: Input = { type: 'authenticating' };
export const authenticated = (token: Jwt): Input => ({ type: 'authenticated', token });
export const authError = (failure: MessengerFailure = {}, event = 'Auth.error'): Input => ({
  type: 'auth-error',
  event,
  failure,
});
export const loggedOut: Input = { type: 'logged-out' };
export const reconnecting: Input = { type: 'reconnecting' };
export const messengerOpened: Input = { type: 'window', open: true };

/** The latest command has resolved. */
export const commandResolved: InputOrFactory = ({ commandOperationId }) => ({
  type: 'command-settled',
  operationId: commandOperationId,
});

/** The latest command has failed. */
export const commandRejected =
  (failure: MessengerFailure): InputOrFactory =>
  ({ commandOperationId }) => ({ type: 'command-settled', operationId: commandOperationId, failure });

// Attempts

/** The latest attempt returned a code. */
export const codeReceived =
  (code: string): InputOrFactory =>
  ({ codeOperationId }) => ({ type: 'code-received', operationId: codeOperationId, grant: grantOf(code) });

/** The latest attempt failed. */
export const codeFailed =
  (code: ErrorCode): InputOrFactory =>
  ({ codeOperationId }) => ({ type: 'code-failed', operationId: codeOperationId, error: new GcAuthError(code) });

/** The latest attempt failed with this very error. */
export const failedWith =
  (error: GcAuthError): InputOrFactory =>
  ({ codeOperationId }) => ({ type: 'code-failed', operationId: codeOperationId, error });

/** The page was loaded with the result of a redirect: a code or an error. */
export const redirectReturned = (answer: string | GcAuthError, windowOpen = false, ageMs = 0): Input => ({
  type: 'returned',
  answer: typeof answer === 'string' ? { grant: grantOf(answer) } : { error: answer },
  windowOpen,
  ageMs,
});

/** The latest frame test ended. */
export const frameTested =
  (verdict: 'code' | ErrorCode): InputOrFactory =>
  ({ frameTestOperationId }) => ({ type: 'frame-tested', operationId: frameTestOperationId, verdict });

// Public methods and the prompt

export const signIn = (caller: number): Input => ({ type: 'sign-in', caller });
export const refresh = (caller: number): Input => ({ type: 'refresh', caller });
export const reauthenticate = (caller: number): Input => ({ type: 'reauthenticate', caller });
export const signOut = (caller: number, provider = false): Input => ({ type: 'sign-out', caller, provider });
export const stepUp = (caller: number): Input => ({ type: 'step-up', caller });
export const dismiss: Input = { type: 'dismiss' };
export const retry: Input = { type: 'retry' };

// Page and other tabs

export const wake: Input = { type: 'wake', reason: 'visibilitychange' };
export const pageShown: Input = { type: 'wake', reason: 'pageshow' };
export const tabMessage = (message: TabMessageType): Input => ({ type: 'tab-message', message });
export const renewedInOtherTab: InputOrFactory = ({ commandOperationId }) => ({
  type: 'renewed-in-other-tab',
  operationId: commandOperationId,
});
