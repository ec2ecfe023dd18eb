/** One event in the stand-in. Never contains a code, a token or a verifier. */
export interface JournalEntry {
  /** Epoch milliseconds. */
  at: number;
  plugin: string;
  event?: string;
  command?: string;
  /** `published`, `called`, `resolved`, `rejected`, `double-settle`, an HTTP status, … */
  outcome: string;
}

export type JournalRecord = Omit<JournalEntry, 'at'>;

/** The journal drops its oldest entries beyond this number. */
const maxEntries = 2_000;

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

/** A copy for the console without secrets. An error code under `code` is redacted too: it has the same key. */
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

/** Records what happens in the stand-in, and writes the console output of the snippet's `debug`. */
export class Journal {
  readonly entries: JournalEntry[] = [];
  readonly #debug: boolean;

  constructor(debug: boolean) {
    this.#debug = debug;
  }

  record(entry: JournalRecord): void {
    this.entries.push({ at: Date.now(), ...entry });
    if (this.entries.length > maxEntries) this.entries.splice(0, this.entries.length - maxEntries);
  }

  debug(line: string, data?: unknown): void {
    if (this.#debug) console.debug(`[CXBus] ${line}`, ...(data === undefined ? [] : [redact(data)]));
  }

  warn(line: string): void {
    console.warn(`Genesys Messenger stand-in: ${line}`);
  }
}
