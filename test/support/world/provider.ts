/** A code that the provider issued. */
export interface Code {
  readonly name: string;
  readonly person: string;
  readonly issuedAt: number;
  redeemed: boolean;
}

/** What the provider does wrong in a frame; `silent` never answers. */
export type ProviderFault = 'unreachable' | 'silent' | undefined;

const codeLifeMs = 60_000;

/** The OpenID provider, as this browser sees it. */
export class Provider {
  fault: ProviderFault;
  /** Its cookie reaches a frame. */
  frames = true;
  /** Who is signed in there. */
  person: string | undefined = 'ada';
  /** The next code is one that was given out before. */
  repeats = false;

  readonly #codes: Code[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws when nobody is signed in */
  issue(): Code {
    const { person } = this;
    if (person === undefined) throw new Error('Nobody is signed in.');
    const last = this.#codes.at(-1);
    if (this.repeats && last) {
      this.repeats = false;
      return last;
    }
    const code: Code = { name: `code-${this.#codes.length + 1}`, person, issuedAt: this.#now(), redeemed: false };
    this.#codes.push(code);
    return code;
  }

  get issued(): number {
    return this.#codes.length;
  }

  find(name: string): Code | undefined {
    return this.#codes.find((code) => code.name === name);
  }

  accepts({ issuedAt }: Code): boolean {
    return this.#now() - issuedAt < codeLifeMs;
  }
}
