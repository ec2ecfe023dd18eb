import type { JwtClaims } from './jwt.js';
import { readClaims } from './jwt.js';

export interface Tokens {
  jwt: string;
  refreshToken?: string;
}

/** Messenger's tokens in local storage. Every use reads the storage again: all tabs of the origin share it. */
export class TokenStore {
  readonly #storage: Storage;
  readonly #jwtKey: string;
  readonly #refreshTokenKey: string;

  constructor(storage: Storage, deploymentId: string) {
    this.#storage = storage;
    this.#jwtKey = `_${deploymentId}:gcatkn`;
    this.#refreshTokenKey = `_${deploymentId}:gcartkn`;
  }

  get jwt(): string | undefined {
    return this.#storage.getItem(this.#jwtKey) ?? undefined;
  }

  get refreshToken(): string | undefined {
    return this.#storage.getItem(this.#refreshTokenKey) ?? undefined;
  }

  get claims(): JwtClaims | undefined {
    return readClaims(this.jwt);
  }

  get tokens(): Tokens | undefined {
    const { jwt, refreshToken } = this;
    if (jwt === undefined) return undefined;
    return refreshToken === undefined ? { jwt } : { jwt, refreshToken };
  }

  /** Removes an earlier refresh token when there is no new one: it belongs to an earlier session. */
  replace(tokens: Tokens): void {
    this.#storage.setItem(this.#jwtKey, tokens.jwt);
    if (tokens.refreshToken === undefined) this.#storage.removeItem(this.#refreshTokenKey);
    else this.#storage.setItem(this.#refreshTokenKey, tokens.refreshToken);
  }

  /** A refresh returns a new JWT only. The refresh token stays the same. */
  replaceJwt(jwt: string): void {
    this.#storage.setItem(this.#jwtKey, jwt);
  }

  clear(): void {
    this.#storage.removeItem(this.#jwtKey);
    this.#storage.removeItem(this.#refreshTokenKey);
  }
}
