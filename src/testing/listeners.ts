/** Who inside the stand-in wants to hear of a change, at once and in order; pages hear of it over the bus. */
export class Listeners<T = void> {
  readonly #listeners = new Set<(value: T) => void>();

  add(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
