import type { ErrorCode, GcAuthError } from './errors.js';
import type { Grant } from './grant.js';
import type { MessengerFact, MessengerFailure, PluginCall } from './messenger.js';
import type { TabMessageType } from './shared-record.js';

/** A code, or why there is none. */
export type CodeResult = { readonly grant: Grant } | { readonly error: GcAuthError };

/** What can happen to a session. */
export type Input =
  | MessengerFact
  /** The page has loaded. `blocked`: the browser blocks storage. */
  | {
      readonly type: 'start';
      /** Loop entries that earlier pages of this tab have stored; unverified. */
      readonly loopEntries: ReadonlyArray<readonly [string, number]>;
      readonly blocked: boolean;
    }
  /** Messenger could not be loaded. */
  | { readonly type: 'start-failed'; readonly error: GcAuthError }
  /** Messenger responds after it could not be loaded. */
  | { readonly type: 'arrived' }
  | { readonly type: 'code-received'; readonly operationId: number; readonly grant: Grant }
  | { readonly type: 'code-failed'; readonly operationId: number; readonly error: GcAuthError }
  /**
   * The page was loaded with the result of a redirect. `windowOpen`: Messenger's window was open before. `ageMs`: how long
   * ago the answer arrived, in milliseconds; default 0. `silent`: it was a silent redirect.
   */
  | {
      readonly type: 'returned';
      readonly answer: CodeResult;
      readonly windowOpen: boolean;
      readonly ageMs?: number;
      readonly silent?: boolean;
    }
  | { readonly type: 'frame-tested'; readonly operationId: number; readonly verdict: 'code' | ErrorCode }
  /** When this tab got the renewal lock, another tab had renewed the JWT. */
  | { readonly type: 'renewed-in-other-tab'; readonly operationId: number }
  | { readonly type: 'tab-message'; readonly message: TabMessageType }
  /** The ledger contains the code of this call, so it was not given to Messenger. */
  | { readonly type: 'already-used'; readonly call: PluginCall }
  /** A Messenger command has resolved, or failed with `failure`. */
  | { readonly type: 'command-settled'; readonly operationId: number; readonly failure?: MessengerFailure }
  /** A public method was called. */
  | { readonly type: 'sign-in' | 'refresh' | 'reauthenticate' | 'step-up'; readonly caller: number }
  | { readonly type: 'sign-out'; readonly caller: number; readonly provider: boolean }
  /** The provider's page in the prompt has told whether the browser gave it access to its cookies in frames. */
  | { readonly type: 'storage-access'; readonly granted: boolean }
  /** The person closed the prompt. */
  | { readonly type: 'dismiss' }
  /** The person pressed the prompt's button after an error. */
  | { readonly type: 'retry' }
  /** The person asked for the popup again. */
  | { readonly type: 'reopen' }
  /** A deadline may have passed. */
  | { readonly type: 'tick' }
  /** The page became visible, was restored, woke up or is online again; `reason` is the name of the event. */
  | { readonly type: 'wake'; readonly reason: string };
