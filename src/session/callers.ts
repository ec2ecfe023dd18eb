import type { GcAuthError } from '../core/errors.js';
import type { TokenInfo } from '../core/token.js';

interface Settle {
  readonly resolve: (token: TokenInfo | undefined) => void;
  readonly reject: (error: GcAuthError) => void;
}

/** The page's requests that are not settled yet, by number. Each settles once; a second time has no effect. */
export class Callers {
  readonly #waiting = new Map<number, Settle>();
  #last = 0;

  add(): { readonly caller: number; readonly settled: Promise<TokenInfo | undefined> } {
    const caller = ++this.#last;
    const settled = new Promise<TokenInfo | undefined>((resolve, reject) => {
      this.#waiting.set(caller, { resolve, reject });
    });
    return { caller, settled };
  }

  resolve(caller: number, token: TokenInfo | undefined): void {
    this.#take(caller)?.resolve(token);
  }

  reject(caller: number, error: GcAuthError): void {
    this.#take(caller)?.reject(error);
  }

  rejectAll(error: GcAuthError): void {
    for (const caller of [...this.#waiting.keys()]) this.reject(caller, error);
  }

  #take(caller: number): Settle | undefined {
    const settle = this.#waiting.get(caller);
    this.#waiting.delete(caller);
    return settle;
  }
}
