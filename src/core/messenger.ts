import type { GcAuthError } from './errors.js';
import type { Grant } from './grant.js';

/** A call of our AuthProvider plugin by Messenger. It settles exactly once. */
export interface PluginCall {
  /** Unique in this window. */
  readonly id: number;
  readonly command: 'getAuthCode' | 'reAuthenticate' | 'signIn';
  /** Messenger asks for a new sign-in instead of a code that the plugin may have cached. */
  readonly forceUpdate: boolean;
}

/** What a plugin call settles with. */
export type PluginCallResult = { readonly grant: Grant } | { readonly error: GcAuthError };

/** A Genesys JWT as Messenger reported it: decoded, but not verified, because only Genesys can do that. */
export interface Jwt {
  readonly jwt: string;
  /** The decoded payload; `{}` when it cannot be decoded. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The readable part of an error that Messenger rejected with or published. */
export interface MessengerFailure {
  /** HTTP status; undefined when none was found. */
  readonly status?: number;
  /** No request was made: Messenger itself said that nobody is signed in. Undefined with a status. */
  readonly unauthorized?: true;
  /** Redacted, at most 300 characters; undefined when none was found. */
  readonly message?: string;
  /** Genesys' ID of the failure, for their support; undefined when none was found. */
  readonly contextId?: string;
}

/** Where the deployment puts Messenger's launcher and its window. */
export interface LauncherPosition {
  /** `auto` follows `document.dir`: right, or left where the page is read from right to left. */
  readonly alignment: 'auto' | 'left' | 'right';
  /** Distance from the side of the window, in px. */
  readonly sideSpace: number;
  /** Distance from the bottom of the window, in px. */
  readonly bottomSpace: number;
}

/** What happened in Messenger, as input for the rules. */
export type MessengerFact =
  /** The script runs, the deployment allows this domain, and AuthProvider is registered. */
  | { readonly type: 'loaded'; readonly allowSessionUpgrade: boolean; readonly position?: LauncherPosition }
  /** `Auth.ready`. `authenticated`: Messenger has a stored JWT, which may have expired. */
  | { readonly type: 'auth-ready'; readonly authenticated: boolean }
  /** Messenger called `AuthProvider.getAuthCode`, `reAuthenticate` or `signIn`. */
  | { readonly type: 'plugin-called'; readonly call: PluginCall }
  /** `Auth.authenticating`: the exchange of a code started. */
  | { readonly type: 'authenticating' }
  /** `Auth.authenticated`: the only source of JWTs. */
  | { readonly type: 'authenticated'; readonly token: Jwt }
  /** `Auth.loggedOut`. */
  | { readonly type: 'logged-out' }
  /** `Auth.error`, `authError`, `tokenError` or `authProviderError`. */
  | { readonly type: 'auth-error'; readonly event: string; readonly failure: MessengerFailure }
  /** `MessagingService.offline` or `reconnecting`: Messenger will configure a new socket. */
  | { readonly type: 'reconnecting' }
  /** `Messenger.opened` or `Messenger.closed`: Messenger's window. */
  | { readonly type: 'window'; readonly open: boolean }
  /** The page took Messenger's own nodes out of the document. */
  | { readonly type: 'removed'; readonly error: GcAuthError }
  /** Any Messenger event, redacted, for `messenger$`. */
  | { readonly type: 'event'; readonly name: string; readonly data: unknown };
