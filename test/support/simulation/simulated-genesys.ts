import type { Jwt } from '../../../src/core/messenger.js';
import { jwt } from '../fixtures.js';
import type { Code, SimulatedProvider } from './simulated-provider.js';

/** A fault of Genesys Cloud; `silent` means that it never answers. */
export type GenesysFault = 'network' | 'down' | 'silent' | undefined;

/** An error as Messenger rejects with it. */
const httpError = (status: number): Error => Object.assign(new Error('Genesys refused.'), { status });

/** Genesys Cloud, and the storage that Messenger shares among the tabs of a browser. */
export class SimulatedGenesys {
  fault: GenesysFault;
  /** An early refresh returns the same JWT. */
  sameWhileValid = true;
  /** The exchange of every code fails. */
  refusesCodes = false;
  refreshTokenValid = false;
  storedJwt: Jwt | undefined;
  expiresAt = -Infinity;
  /** The person whose conversation Messenger shows. */
  conversationOwner: string | undefined;
  /** Lifetime of a JWT in milliseconds. */
  readonly lifetime: number;

  refreshes = 0;
  exchanges = 0;
  /** How often Genesys was told of a sign-out. */
  signOuts = 0;
  /** When a refresh returned a new JWT, epoch ms. */
  readonly renewedAt: number[] = [];
  /** What happened and never should, as text. */
  readonly violations: string[] = [];

  readonly #provider: SimulatedProvider;
  readonly #now: () => number;
  #issued = 0;

  constructor(provider: SimulatedProvider, now: () => number, lifetime = 900_000) {
    this.#provider = provider;
    this.#now = now;
    this.lifetime = lifetime;
  }

  get hasValidJwt(): boolean {
    return this.expiresAt > this.#now();
  }

  /** @throws the error that Messenger rejects with */
  refresh(): Jwt {
    this.refreshes++;
    this.#throwFault();
    if (!this.storedJwt || !this.refreshTokenValid) throw httpError(401);
    if (this.sameWhileValid && this.hasValidJwt) return this.storedJwt;
    this.renewedAt.push(this.#now());
    return this.#issue(this.storedJwt.claims['sub'] as string);
  }

  /** @throws the error that Messenger publishes */
  exchange(code: Code | undefined): Jwt {
    this.exchanges++;
    if (code?.redeemed) this.violations.push(`${code.name} was given to Genesys twice`);
    if (code) code.redeemed = true;
    this.#throwFault();
    if (!code || this.refusesCodes || !this.#provider.accepts(code)) throw httpError(401);
    this.refreshTokenValid = true;
    return this.#issue(code.person);
  }

  /** @throws the error that Messenger rejects with */
  revoke(): void {
    this.#throwFault();
    this.signOuts++;
    if (!this.hasValidJwt) throw httpError(401);
    this.storedJwt = undefined;
    this.expiresAt = -Infinity;
    this.refreshTokenValid = false;
    this.conversationOwner = undefined;
  }

  #throwFault(): void {
    if (this.fault === 'network') throw new TypeError('Failed to fetch');
    if (this.fault === 'down') throw httpError(503);
  }

  #issue(person: string): Jwt {
    const now = this.#now();
    this.storedJwt = jwt(`jwt-${++this.#issued}`, this.lifetime, now, person);
    this.expiresAt = now + this.lifetime;
    this.conversationOwner ??= person;
    return this.storedJwt;
  }
}
