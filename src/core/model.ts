import type { GcAuthError, TracedAttempt } from './errors.js';
import type { Grant } from './grant.js';
import type { LoopEntry } from './loop-breaker.js';
import type { LauncherPosition, PluginCall } from './messenger.js';
import type { Phase } from './phase.js';
import type { TokenInfo } from './token.js';

/** A call of a public method that waits for its result. It settles exactly once. */
export interface Caller {
  readonly id: number;
  readonly method: 'sign-in' | 'sign-out' | 'refresh' | 'reauthenticate' | 'step-up';
  /** `sign-out` only: also end the session at the provider. */
  readonly provider?: boolean;
}

/** A plugin call that waits for a code. */
export interface PendingCall {
  readonly call: PluginCall;
  /** When it is refused with `popup-timeout`, epoch ms. */
  readonly dueAt: number;
}

/** Everything that a session knows. Immutable: `transition()` returns the next model. */
export interface Model {
  readonly phase: Phase;
  /** What led to the phase: a fact, a method or an error code. */
  readonly reason: string;
  /** The latest JWT that Messenger reported, expired or not; undefined when nobody is signed in. */
  readonly token: TokenInfo | undefined;
  /** Oldest first. Each call gets a code of its own. */
  readonly calls: readonly PendingCall[];
  readonly callers: readonly Caller[];
  /** Genesys has confirmed the sign-in. */
  readonly confirmed: boolean;
  /** Messenger has a JWT, as far as it has said; undefined before it has said anything. */
  readonly hasJwt: boolean | undefined;
  /**
   * The latest JWT that was refused because it is not known whether its person is at this page. Undefined when that is
   * known: a new code has been exchanged, or there was no doubt.
   */
  readonly unsure: TokenInfo | undefined;
  /** Messenger is hidden, because nobody may see the conversation that it would show. Then the JWT is nobody's, too. */
  readonly hidden: boolean;
  /** `at` of the sign-out after which a person acted on this page; undefined when none did. */
  readonly overruled: number | undefined;
  /** An early refresh returns the same JWT, so a renewal waits for the expiry. */
  readonly sameWhileValid: boolean;
  /** Recent events that can be part of a loop. They survive a reload. */
  readonly loopEntries: readonly LoopEntry[];
  /** How often the session has waited during an outage; undefined when Genesys is not known to have one. */
  readonly outageWaits: number | undefined;
  /** Fingerprint of the person whose conversation Messenger shows. */
  readonly person: string | undefined;
  /** A code from a redirect, and when it reached this page, epoch ms. */
  readonly redirectGrant: { readonly grant: Grant; readonly receivedAt: number } | undefined;
  /** Why a silent redirect has just brought no code. The next request for a code asks for a click, and no frame. */
  readonly silentRedirectError: GcAuthError | undefined;
  /**
   * The provider's page has told whether the browser gave it storage access. `granted` until the silent attempt that
   * follows has ended; undefined again after a sign-in.
   */
  readonly storageAccess: 'granted' | 'tried' | undefined;
  /** Messenger's window is open. */
  readonly windowOpen: boolean;
  /** The window was open before the redirect, and opens again after the sign-in. */
  readonly reopenWindow: boolean;
  /** Test of whether hidden frames work: `due` after the next sign-in, or its operation ID while it runs. */
  readonly frameTest: number | 'due' | undefined;
  /** Operation ID of the latest step-up command. */
  readonly stepUpOperationId: number | undefined;
  /** Attempts since the last sign-in, oldest first, at most 20. */
  readonly trace: readonly TracedAttempt[];
  /** The deployment allows anonymous conversations to be stepped up; undefined before Messenger has loaded. */
  readonly allowSessionUpgrade: boolean | undefined;
  /** Where the deployment puts Messenger's launcher; undefined before Messenger has loaded, or when it does not say. */
  readonly position: LauncherPosition | undefined;
  /** When a plugin call was refused, epoch ms; `-Infinity` when Messenger has repeated the error of each refusal. */
  readonly refusedAt: number;
  /** When the latest silent attempt started, epoch ms; `-Infinity` before the first. */
  readonly lastSilentAt: number;
  /** The latest operation ID. IDs count up from 1, and are unique in a session. */
  readonly lastOperationId: number;
}

export const initialModel: Model = {
  phase: { name: 'loading', step: 'script' },
  reason: 'start',
  token: undefined,
  calls: [],
  callers: [],
  confirmed: false,
  hasJwt: undefined,
  unsure: undefined,
  hidden: false,
  overruled: undefined,
  sameWhileValid: false,
  loopEntries: [],
  outageWaits: undefined,
  person: undefined,
  redirectGrant: undefined,
  silentRedirectError: undefined,
  storageAccess: undefined,
  windowOpen: false,
  reopenWindow: false,
  frameTest: undefined,
  stepUpOperationId: undefined,
  trace: [],
  allowSessionUpgrade: undefined,
  position: undefined,
  refusedAt: -Infinity,
  lastSilentAt: -Infinity,
  lastOperationId: 0,
};

/** A code that Messenger has not called for yet. */
export const unusedGrant = ({ redirectGrant, phase }: Model): Grant | undefined =>
  redirectGrant?.grant ?? (phase.name === 'code-ready' ? phase.grant : undefined);

/** `state` of the public API. */
export type State =
  | 'loading'
  | 'signed-out'
  | 'signing-in'
  | 'signed-in'
  | 'renewing'
  | 'reauthenticating'
  | 'interaction-required'
  | 'failed';

/** The state of a model. A sign-out shows only after Genesys has confirmed it. */
export function publicState({ phase, token, confirmed }: Model): State {
  switch (phase.name) {
    case 'awaiting-call':
    case 'code':
    case 'code-ready':
    case 'exchange':
    case 'backoff':
      // With a JWT there is a conversation, which continues with the new code.
      return token ? 'reauthenticating' : 'signing-in';
    case 'signing-out':
      if (!confirmed) return 'signed-out';
      return phase.step === 'refresh' ? 'renewing' : 'signed-in';
    default:
      return phase.name;
  }
}

/** When the next `tick` is due, epoch ms; `Infinity` without a deadline. A hidden page does not renew. */
export const nextDue = ({ phase, calls }: Model, visible: boolean): number =>
  Math.min(
    (visible || phase.name !== 'signed-in' ? phase.dueAt : undefined) ?? Infinity,
    ...calls.map(({ dueAt }) => dueAt),
  );
