import type { Config, SignInMode } from './config.js';
import type { Attempt, ErrorCode, GcAuthError } from './errors.js';
import type { Grant } from './grant.js';
import type { Ask, MessengerFact, Refusal } from './messenger.js';
import type { Phase, SignedOutReason } from './phase.js';
import type { News, SharedRecord } from './shared-record.js';
import type { TokenInfo } from './token.js';
import type { Try } from './tries.js';

/** What a page asked for and waits for; settled exactly once. */
export interface Caller {
  readonly id: number;
  readonly wants: 'sign-in' | 'sign-out' | 'refresh' | 'reauthenticate' | 'step-up';
  /** Of a sign-out: at the provider too. */
  readonly provider?: boolean;
}

export interface Model {
  readonly phase: Phase;
  /** The last JWT that Messenger reported, live or not; undefined when it has none. */
  readonly token: TokenInfo | undefined;
  readonly asks: ReadonlyArray<{ readonly ask: Ask; readonly until: number }>;
  readonly callers: readonly Caller[];
  /** Genesys confirmed a sign-in and no sign-out since. */
  readonly confirmed: boolean;
  /** Refreshing early was seen to bring the same JWT. */
  readonly sameWhileValid: boolean;
  /** What was tried lately and can become a loop; outlives the page. */
  readonly tries: readonly Try[];
  /** Genesys answered that it cannot refresh now: how often that was waited out since. */
  readonly outage: number | undefined;
  /** Fingerprint of the person whose conversation Messenger keeps. */
  readonly person: string | undefined;
  /** A code that a redirect brought back, and when. */
  readonly returned: { readonly grant: Grant; readonly at: number } | undefined;
  readonly windowOpen: boolean;
  /** Messenger's window was open before the redirect and is to be opened again. */
  readonly reopen: boolean;
  /** A person had to act although frames may work: one is to be tested, or is, under this ticket. */
  readonly test: number | 'due' | undefined;
  /** Ticket of the last step-up that Messenger was told to make. */
  readonly stepUp: number | undefined;
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
  /** What outlived the last page; `blocked`: nothing can be stored. */
  | { readonly type: 'start'; readonly tries: ReadonlyArray<readonly [string, number]>; readonly blocked: boolean }
  | { readonly type: 'start-failed'; readonly error: GcAuthError }
  | { readonly type: 'granted'; readonly ticket: number; readonly grant: Grant }
  | { readonly type: 'not-granted'; readonly ticket: number; readonly error: GcAuthError }
  /** A redirect came back to this page. */
  | { readonly type: 'returned'; readonly answer: Answer; readonly windowOpen: boolean }
  /** What a frame brought that was only tested. */
  | { readonly type: 'tested'; readonly ticket: number; readonly verdict: 'code' | ErrorCode }
  /** Another tab renewed the JWT while this one waited for its turn. */
  | { readonly type: 'renewed-elsewhere'; readonly ticket: number }
  | { readonly type: 'news'; readonly news: News }
  /** The ledger knows the code: it was handed out before. */
  | { readonly type: 'spent'; readonly ask: Ask }
  | { readonly type: 'commanded'; readonly ticket: number; readonly refusal?: Refusal }
  | { readonly type: 'sign-in' | 'refresh' | 'reauthenticate' | 'step-up'; readonly caller: number }
  | { readonly type: 'sign-out'; readonly caller: number; readonly provider: boolean }
  /** The person closed the prompt, which cancels what it waits for; or pressed its button after a failure. */
  | { readonly type: 'dismiss' }
  | { readonly type: 'retry' }
  /** The person wants the popup again. */
  | { readonly type: 'reopen' }
  /** A deadline may have passed. */
  | { readonly type: 'tick' }
  /** The page was seen, restored, woken or is online again. */
  | { readonly type: 'wake'; readonly reason: string };

export type Answer = { readonly grant: Grant } | { readonly error: GcAuthError };

/** What the session must do; data until it runs them. */
export type Effect =
  | { readonly do: 'connect' }
  | {
      readonly do: 'code';
      readonly rung: SignInMode;
      readonly ticket: number;
      readonly reason: string;
      readonly windowOpen: boolean;
    }
  /** A silent attempt whose code is thrown away: do frames work here? */
  | { readonly do: 'test'; readonly ticket: number }
  | { readonly do: 'learn'; readonly framesUseless: boolean }
  | { readonly do: 'warm' }
  /** In turn with the other tabs; `force`: also when another tab has a newer JWT. */
  | { readonly do: 'refresh'; readonly ticket: number; readonly force: boolean }
  | { readonly do: 'share'; readonly record: SharedRecord; readonly news?: News | undefined }
  /** Hides Messenger, or shows it again. */
  | { readonly do: 'curtain'; readonly closed: boolean }
  /** Stop the attempt with this ticket, or give up the turn. */
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
  /** The person acted a moment ago, so the browser lets a popup open. */
  readonly activated: boolean;
  readonly popups: boolean;
  readonly framesUseless: boolean;
  /** What the tabs know together. */
  readonly record: SharedRecord;
  readonly config: Pick<Config, 'signInModes' | 'codeProvider' | 'renew' | 'silentTimeoutMs' | 'popupTimeoutMs'>;
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

export const initialModel: Model = {
  phase: { name: 'loading', step: 'script' },
  token: undefined,
  asks: [],
  callers: [],
  confirmed: false,
  sameWhileValid: false,
  tries: [],
  outage: undefined,
  person: undefined,
  returned: undefined,
  windowOpen: false,
  reopen: false,
  test: undefined,
  stepUp: undefined,
  trace: [],
  allowSessionUpgrade: false,
  silentAt: -Infinity,
  serial: 0,
  why: 'start',
};

/** Signing out shows only once Genesys confirmed it; with a conversation behind us a new code re-authenticates. */
export function publicState({ phase, token, confirmed }: Model): State {
  switch (phase.name) {
    case 'summon':
    case 'code':
    case 'deliver':
    case 'exchange':
    case 'pause':
      return token ? 'reauthenticating' : 'signing-in';
    case 'signing-out':
      if (!confirmed) return 'signed-out';
      return phase.step === 'refresh' ? 'renewing' : 'signed-in';
    default:
      return phase.name;
  }
}

/** When the next `tick` is due, epoch ms; `Infinity` when nothing waits for time. A hidden page renews when seen. */
export const nextDue = ({ phase, asks }: Model, visible: boolean): number =>
  Math.min(
    (visible || phase.name !== 'signed-in' ? phase.until : undefined) ?? Infinity,
    ...asks.map(({ until }) => until),
  );
