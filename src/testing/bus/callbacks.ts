/**
 * Runs callbacks of pages in tasks of their own, in the order they were due. Plain timers would not
 * do: browsers hold back nested ones by 4 ms, and a later callback could overtake.
 *
 * https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers
 */
export class Callbacks {
  readonly #due: (() => void)[] = [];

  add(callback: () => void): void {
    this.#due.push(callback);
    setTimeout(() => this.#due.shift()?.());
  }
}
