import type { SignInMode } from './config.js';
import type { GcAuthError } from './errors.js';
import type { Grant } from './grant.js';

export type SignedOutReason = 'user' | 'provider' | 'other-tab' | 'expired' | 'person-changed';

/** One stop of the session's life. `until` is its deadline in epoch ms; every stop that waits for time has one. */
export type Phase =
  | {
      readonly name: 'loading';
      readonly step: 'script' | 'auth' | 'stored-jwt' | 'first-call';
      readonly until?: number;
    }
  /** Waiting for Messenger to call for a code; `nudged` when it was told to. */
  | { readonly name: 'awaiting-call'; readonly until: number; readonly nudged: boolean }
  /** A rung of the ladder is being tried. */
  | {
      readonly name: 'code';
      readonly rung: SignInMode;
      readonly operationId: number;
      readonly since: number;
      readonly until: number;
      readonly nudges: number;
    }
  /** A code is in hand, Messenger was told to call for it. */
  | { readonly name: 'code-ready'; readonly grant: Grant; readonly since: number; readonly until: number }
  /** Messenger has the code; `begun` once it said that it exchanges it. */
  | {
      readonly name: 'exchange';
      readonly until: number;
      readonly begun: boolean;
      readonly nudges: number;
      /** The code answered a step-up. */
      readonly stepUp: boolean;
    }
  /** An exchange failed; a pause before the next code. */
  | { readonly name: 'backoff'; readonly until: number }
  /** `until`: when to renew, if it is ours to do; `failures` of the renewal in a row. */
  | { readonly name: 'signed-in'; readonly until?: number | undefined; readonly failures: number }
  | {
      readonly name: 'renewing';
      /** Undefined: the last try failed for now, `until` is the next. */
      readonly operationId?: number | undefined;
      readonly until: number;
      /** Messenger settled the refresh; a JWT may still be on its way. */
      readonly settled: boolean;
      readonly failures: number;
    }
  /** With `operation`: a silent attempt runs meanwhile, because the person may have signed in elsewhere. */
  | {
      readonly name: 'interaction-required';
      readonly error: GcAuthError;
      /** The rung that the click leads to. */
      readonly by: InteractiveRung;
      readonly operationId?: number;
      readonly since?: number;
      /** Of the silent attempt; without one, when the next is made. */
      readonly until?: number | undefined;
    }
  | {
      readonly name: 'signing-out';
      readonly step: 'refresh' | 'logout';
      readonly operationId: number;
      readonly until: number;
      readonly provider: boolean;
      readonly refreshed: boolean;
      /** Another person is signed in at the provider, who is signed in afterwards. */
      readonly changed?: boolean;
    }
  | {
      readonly name: 'signed-out';
      readonly reason: SignedOutReason | undefined;
      readonly since: number;
      readonly until?: undefined;
    }
  /** `until`: when a stopped loop gives it one more try. */
  | { readonly name: 'failed'; readonly error: GcAuthError; readonly until?: number | undefined };

/** A rung that needs a person. */
export type InteractiveRung = Exclude<SignInMode, 'silent'>;

export type PhaseNamed<Name extends Phase['name']> = Extract<Phase, { name: Name }>;

/** The attempt, or the turn among the tabs, that the phase keeps alive, if any. */
export const liveTicket = (phase: Phase): number | undefined =>
  phase.name === 'code' || phase.name === 'interaction-required' || phase.name === 'renewing'
    ? phase.operationId
    : undefined;
