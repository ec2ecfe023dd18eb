/** Allows `limit` calls within `perMs` milliseconds. */
export class RateLimit {
  readonly #limit: number;
  readonly #perMs: number;
  #taken: number[] = [];

  constructor(limit: number, perMs: number) {
    this.#limit = limit;
    this.#perMs = perMs;
  }

  /** @returns whether one more call is allowed */
  take(now = Date.now()): boolean {
    this.#taken = this.#taken.filter((at) => now - at < this.#perMs);
    if (this.#taken.length >= this.#limit) return false;
    this.#taken.push(now);
    return true;
  }
}

const second = 1000;
const minute = 60 * second;

/** https://developer.genesys.cloud/commdigital/digital/webmessaging/websocketapi#rate-limits */
export const rateLimits = {
  messagesOfSession: () => new RateLimit(5, second),
  configuresOfSession: () => new RateLimit(60, minute),
  historyOfSession: () => new RateLimit(10, minute),
  requestsOfConnection: () => new RateLimit(60, minute),
};
