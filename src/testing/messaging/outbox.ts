/** A message that the person sent and the server has not confirmed. */
export interface OutboxMessage {
  /** Chosen here; the server gives it back, which is how a repeat is told from a second message. */
  id: string;
  text: string;
  /** Epoch milliseconds. */
  time: number;
  /** The person's `sub`; absent for a guest. Nobody else's session may send it. */
  owner?: string;
}

/** Unconfirmed messages, kept over a reload of this tab. Only text: no token, no code. */
export class Outbox {
  readonly #storage: Storage | undefined;
  readonly #key: string;
  #messages: OutboxMessage[];
  /** Ids that went over the present socket; a new socket starts empty. */
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

  /** Sends what did not go over this socket yet. `send` answers whether it went. */
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

  /** The server refused to take it for now: it is to go once more. `false` when it is none of ours. */
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
