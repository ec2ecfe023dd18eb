import type { GcAuthError } from './errors.js';
import type { Grant } from './grant.js';

/** A command that Messenger gave our AuthProvider plugin and that waits to be settled, once. */
export interface PluginCall {
  readonly id: number;
  readonly command: 'getAuthCode' | 'reAuthenticate' | 'signIn';
  /** Messenger method a new login rather than a code it may have had. */
  readonly forceUpdate: boolean;
}

export type PluginCallResult = { readonly grant: Grant } | { readonly error: GcAuthError };

/** A Genesys JWT as it arrived, decoded but not verified: only Genesys can do that. */
export interface Jwt {
  readonly jwt: string;
  /** The payload; `{}` when it cannot be read. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What Messenger answered when something failed, as far as its shape could be read. */
export interface MessengerFailure {
  /** HTTP status; undefined when none was found. */
  readonly status?: number;
  readonly message?: string;
  /** Genesys' own id of the failure, for their support. */
  readonly contextId?: string;
}

/** What Messenger did, in the terms of the rules. Codes and tokens appear only where the rules need them. */
export type MessengerFact =
  /** The script runs, the deployment allows us, AuthProvider is registered. */
  | { readonly type: 'loaded'; readonly allowSessionUpgrade: boolean }
  /** `Auth.ready`; `authenticated` is Messenger's own belief, which says nothing of expiry. */
  | { readonly type: 'auth-ready'; readonly authenticated: boolean }
  /** `AuthProvider.*` was commanded. */
  | { readonly type: 'plugin-called'; readonly call: PluginCall }
  /** `Auth.authenticating`: the exchange of a code began. */
  | { readonly type: 'authenticating' }
  /** `Auth.authenticated`. */
  | { readonly type: 'authenticated'; readonly token: Jwt }
  /** `Auth.loggedOut`. */
  | { readonly type: 'logged-out' }
  /** `Auth.error`, `authError`, `tokenError` or `authProviderError`. */
  | { readonly type: 'auth-error'; readonly event: string; readonly failure: MessengerFailure }
  /** `MessagingService.offline` or `reconnecting`: a socket will have to be configured again. */
  | { readonly type: 'reconnecting' }
  /** Any Messenger event, without its secrets, for `messenger$`. */
  | { readonly type: 'event'; readonly name: string; readonly data: unknown };
