/** Synchronous change notifications between parts of the stand-in, in subscription order. Pages use the bus. */
export class Listeners<T = void> {
  readonly #listeners = new Set<(value: T) => void>();

  /** @returns removes the listener */
  add(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
