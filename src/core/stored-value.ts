/** What the work returns; `undefined` when it throws, as everything may that a browser can block. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** What was written, of any shape; `at` is 0 when nothing was. */
export interface Aged {
  readonly at: number;
  readonly [name: string]: unknown;
}

/** One value under one key of a storage. */
export interface Stored {
  read(): Aged;
  /** Returns what was written, with its time, which is later than that of all it replaces. */
  write<T extends object>(value: T): T & Aged;
  /** Heard from elsewhere, maybe before the storage knows. */
  hear(value: unknown): void;
}

/** The part of `Storage` (HTML, "The Storage interface") that is needed; the core has no DOM. */
export interface KeyValueStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** No clock says so, in epoch ms; such a time would make everything after it old. */
const never = 1e14;

/**
 * JSON in a storage, and in memory where that is blocked, full or cleared; the later of the two counts. Storage may lag
 * behind a channel, because browsers keep a copy in each process. Never throws.
 */
export function createStored(area: () => KeyValueStore, key: string, now: () => number): Stored {
  let memory: Aged = { at: 0 };
  const hear = (value: unknown): Aged => {
    const other = Object(value) as Aged;
    return (memory = other.at >= memory.at && other.at < never ? other : memory);
  };
  const read = (): Aged => hear(attempt(() => JSON.parse(area().getItem(key)!) as unknown));
  return {
    read,
    write(value) {
      const written = { ...value, at: Math.max(now(), read().at + 1) };
      memory = written;
      attempt(() => area().setItem(key, JSON.stringify(written)));
      return written;
    },
    hear,
  };
}
