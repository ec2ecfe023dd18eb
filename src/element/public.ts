/** What the package's door shows of the inner rooms. */
export { GcAuthMessenger } from './gc-auth-messenger.js';
export type { CodeProvider, CodeRequest } from '../compose.js';
export { messengerContext } from './context.js';
export type { MessengerContext } from './context.js';
export type { OidcMetadata } from 'oidc-client-ts';
export type {
  GcBubblingEventMap,
  GcEventDetails,
  GcEventMap,
  InteractionRequired,
  MessengerEvent,
  StateChange,
} from './events.js';
export type { MountCallback, MountQueue } from './script-tag.js';
export type { Strings } from './texts.js';
export { GcAuthError } from '../core/errors.js';
export type { Attempt, ErrorCode, ErrorStep, Rung, TracedAttempt } from '../core/errors.js';
export type { Check, Diagnosis } from '../core/diagnosis.js';
export type { CodeGrant, Grant, IdTokenGrant } from '../core/grant.js';
export type { State } from '../core/model.js';
export type { SignedOutReason } from '../core/phase.js';
export { TokenInfo } from '../core/token.js';
export type { TokenSource } from '../core/token.js';
