import type { Config } from './config.js';
import type { Attempt, ErrorCode, GcAuthError } from './errors.js';
import type { Grant } from './grant.js';
import type { Ask, MessengerFact, Refusal } from './messenger.js';
import type { TokenInfo } from './token.js';

export type SignedOutReason = 'user' | 'provider' | 'other-tab' | 'expired' | 'person-changed';

/** How a code comes from the provider to Genesys. Every stop has a deadline in epoch ms, and an exit. */
export type Task =
  /** Waiting for Messenger to ask; `nudged` when it was told to. */
  | { readonly at: 'summon'; readonly until: number; readonly nudged: boolean }
  /** A rung of the ladder is being tried. */
  | {
      readonly at: 'code';
      readonly rung: 'silent' | 'popup';
      readonly ticket: number;
      readonly since: number;
      readonly until: number;
      readonly nudges: number;
    }
  /** A code is in hand, Messenger was told to ask for it. */
  | { readonly at: 'deliver'; readonly grant: Grant; readonly since: number; readonly until: number }
  /** Messenger has the code; `begun` once it said that it exchanges it. */
  | { readonly at: 'exchange'; readonly until: number; readonly begun: boolean; readonly nudges: number }
  /** An exchange failed; a pause before the next code. */
  | { readonly at: 'pause'; readonly until: number };

/** A silent attempt made while a person is being waited for: they may have signed in elsewhere. */
export interface Probe {
  readonly ticket: number;
  readonly since: number;
  readonly until: number;
}

export type Phase =
  | {
      readonly name: 'loading';
      readonly step: 'script' | 'auth' | 'stored-jwt' | 'first-ask';
      readonly until: number | undefined;
    }
  | { readonly name: 'signed-out'; readonly reason: SignedOutReason | undefined }
  | { readonly name: 'signing-in' | 'reauthenticating'; readonly task: Task }
  | { readonly name: 'signed-in'; readonly renewAt: number | undefined; readonly failures: number }
  | {
      readonly name: 'renewing';
      readonly ticket: number;
      readonly until: number;
      /** Messenger settled the refresh; a JWT may still be on its way. */
      readonly settled: boolean;
      readonly failures: number;
    }
  | { readonly name: 'interaction-required'; readonly error: GcAuthError; readonly probe: Probe | undefined }
  | {
      readonly name: 'signing-out';
      readonly step: 'refresh' | 'logout';
      readonly ticket: number;
      readonly until: number;
      readonly provider: boolean;
      readonly refreshed: boolean;
    }
  | { readonly name: 'failed'; readonly error: GcAuthError };

/** What a page asked for and waits for; settled exactly once. */
export interface Caller {
  readonly id: number;
  readonly wants: 'sign-in' | 'sign-out' | 'refresh' | 'reauthenticate';
}

export interface Model {
  readonly phase: Phase;
  /** The last JWT that Messenger reported, live or not; undefined when it has none. */
  readonly token: TokenInfo | undefined;
  readonly asks: ReadonlyArray<{ readonly ask: Ask; readonly until: number }>;
  readonly callers: readonly Caller[];
  /** Refreshing early was seen to bring the same JWT. */
  readonly sameWhileValid: boolean;
  /** When exchanges failed lately, epoch ms. */
  readonly failures: readonly number[];
  /** Attempts since the last sign-in, oldest first. */
  readonly trace: readonly Attempt[];
  readonly allowSessionUpgrade: boolean;
  /** When a silent attempt last began, epoch ms. */
  readonly silentAt: number;
  /** Number of the last ticket. */
  readonly serial: number;
  /** Why the phase is what it is: the fact, intent or error code that led here. */
  readonly why: string;
}

export type Input =
  | MessengerFact
  | { readonly type: 'start' }
  | { readonly type: 'start-failed'; readonly error: GcAuthError }
  | { readonly type: 'granted'; readonly ticket: number; readonly grant: Grant }
  | { readonly type: 'not-granted'; readonly ticket: number; readonly error: GcAuthError }
  /** The ledger knows the code: it was handed out before. */
  | { readonly type: 'spent'; readonly ask: Ask }
  | { readonly type: 'commanded'; readonly ticket: number; readonly refusal?: Refusal }
  | { readonly type: 'sign-in' | 'refresh' | 'reauthenticate'; readonly caller: number }
  | { readonly type: 'sign-out'; readonly caller: number; readonly provider: boolean }
  /** The person closed the prompt, or pressed its button after a failure. */
  | { readonly type: 'dismiss' }
  | { readonly type: 'retry' }
  /** A deadline may have passed. */
  | { readonly type: 'tick' }
  /** The page was seen, restored, woken or is online again. */
  | { readonly type: 'wake'; readonly reason: string };

/** What the session must do; data until it runs them. */
export type Effect =
  | { readonly do: 'connect' }
  | { readonly do: 'code'; readonly rung: 'silent' | 'popup'; readonly ticket: number }
  /** Stop the attempt with this ticket. */
  | { readonly do: 'drop'; readonly ticket: number }
  | { readonly do: 'prepare' }
  | { readonly do: 'answer'; readonly ask: Ask; readonly grant: Grant }
  | { readonly do: 'refuse'; readonly ask: Ask; readonly error: GcAuthError }
  | { readonly do: 'command'; readonly name: string; readonly ticket: number }
  | { readonly do: 'announce' }
  | { readonly do: 'publish'; readonly event: string; readonly data: unknown }
  | { readonly do: 'resolve'; readonly caller: number; readonly token: TokenInfo | undefined }
  | { readonly do: 'reject'; readonly caller: number; readonly error: GcAuthError }
  | { readonly do: 'report'; readonly error: GcAuthError }
  | { readonly do: 'token'; readonly token: TokenInfo }
  | { readonly do: 'signed-in' }
  | { readonly do: 'signed-out'; readonly reason: SignedOutReason }
  | { readonly do: 'ready' }
  | { readonly do: 'end-session'; readonly caller: number };

/** What a rule may look at besides the model. */
export interface Circumstances {
  /** Epoch ms on a clock that never goes backwards. */
  readonly now: number;
  /** 0…1, drawn anew for every input. */
  readonly random: number;
  readonly visible: boolean;
  readonly online: boolean;
  readonly config: Pick<Config, 'signInModes' | 'renew' | 'silentTimeoutMs' | 'popupTimeoutMs'>;
}

export type Next = readonly [Model, readonly Effect[]];

/** Element states of the public face. */
export type State =
  | 'loading'
  | 'signed-out'
  | 'signing-in'
  | 'signed-in'
  | 'renewing'
  | 'reauthenticating'
  | 'interaction-required'
  | 'failed';

export type { ErrorCode };

export const initialModel: Model = {
  phase: { name: 'loading', step: 'script', until: undefined },
  token: undefined,
  asks: [],
  callers: [],
  sameWhileValid: false,
  failures: [],
  trace: [],
  allowSessionUpgrade: false,
  silentAt: -Infinity,
  serial: 0,
  why: 'start',
};

/** Signing out shows only once Genesys confirmed it. */
export const publicState = ({ phase }: Model): State =>
  phase.name === 'signing-out' ? (phase.step === 'refresh' ? 'renewing' : 'signed-in') : phase.name;

/** The attempt that the phase keeps alive, if any. */
export function liveTicket(phase: Phase): number | undefined {
  if ('task' in phase) return phase.task.at === 'code' ? phase.task.ticket : undefined;
  return phase.name === 'interaction-required' ? phase.probe?.ticket : undefined;
}

function phaseDue(phase: Phase, visible: boolean): number {
  switch (phase.name) {
    case 'loading':
    case 'renewing':
    case 'signing-out':
      return phase.until ?? Infinity;
    case 'signing-in':
    case 'reauthenticating':
      return phase.task.until;
    case 'signed-in':
      return visible ? (phase.renewAt ?? Infinity) : Infinity;
    case 'interaction-required':
      return phase.probe?.until ?? Infinity;
    case 'signed-out':
    case 'failed':
      return Infinity;
  }
}

/** When the next `tick` is due, epoch ms; `Infinity` when nothing waits for time. A hidden page renews when seen. */
export const nextDue = (model: Model, visible: boolean): number =>
  Math.min(phaseDue(model.phase, visible), ...model.asks.map(({ until }) => until));
