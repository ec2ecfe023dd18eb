import type { SignInMode } from './config.js';
import type { Attempt, GcAuthError } from './errors.js';
import type { Grant } from './grant.js';
import type { PluginCall } from './messenger.js';
import type { SignedOutReason } from './phase.js';
import type { SharedRecord, TabMessageType } from './shared-record.js';
import type { TokenInfo } from './token.js';

/** What became of a silent redirect: the page was left for it, it found nobody, or somebody has signed in since. */
export type RedirectOutcome = 'left' | 'nobody' | 'signed-in';

/** What the session must do after a transition. Plain data until the session runs it. */
export type Effect =
  /** Load Messenger, and follow what happens in it. */
  | { readonly do: 'connect' }
  /** Start an attempt to get a code. */
  | {
      readonly do: 'code';
      readonly rung: SignInMode;
      readonly operationId: number;
      readonly reason: string;
      /** Messenger's window is open, and should be again after a redirect. */
      readonly windowOpen: boolean;
    }
  /** Test whether hidden frames work, by a silent attempt whose code is discarded. */
  | { readonly do: 'test-frame'; readonly operationId: number }
  /** Store whether hidden frames work. */
  | { readonly do: 'remember-frames'; readonly framesUnusable: boolean }
  /** Prepare a fast silent attempt: metadata, connections, callback page. */
  | { readonly do: 'warm' }
  /** Prepare the interactive rung, so that a click opens it without delay. */
  | { readonly do: 'prepare' }
  /** Refresh the JWT under the renewal lock. `force`: even if another tab has a newer JWT. */
  | { readonly do: 'refresh'; readonly operationId: number; readonly force: boolean }
  /** Stop an attempt, or a refresh with its renewal lock. */
  | { readonly do: 'cancel'; readonly operationId: number }
  /** Write the shared record, then send the message to the other tabs. */
  | { readonly do: 'share'; readonly record: SharedRecord; readonly message?: TabMessageType | undefined }
  | { readonly do: 'hide-messenger'; readonly hidden: boolean }
  /** Resolve a plugin call. */
  | { readonly do: 'answer'; readonly call: PluginCall; readonly grant: Grant }
  /** Reject a plugin call. */
  | { readonly do: 'refuse'; readonly call: PluginCall; readonly error: GcAuthError }
  /** Send a Messenger command; `command-settled` follows. */
  | { readonly do: 'command'; readonly name: string; readonly operationId: number }
  /** Store what became of a silent redirect. */
  | { readonly do: 'remember-redirect'; readonly outcome: RedirectOutcome }
  /** Publish `AuthProvider.ready` again. */
  | { readonly do: 'publish-ready' }
  /** Publish an AuthProvider event. */
  | { readonly do: 'publish'; readonly event: string; readonly data: unknown }
  /** Resolve a call of a public method. */
  | { readonly do: 'resolve'; readonly caller: number; readonly token: TokenInfo | undefined }
  /** Reject a call of a public method. */
  | { readonly do: 'reject'; readonly caller: number; readonly error: GcAuthError }
  /** Emit a public event. */
  | { readonly do: 'ready' }
  | { readonly do: 'signed-in' }
  | { readonly do: 'signed-out'; readonly reason: SignedOutReason }
  | { readonly do: 'token'; readonly token: TokenInfo }
  | { readonly do: 'report'; readonly error: GcAuthError }
  | { readonly do: 'attempt'; readonly attempt: Attempt }
  /** Go to the provider's end-session endpoint, then settle the caller: reject it if there is an error. */
  | { readonly do: 'end-session'; readonly caller: number; readonly error?: GcAuthError | undefined };
