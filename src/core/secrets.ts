import { decodeFully } from './escapes.js';

/** From the first character to the one after the last. */
export type Range = readonly [start: number, end: number];

/** Secrets of this page's life. Copies of the bundle share one; `version` is that of this interface. */
export interface SecretRegistry {
  readonly version: 1;
  /** Values that are no text, or shorter than eight characters, are ignored: they would be found in ordinary text. */
  remember(value: unknown): void;
  /** Where the text contains a secret, or at least its first 16 characters. */
  find(text: string): Range[];
}

const minLength = 8;

/** The oldest are dropped. A sign-in has five to seven secrets. */
const capacity = 500;

/** No redacted text is longer, so no more of a secret needs to be known. */
const maxLength = 8_192;

/** A secret is found by its beginning, because servers and callers cut texts. */
const probeLength = 16;

/** The same value as it was given, and as a form encodes and decodes it. */
function spellings(value: string): string[] {
  const forms = [value, decodeFully(value)];
  const all = forms.flatMap((form) => [form, form.replace(/ /g, '+'), form.replace(/\+/g, ' ')]);
  return [...new Set(all)].filter(({ length }) => length >= minLength);
}

export function createSecretRegistry(): SecretRegistry {
  const known = new Map<string, readonly string[]>();
  return {
    version: 1,
    remember(value) {
      if (typeof value !== 'string' || value.trim().length < minLength) return;
      const secret = value.trim().slice(0, maxLength);
      const forms = known.get(secret) ?? spellings(secret);
      known.delete(secret);
      known.set(secret, forms);
      const [oldest] = known.keys();
      if (known.size > capacity && oldest !== undefined) known.delete(oldest);
    },
    find(text) {
      const found: Range[] = [];
      for (const forms of known.values()) {
        for (const secret of forms) {
          const probe = secret.slice(0, probeLength);
          for (let at = text.indexOf(probe); at >= 0;) {
            let length = probe.length;
            while (length < secret.length && text[at + length] === secret[length]) length++;
            found.push([at, at + length]);
            at = text.indexOf(probe, at + length);
          }
        }
      }
      return found;
    },
  };
}

const own = createSecretRegistry();
const registries: SecretRegistry[] = [own];

/** The registry of this copy of the bundle, for other copies to join. */
export const ownSecrets = (): SecretRegistry => own;

/** Shares the secrets of another copy of the bundle on this page. */
export function joinSecrets(other: SecretRegistry): void {
  if (!registries.includes(other)) registries.push(other);
}

/** Remembers a code, token, verifier, nonce or state in memory, so that `redact()` removes it wherever it occurs. */
export function rememberSecret(...values: readonly unknown[]): void {
  for (const registry of registries) {
    for (const value of values) quietly(() => registry.remember(value));
  }
}

export const findSecrets = (text: string): Range[] =>
  registries.flatMap((registry) => quietly(() => registry.find(text)) ?? []);

/** The registry of another copy is foreign code. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
