import type { SignInMode } from './config.js';
import type { GcAuthError } from './errors.js';
import type { Grant } from './grant.js';

/** Why nobody is signed in any more; `detail.reason` of `gc-signed-out`. */
export type SignedOutReason = 'user' | 'provider' | 'other-tab' | 'expired' | 'person-changed';

/** A rung that needs a person. */
export type InteractiveRung = Exclude<SignInMode, 'silent' | 'silent-redirect'>;

/**
 * What the session is doing. A phase that waits has a deadline: `dueAt`, epoch ms. All other times are epoch ms, too.
 */
export type Phase =
  /** Messenger is loading. */
  | {
      readonly name: 'loading';
      /** What the session waits for: the script, `Auth.ready`, a stored JWT, the first plugin call. */
      readonly step: 'script' | 'auth' | 'stored-jwt' | 'first-call';
      readonly dueAt?: number;
    }
  /** Messenger is expected to call the AuthProvider plugin for a code. */
  | {
      readonly name: 'awaiting-call';
      readonly dueAt: number;
      /** A command asked Messenger to call. Otherwise it is expected to do so by itself. */
      readonly callRequested: boolean;
    }
  /** An attempt to get a code is running. */
  | {
      readonly name: 'code';
      readonly rung: SignInMode;
      /** Why a code is needed. */
      readonly reason: string;
      readonly operationId: number;
      readonly startedAt: number;
      readonly dueAt: number;
      /** How often Messenger was asked to call again because it ignored a code. */
      readonly callRequests: number;
    }
  /** The session has a code, and has asked Messenger to call for it, or will as soon as Messenger is ready. */
  | { readonly name: 'code-ready'; readonly grant: Grant; readonly receivedAt: number; readonly dueAt: number }
  /** Messenger has received a code. */
  | {
      readonly name: 'exchange';
      readonly dueAt: number;
      /** Messenger has published `Auth.authenticating`, so it has not ignored the code. */
      readonly exchanging: boolean;
      /** How often Messenger was asked to call again because it ignored a code. */
      readonly callRequests: number;
      /** The code is for the step-up of an anonymous conversation. */
      readonly stepUp: boolean;
    }
  /** An exchange failed; the session waits before it gets the next code. */
  | { readonly name: 'backoff'; readonly dueAt: number }
  | {
      readonly name: 'signed-in';
      /** When to renew the JWT; undefined when the session does not renew it by itself. */
      readonly dueAt?: number | undefined;
      /** Failed renewals in a row. */
      readonly failures: number;
    }
  /** A refresh is running, or the session waits to try it again. */
  | {
      readonly name: 'renewing';
      /** Undefined while the session waits for the next try at `dueAt`. */
      readonly operationId?: number | undefined;
      readonly dueAt: number;
      /** The refresh command has resolved; its JWT may follow a moment later. */
      readonly settled: boolean;
      /** Failed renewals in a row. */
      readonly failures: number;
    }
  /** A person must act. */
  | {
      readonly name: 'interaction-required';
      /** Why. */
      readonly error: GcAuthError;
      /** The rung that starts with the person's click. */
      readonly rung: InteractiveRung;
      /** All that is missing for a silent attempt is probably the provider's access to its cookies in frames. */
      readonly storageAccess: boolean;
      /** Of a silent attempt that runs meanwhile, because the person may have signed in elsewhere. */
      readonly operationId?: number;
      readonly startedAt?: number;
      /** Deadline of the silent attempt, or when the next one starts; undefined when none does. */
      readonly dueAt?: number | undefined;
    }
  | {
      readonly name: 'signing-out';
      readonly step: 'refresh' | 'logout';
      readonly operationId: number;
      readonly dueAt: number;
      /** Also end the session at the provider. */
      readonly provider: boolean;
      /** The JWT was refreshed before, so a 401 is final. */
      readonly refreshed: boolean;
      /** Another person is signed in at the provider, and signs in here afterwards. */
      readonly personChanged?: boolean;
      /** That nobody is signed in was published before, or never otherwise. */
      readonly quiet?: boolean;
      /** Genesys refused to refresh the JWT, so there is no session left that could be ended. */
      readonly refreshRefused?: boolean;
    }
  | {
      readonly name: 'signed-out';
      /** Undefined when nobody was signed in before, or the sign-in was cancelled. */
      readonly reason: SignedOutReason | undefined;
      readonly dueAt?: undefined;
    }
  /** The session has stopped. */
  | {
      readonly name: 'failed';
      readonly error: GcAuthError;
      /** When a stopped loop, or a sign-out, is tried again. */
      readonly dueAt?: number | undefined;
      /** A sign-out that Genesys has not confirmed. */
      readonly unfinished?: 'sign-out' | 'person-changed';
    };

export type PhaseNamed<Name extends Phase['name']> = Extract<Phase, { name: Name }>;

/** The operation that ends with the phase: an attempt, or a refresh with its renewal lock; undefined when none runs. */
export const runningOperationId = (phase: Phase): number | undefined =>
  phase.name === 'code' || phase.name === 'interaction-required' || phase.name === 'renewing'
    ? phase.operationId
    : undefined;
