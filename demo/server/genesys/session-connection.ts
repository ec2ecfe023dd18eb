import type { Conversation, Participant } from './conversations.js';
import type { Deployment } from './deployments.js';

/** A connection, as the handlers of its frames use it. */
export interface SessionConnection extends Participant {
  readonly deployment: Deployment;
  /** `undefined` until the session is configured. */
  readonly conversation: Conversation | undefined;
  enter(conversation: Conversation): void;
  leave(): void;
}
