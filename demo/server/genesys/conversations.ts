import { randomUUID } from 'node:crypto';
import type { Message, ServerFrame } from './frames.js';
import type { Person } from './logins.js';
import { rateLimits } from './rate-limit.js';

/** A connection, as the conversation uses it. */
export interface Participant {
  send(frame: ServerFrame): void;
  /** Sends a ConnectionClosedEvent and closes the socket. */
  dismiss(reason?: 'signedIn'): void;
}

/** One more connection closes the oldest. */
const connectionLimit = 3;

export class Conversation {
  readonly id = randomUUID();
  readonly messages: Message[] = [];
  readonly messageRate = rateLimits.messagesOfSession();
  readonly configureRate = rateLimits.configuresOfSession();
  readonly historyRate = rateLimits.historyOfSession();
  /** Absent for a guest. */
  person?: Person;
  /** Oldest first. */
  #participants: Participant[] = [];

  join(participant: Participant): void {
    this.leave(participant);
    this.#participants.push(participant);
    if (this.#participants.length > connectionLimit) this.#participants.shift()?.dismiss();
  }

  leave(participant: Participant): void {
    this.#participants = this.#participants.filter((other) => other !== participant);
  }

  broadcast(frame: ServerFrame): void {
    for (const participant of this.#participants) participant.send(frame);
  }

  dismissOthers(remaining: Participant | undefined, reason?: 'signedIn'): void {
    const dismissed = this.#participants.filter((participant) => participant !== remaining);
    this.#participants = this.#participants.filter((participant) => participant === remaining);
    for (const participant of dismissed) participant.dismiss(reason);
  }

  /** The message that a client already sent with this ID, as it does after a reconnect without a confirmation. */
  findByClientId(clientId: unknown): Message | undefined {
    if (typeof clientId !== 'string') return undefined;
    return this.messages.find((message) => message.metadata?.['customMessageId'] === clientId);
  }
}

/** The conversations of one deployment: one per signed-in person, one per session token of a guest. */
export class Conversations {
  readonly #byPerson = new Map<string, Conversation>();
  readonly #byToken = new Map<string, Conversation>();
  readonly #authenticatedTokens = new Set<string>();

  /** Whether the session token was used for a signed-in person. A guest cannot use it then. */
  isAuthenticated(token: string): boolean {
    return this.#authenticatedTokens.has(token);
  }

  ofGuest(token: string, startNew: boolean): { conversation: Conversation; isNew: boolean } {
    const known = startNew ? undefined : this.#byToken.get(token);
    const conversation = known ?? new Conversation();
    this.#byToken.set(token, conversation);
    return { conversation, isNew: known === undefined };
  }

  ofPerson(person: Person, token: string, startNew: boolean): { conversation: Conversation; isNew: boolean } {
    const known = startNew ? undefined : this.#byPerson.get(person.sub);
    const conversation = known ?? new Conversation();
    this.#own(conversation, person, token);
    return { conversation, isNew: known === undefined };
  }

  /**
   * Assigns a guest's conversation to a person.
   *
   * @returns whether it replaced an older conversation of this person
   */
  stepUp(conversation: Conversation, person: Person, token: string, by: Participant): boolean {
    const older = this.#byPerson.get(person.sub);
    older?.dismissOthers(undefined, 'signedIn');
    conversation.dismissOthers(by, 'signedIn');
    this.#own(conversation, person, token);
    return older !== undefined;
  }

  byId(id: unknown): Conversation | undefined {
    return [...this.#byPerson.values(), ...this.#byToken.values()].find((conversation) => conversation.id === id);
  }

  forget(conversation: Conversation): void {
    for (const map of [this.#byPerson, this.#byToken]) {
      for (const [key, value] of map) if (value === conversation) map.delete(key);
    }
  }

  #own(conversation: Conversation, person: Person, token: string): void {
    conversation.person = person;
    this.#byPerson.set(person.sub, conversation);
    this.#byToken.delete(token);
    this.#authenticatedTokens.add(token);
  }
}
