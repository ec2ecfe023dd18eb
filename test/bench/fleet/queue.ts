/** What is due, soonest first: a binary heap. Entries of the same time come out in any order. */
export class DueQueue<T> {
  readonly #at: number[] = [];
  readonly #what: T[] = [];

  get size(): number {
    return this.#at.length;
  }

  add(at: number, what: T): void {
    let index = this.#at.push(at) - 1;
    this.#what.push(what);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.#at[parent]! <= at) break;
      this.#swap(index, parent);
      index = parent;
    }
  }

  /** The soonest; undefined when nothing is due. */
  take(): readonly [at: number, what: T] | undefined {
    const [at] = this.#at;
    const [what] = this.#what;
    const lastAt = this.#at.pop();
    const last = this.#what.pop();
    if (at === undefined || lastAt === undefined) return undefined;
    if (this.#at.length) {
      this.#at[0] = lastAt;
      this.#what[0] = last as T;
      this.#sink();
    }
    return [at, what as T];
  }

  #sink(): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      let least = index;
      for (const child of [left, left + 1])
        if (child < this.#at.length && this.#at[child]! < this.#at[least]!) least = child;
      if (least === index) return;
      this.#swap(index, least);
      index = least;
    }
  }

  #swap(one: number, other: number): void {
    [this.#at[one], this.#at[other]] = [this.#at[other]!, this.#at[one]!];
    [this.#what[one], this.#what[other]] = [this.#what[other] as T, this.#what[one] as T];
  }
}
