/** What survives a reload besides the tokens: which session it is, and whether it and the window are open. */
export class SessionStore {
  readonly #storage: Storage;
  readonly #prefix: string;

  constructor(storage: Storage, deploymentId: string) {
    this.#storage = storage;
    this.#prefix = `_${deploymentId}:`;
  }

  /** The session's token on the socket: a UUID, made up here when there is none. */
  get token(): string {
    const stored = this.#storage.getItem(`${this.#prefix}actmu`);
    if (stored) return stored;
    const token = crypto.randomUUID();
    this.#storage.setItem(`${this.#prefix}actmu`, token);
    return token;
  }

  /** There is a conversation to restore. */
  get active(): boolean {
    return this.#storage.getItem(`${this.#prefix}gcmcsessionActive`) === 'true';
  }

  set active(value: boolean) {
    this.#set('gcmcsessionActive', value);
  }

  get windowOpen(): boolean {
    return this.#storage.getItem(`${this.#prefix}gcmcopn`) === 'true';
  }

  set windowOpen(value: boolean) {
    this.#set('gcmcopn', value);
  }

  /** The token of an authenticated session is of no use to anyone else (4017): the next session gets its own. */
  forget(): void {
    this.#storage.removeItem(`${this.#prefix}actmu`);
    this.active = false;
  }

  #set(key: string, value: boolean): void {
    if (value) this.#storage.setItem(`${this.#prefix}${key}`, 'true');
    else this.#storage.removeItem(`${this.#prefix}${key}`);
  }
}
