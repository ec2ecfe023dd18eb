/** The session token, and whether the session and the window are open; survives a reload. */
export class SessionStore {
  readonly #storage: Storage;
  readonly #prefix: string;

  constructor(storage: Storage, deploymentId: string) {
    this.#storage = storage;
    this.#prefix = `_${deploymentId}:`;
  }

  /** Identifies the session on the socket; a UUID, created on the first use. */
  get token(): string {
    const stored = this.#storage.getItem(`${this.#prefix}actmu`);
    if (stored) return stored;
    const token = crypto.randomUUID();
    this.#storage.setItem(`${this.#prefix}actmu`, token);
    return token;
  }

  /** Whether there is a conversation to restore. */
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

  /** The next session gets a new token: the server refuses that of an authenticated session to anyone else (4017). */
  forget(): void {
    this.#storage.removeItem(`${this.#prefix}actmu`);
    this.active = false;
  }

  #set(key: string, value: boolean): void {
    if (value) this.#storage.setItem(`${this.#prefix}${key}`, 'true');
    else this.#storage.removeItem(`${this.#prefix}${key}`);
  }
}
