/** What one load of both servers was like, in calls per second. */
export interface Load {
  readonly mean: number;
  readonly peak: number;
}

/** Calls per second of a fleet at Genesys and the provider together. */
export class Meter {
  readonly #perSecond: Uint32Array;

  constructor(seconds: number) {
    this.#perSecond = new Uint32Array(seconds);
  }

  count(atMs: number): void {
    const second = Math.floor(atMs / 1000);
    if (second < this.#perSecond.length) this.#perSecond[second]!++;
  }

  /** From one second to another, the latter not included. */
  between(from: number, to: number): Load {
    const calls = this.#perSecond.subarray(from, to);
    const sum = calls.reduce((total, one) => total + one, 0);
    return { mean: Math.round(sum / calls.length), peak: calls.reduce((most, one) => Math.max(most, one), 0) };
  }
}
