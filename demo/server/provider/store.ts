import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  payload: AdapterPayload;
  expiresAt: number;
}

/** The state of one provider. In place of the library's store, which cannot end the sessions of an account. */
export class Store {
  readonly #entries = new Map<string, Entry>();
  readonly #codeSeconds: (() => number) | undefined;

  /** @param codeSeconds Lifetime of an authorization code, also 0: oidc-provider takes whole seconds from 1 only. */
  constructor(codeSeconds?: () => number) {
    this.#codeSeconds = codeSeconds;
  }

  readonly adapter = (model: string): Adapter => ({
    upsert: async (id, payload, expiresInSeconds = Infinity) => {
      this.#dropExpired();
      const seconds = model === 'AuthorizationCode' ? (this.#codeSeconds?.() ?? expiresInSeconds) : expiresInSeconds;
      this.#entries.set(keyOf(model, id), { payload, expiresAt: Date.now() + seconds * 1000 });
    },
    find: async (id) => this.#find(keyOf(model, id)),
    findByUid: async (uid) => this.#findWhere(model, (payload) => payload.uid === uid),
    findByUserCode: async (userCode) => this.#findWhere(model, (payload) => payload.userCode === userCode),
    consume: async (id) => {
      const payload = this.#find(keyOf(model, id));
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => {
      this.#entries.delete(keyOf(model, id));
    },
    revokeByGrantId: async (grantId) => {
      this.#deleteWhere(model, (payload) => payload.grantId === grantId);
    },
  });

  /** Whether this provider issued the authorization code. Does not use the code. */
  issuedCode(code: string): boolean {
    return this.#find(keyOf('AuthorizationCode', code)) !== undefined;
  }

  /** Ends the sessions of one account, or all. @returns how many */
  endSessions(accountId?: string): number {
    return this.#deleteWhere(
      'Session',
      (payload) => payload.accountId !== undefined && (accountId === undefined || payload.accountId === accountId),
    );
  }

  #find(key: string): AdapterPayload | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
  }

  #findWhere(model: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, { payload }] of this.#entries) {
      if (key.startsWith(keyOf(model, '')) && matches(payload)) return this.#find(key);
    }
    return undefined;
  }

  #deleteWhere(model: string, matches: (payload: AdapterPayload) => boolean): number {
    let deleted = 0;
    for (const [key, { payload }] of this.#entries) {
      if (!key.startsWith(keyOf(model, '')) || !matches(payload)) continue;
      this.#entries.delete(key);
      deleted++;
    }
    return deleted;
  }

  #dropExpired(): void {
    const now = Date.now();
    for (const [key, { expiresAt }] of this.#entries) if (expiresAt <= now) this.#entries.delete(key);
  }
}

function keyOf(model: string, id: string): string {
  return `${model}:${id}`;
}
