/** One thing that happened in the stand-in. Never holds a code, a token or a verifier. */
export interface JournalEntry {
  /** Epoch milliseconds. */
  at: number;
  plugin: string;
  event?: string;
  command?: string;
  /** `published`, `called`, `resolved`, `rejected`, `double-settle`, an HTTP status … */
  outcome: string;
}

export type JournalRecord = Omit<JournalEntry, 'at'>;

const longest = 2_000;

const secretKeys = new Set([
  'accesstoken',
  'authcode',
  'authorization',
  'code',
  'codeverifier',
  'idtoken',
  'jwt',
  'nonce',
  'refreshtoken',
  'token',
]);

/** A copy for the console in which every secret is replaced; error codes (numbers, words) under `code` go too. */
export function redact(value: unknown): unknown {
  const seen = new WeakSet<object>();
  const copy = (item: unknown): unknown => {
    if (typeof item !== 'object' || item === null) return typeof item === 'function' ? '[function]' : item;
    if (seen.has(item)) return '[repeated]';
    seen.add(item);
    if (item instanceof Error) return item.name;
    if (Array.isArray(item)) return item.map(copy);
    return Object.fromEntries(
      Object.entries(item).map(([key, inner]) => [
        key,
        secretKeys.has(key.toLowerCase()) && inner !== undefined ? '[redacted]' : copy(inner),
      ]),
    );
  };
  return copy(value);
}

/** The stand-in's memory of what happened, and the console lines of the snippet's `debug`. */
export class Journal {
  readonly entries: JournalEntry[] = [];
  readonly #debug: boolean;

  constructor(debug: boolean) {
    this.#debug = debug;
  }

  record(entry: JournalRecord): void {
    this.entries.push({ at: Date.now(), ...entry });
    if (this.entries.length > longest) this.entries.splice(0, this.entries.length - longest);
  }

  debug(line: string, data?: unknown): void {
    if (this.#debug) console.debug(`[CXBus] ${line}`, ...(data === undefined ? [] : [redact(data)]));
  }

  warn(line: string): void {
    console.warn(`Genesys Messenger stand-in: ${line}`);
  }
}
