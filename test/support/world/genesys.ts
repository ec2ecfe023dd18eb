import type { Jwt } from '../../../src/core/messenger.js';
import { jwt } from '../fixtures.js';
import type { Code, Provider } from './provider.js';

/** What Genesys Cloud does wrong; `silent` never answers. */
export type GenesysFault = 'network' | 'down' | 'silent' | undefined;

/** As Messenger rejects with it. */
const failure = (status: number): Error => Object.assign(new Error('Genesys refused.'), { status });

/** Genesys Cloud and the storage that Messenger shares among the tabs of one browser. */
export class Genesys {
  fault: GenesysFault;
  /** Answers a refresh of a JWT that is still valid with the same one. */
  sameWhileValid = true;
  /** Refuses every code. */
  refusesCodes = false;
  /** The refresh token is alive. */
  refreshable = false;
  stored: Jwt | undefined;
  expiresAt = -Infinity;
  /** Whose conversation Messenger keeps. */
  owner: string | undefined;
  readonly life: number;

  refreshes = 0;
  exchanges = 0;
  /** Times at which a new JWT came of a refresh, epoch ms. */
  readonly renewedAt: number[] = [];
  /** What must never happen, in words. */
  readonly wrongs: string[] = [];

  readonly #provider: Provider;
  readonly #now: () => number;
  #issued = 0;

  constructor(provider: Provider, now: () => number, life = 900_000) {
    this.#provider = provider;
    this.#now = now;
    this.life = life;
  }

  get live(): boolean {
    return this.expiresAt > this.#now();
  }

  /** @throws what Messenger would reject with */
  refresh(): Jwt {
    this.refreshes++;
    this.#mayFail();
    if (!this.stored || !this.refreshable) throw failure(401);
    if (this.sameWhileValid && this.live) return this.stored;
    this.renewedAt.push(this.#now());
    return this.#issue(this.stored.claims['sub'] as string);
  }

  /** @throws what Messenger would publish as an error */
  exchange(code: Code | undefined): Jwt {
    this.exchanges++;
    if (code?.redeemed) this.wrongs.push(`${code.name} was given to Genesys twice`);
    if (code) code.redeemed = true;
    this.#mayFail();
    if (!code || this.refusesCodes || !this.#provider.accepts(code)) throw failure(401);
    this.refreshable = true;
    return this.#issue(code.person);
  }

  /** @throws what Messenger would reject with */
  revoke(): void {
    this.#mayFail();
    if (!this.live) throw failure(401);
    this.stored = undefined;
    this.expiresAt = -Infinity;
    this.refreshable = false;
    this.owner = undefined;
  }

  #mayFail(): void {
    if (this.fault === 'network') throw new TypeError('Failed to fetch');
    if (this.fault === 'down') throw failure(503);
  }

  #issue(person: string): Jwt {
    const now = this.#now();
    this.stored = jwt(`jwt-${++this.#issued}`, this.life, now, person);
    this.expiresAt = now + this.life;
    this.owner ??= person;
    return this.stored;
  }
}
