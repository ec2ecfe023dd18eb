/**
 * Runs the page's callbacks asynchronously, each in its own task and in order. One timer per callback does not keep the
 * order: browsers delay nested timers by 4 ms, so a later callback can run first.
 *
 * https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers
 */
export class CallbackQueue {
  readonly #callbacks: (() => void)[] = [];

  add(callback: () => void): void {
    this.#callbacks.push(callback);
    setTimeout(() => this.#callbacks.shift()?.());
  }
}
