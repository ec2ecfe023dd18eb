/** A message that the person sent and the server has not confirmed yet. */
export interface OutboxMessage {
  /** Created here and returned by the server, which recognizes a repeated message by it. */
  id: string;
  text: string;
  /** Epoch milliseconds. */
  time: number;
  /** `sub` of the person; absent for a guest. Only a session of the same person may send the message. */
  owner?: string;
}

/** Unconfirmed messages. They survive a reload of this tab. */
export class Outbox {
  readonly #storage: Storage | undefined;
  readonly #key: string;
  #messages: OutboxMessage[];
  /** IDs of the messages that were sent over the current socket. */
  #sent = new Set<string>();

  constructor(storage: Storage | undefined, deploymentId: string) {
    this.#storage = storage;
    this.#key = `_${deploymentId}:outbox`;
    this.#messages = this.#restore();
  }

  get messages(): readonly OutboxMessage[] {
    return this.#messages;
  }

  add(text: string, owner?: string): OutboxMessage {
    const message: OutboxMessage = { id: crypto.randomUUID(), text, time: Date.now() };
    if (owner !== undefined) message.owner = owner;
    this.#messages.push(message);
    this.#save();
    return message;
  }

  /**
   * Sends the messages that were not sent over this socket yet, and drops those of other people.
   *
   * @param send returns whether the message was sent
   */
  flush(owner: string | undefined, send: (message: OutboxMessage) => boolean): void {
    this.#messages = this.#messages.filter((message) => message.owner === undefined || message.owner === owner);
    for (const message of this.#messages) {
      if (!this.#sent.has(message.id) && send(message)) this.#sent.add(message.id);
    }
  }

  confirm(ids: Iterable<string | undefined>): void {
    const confirmed = new Set(ids);
    if (!this.#messages.some(({ id }) => confirmed.has(id))) return;
    this.#messages = this.#messages.filter(({ id }) => !confirmed.has(id));
    this.#save();
  }

  /** Marks a message to be sent again. @returns `false` when there is no such message */
  retry(id: string | undefined): boolean {
    return id !== undefined && this.#sent.delete(id);
  }

  socketLost(): void {
    this.#sent.clear();
  }

  clear(): void {
    this.#messages = [];
    this.#sent.clear();
    this.#save();
  }

  #restore(): OutboxMessage[] {
    try {
      return JSON.parse(this.#storage?.getItem(this.#key) ?? '[]') as OutboxMessage[];
    } catch {
      return [];
    }
  }

  #save(): void {
    if (this.#messages.length === 0) this.#storage?.removeItem(this.#key);
    else this.#storage?.setItem(this.#key, JSON.stringify(this.#messages));
  }
}
