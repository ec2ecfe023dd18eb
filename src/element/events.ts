import type { Attempt, GcAuthError } from '../core/errors.js';
import type { SignedOutReason } from '../core/phase.js';
import type { TokenInfo } from '../core/token.js';
import type { MessengerEvent, StateChange } from '../session/streams.js';

export type { MessengerEvent, StateChange };

export interface InteractionRequired {
  /** The code of the error that made a person necessary, mostly `login-required`. */
  readonly reason: string;
  /** That error, with its hint and its trace. */
  readonly error: GcAuthError;
  /** Call it in a click. */
  signIn(): Promise<void>;
}

export interface GcEventDetails {
  'gc-ready': undefined;
  'gc-state-change': StateChange;
  'gc-token': TokenInfo;
  'gc-signed-in': undefined;
  'gc-signed-out': { readonly reason: SignedOutReason };
  'gc-interaction-required': InteractionRequired;
  'gc-error': GcAuthError;
  'gc-messenger-event': MessengerEvent;
  'gc-attempt': Attempt;
}

export type GcEventMap = { [Name in keyof GcEventDetails]: CustomEvent<GcEventDetails[Name]> };

/** `gc-token` carries the JWT, so it stays on the element. */
export function gcEvent<Name extends keyof GcEventDetails>(name: Name, detail: GcEventDetails[Name]): GcEventMap[Name] {
  const open = name !== 'gc-token';
  return new CustomEvent(name, {
    // A listener must not change what the next one gets.
    detail: Object.freeze(detail),
    bubbles: open,
    composed: open,
    cancelable: name === 'gc-interaction-required' || name === 'gc-error',
  }) as GcEventMap[Name];
}

/** Those that reach document and window. */
export type GcBubblingEventMap = Omit<GcEventMap, 'gc-token'>;

/* eslint-disable @typescript-eslint/no-empty-object-type -- the way to add to a global map */
declare global {
  interface HTMLElementEventMap extends GcEventMap {}
  interface DocumentEventMap extends GcBubblingEventMap {}
  interface WindowEventMap extends GcBubblingEventMap {}
}
