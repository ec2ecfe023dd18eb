import type { Config, SignInMode } from './config.js';
import type { Attempt, ErrorCode, GcAuthError } from './errors.js';
import type { Grant } from './grant.js';
import type { PluginCall, MessengerFact, MessengerFailure } from './messenger.js';
import type { Phase, SignedOutReason } from './phase.js';
import type { TabMessageType, SharedRecord } from './shared-record.js';
import type { TokenInfo } from './token.js';
import type { LoopEntry } from './loop-breaker.js';

/** What a page asked for and waits for; settled exactly once. */
export interface Caller {
  readonly id: number;
  readonly method: 'sign-in' | 'sign-out' | 'refresh' | 'reauthenticate' | 'step-up';
  /** Of a sign-out: at the provider too. */
  readonly provider?: boolean;
}

export interface Model {
  readonly phase: Phase;
  /** The last JWT that Messenger reported, live or not; undefined when it has none. */
  readonly token: TokenInfo | undefined;
  readonly calls: ReadonlyArray<{ readonly call: PluginCall; readonly until: number }>;
  readonly callers: readonly Caller[];
  /** Genesys confirmed a sign-in and no sign-out since. */
  readonly confirmed: boolean;
  /** Refreshing early was seen to bring the same JWT. */
  readonly sameWhileValid: boolean;
  /** What was tried lately and can become a loop; outlives the page. */
  readonly loopEntries: readonly LoopEntry[];
  /** Genesys answered that it cannot refresh now: how often that was waited out since. */
  readonly outage: number | undefined;
  /** Fingerprint of the person whose conversation Messenger keeps. */
  readonly person: string | undefined;
  /** A code that a redirect brought back, and when. */
  readonly redirectGrant: { readonly grant: Grant; readonly at: number } | undefined;
  readonly windowOpen: boolean;
  /** Messenger's window was open before the redirect and is to be opened again. */
  readonly reopenWindow: boolean;
  /** A person had to act although frames may work: one is to be tested, or is, under this operation. */
  readonly test: number | 'due' | undefined;
  /** Ticket of the last step-up that Messenger was told to make. */
  readonly stepUp: number | undefined;
  /** Attempts since the last sign-in, oldest first. */
  readonly trace: readonly Attempt[];
  readonly allowSessionUpgrade: boolean;
  /** When a silent attempt last began, epoch ms. */
  readonly silentAt: number;
  /** Number of the last operation. */
  readonly lastOperationId: number;
  /** Why the phase is what it is: the fact, intent or error code that led here. */
  readonly why: string;
}

export type Input =
  | MessengerFact
  /** What requestedBeforeToken the last page; `blocked`: nothing can be stored. */
  | {
      readonly type: 'start';
      readonly loopEntries: ReadonlyArray<readonly [string, number]>;
      readonly blocked: boolean;
    }
  | { readonly type: 'start-failed'; readonly error: GcAuthError }
  | { readonly type: 'code-received'; readonly operationId: number; readonly grant: Grant }
  | { readonly type: 'code-failed'; readonly operationId: number; readonly error: GcAuthError }
  /** A redirect came back to this page. */
  | { readonly type: 'returned'; readonly answer: Answer; readonly windowOpen: boolean }
  /** What a frame brought that was only tested. */
  | { readonly type: 'frame-tested'; readonly operationId: number; readonly verdict: 'code' | ErrorCode }
  /** Another tab renewed the JWT while this one waited for its turn. */
  | { readonly type: 'renewed-in-other-tab'; readonly operationId: number }
  | { readonly type: 'tab-message'; readonly message: TabMessageType }
  /** The ledger knows the code: it was handed out before. */
  | { readonly type: 'already-used'; readonly call: PluginCall }
  | { readonly type: 'command-settled'; readonly operationId: number; readonly failure?: MessengerFailure }
  | { readonly type: 'sign-in' | 'refresh' | 'reauthenticate' | 'step-up'; readonly caller: number }
  | { readonly type: 'sign-out'; readonly caller: number; readonly provider: boolean }
  /** The person closed the prompt, which cancels what it waits for; or pressed its button after a failure. */
  | { readonly type: 'dismiss' }
  | { readonly type: 'retry' }
  /** The person method the popup again. */
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
      readonly operationId: number;
      readonly reason: string;
      readonly windowOpen: boolean;
    }
  /** A silent attempt whose code is thrown away: do frames work here? */
  | { readonly do: 'test'; readonly operationId: number }
  | { readonly do: 'remember-frames'; readonly framesUnusable: boolean }
  | { readonly do: 'warm' }
  /** In turn with the other tabs; `force`: also when another tab has a newer JWT. */
  | { readonly do: 'refresh'; readonly operationId: number; readonly force: boolean }
  | { readonly do: 'share'; readonly record: SharedRecord; readonly message?: TabMessageType | undefined }
  /** Hides Messenger, or shows it again. */
  | { readonly do: 'hide-messenger'; readonly hidden: boolean }
  /** Stop the attempt with this operation, or give up the turn. */
  | { readonly do: 'drop'; readonly operationId: number }
  | { readonly do: 'prepare' }
  | { readonly do: 'answer'; readonly call: PluginCall; readonly grant: Grant }
  | { readonly do: 'refuse'; readonly call: PluginCall; readonly error: GcAuthError }
  | { readonly do: 'command'; readonly name: string; readonly operationId: number }
  | { readonly do: 'publish-ready' }
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
export interface Conditions {
  /** Epoch ms on a clock that never goes backwards. */
  readonly now: number;
  /** 0…1, drawn anew for every input. */
  readonly random: number;
  readonly visible: boolean;
  readonly online: boolean;
  /** The person acted a moment ago, so the browser lets a popup open. */
  readonly activated: boolean;
  readonly popups: boolean;
  readonly framesUnusable: boolean;
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
  calls: [],
  callers: [],
  confirmed: false,
  sameWhileValid: false,
  loopEntries: [],
  outage: undefined,
  person: undefined,
  redirectGrant: undefined,
  windowOpen: false,
  reopenWindow: false,
  test: undefined,
  stepUp: undefined,
  trace: [],
  allowSessionUpgrade: false,
  silentAt: -Infinity,
  lastOperationId: 0,
  why: 'start',
};

/** Signing out shows only once Genesys confirmed it; with a conversation behind us a new code re-authenticates. */
export function publicState({ phase, token, confirmed }: Model): State {
  switch (phase.name) {
    case 'awaiting-call':
    case 'code':
    case 'code-ready':
    case 'exchange':
    case 'backoff':
      return token ? 'reauthenticating' : 'signing-in';
    case 'signing-out':
      if (!confirmed) return 'signed-out';
      return phase.step === 'refresh' ? 'renewing' : 'signed-in';
    default:
      return phase.name;
  }
}

/** When the next `tick` is due, epoch ms; `Infinity` when nothing waits for time. A hidden page renews when seen. */
export const nextDue = ({ phase, calls }: Model, visible: boolean): number =>
  Math.min(
    (visible || phase.name !== 'signed-in' ? phase.until : undefined) ?? Infinity,
    ...calls.map(({ until }) => until),
  );
