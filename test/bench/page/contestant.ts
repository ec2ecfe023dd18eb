/** Where a contestant asks, and as whom. */
export interface Setup {
  /** Issuer. */
  readonly authority: string;
  readonly clientId: string;
}

/** One way to a code without anyone noticing. */
export interface Contestant {
  /** What a page would do while nobody waits. */
  prepare?(): Promise<unknown>;
  /** Settles when whoever asked knows the outcome; rejects, or gives `false`, when there is no code. */
  ask(): Promise<unknown>;
}

/** What one ask came to. */
export interface Asked {
  /** From asking to the code, or to the refusal. */
  readonly ms: number;
  readonly outcome: 'code' | 'refused' | 'unknown';
  /** Why there is no code, in the contestant's words. */
  readonly reason?: string;
}

/** What the page offers to who drives it. */
export interface Bench {
  prepare(name: string, setup: Setup): Promise<void>;
  /** Makes the contestant if need be. `unknown` when nothing is known after `capMs`. */
  ask(name: string, setup: Setup, capMs?: number): Promise<Asked>;
}

export const endpoints = (authority: string) => ({
  issuer: authority,
  authorization_endpoint: `${authority}/authorize`,
  token_endpoint: `${authority}/oauth/token`,
  jwks_uri: `${authority}/jwks`,
});

export const page = (name: string): string => `${location.origin}/${name}`;
