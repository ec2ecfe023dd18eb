/** A code that the provider issued. */
export interface Code {
  readonly name: string;
  readonly person: string;
  readonly issuedAt: number;
  redeemed: boolean;
}

/** A fault of the provider in a frame; `silent` means that it never answers. */
export type ProviderFault = 'unreachable' | 'silent' | undefined;

const codeLifetimeMs = 60_000;

/** The OpenID provider, and its session in this browser. */
export class SimulatedProvider {
  fault: ProviderFault;
  /** The browser sends the provider's cookies in frames. */
  framesWork = true;
  /** The person who is signed in at the provider. */
  person: string | undefined = 'ada';
  /** The next code is one that was issued before. */
  repeatsCode = false;

  readonly #codes: Code[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws Error when nobody is signed in */
  issue(): Code {
    const { person } = this;
    if (person === undefined) throw new Error('Nobody is signed in.');
    const last = this.#codes.at(-1);
    if (this.repeatsCode && last) {
      this.repeatsCode = false;
      return last;
    }
    const code: Code = { name: `code-${this.#codes.length + 1}`, person, issuedAt: this.#now(), redeemed: false };
    this.#codes.push(code);
    return code;
  }

  /** Number of codes that were issued. */
  get issued(): number {
    return this.#codes.length;
  }

  find(name: string): Code | undefined {
    return this.#codes.find((code) => code.name === name);
  }

  accepts({ issuedAt }: Code): boolean {
    return this.#now() - issuedAt < codeLifetimeMs;
  }
}
