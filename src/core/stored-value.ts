/** Returns what the work returns; `undefined` when it throws, as everything may that a browser can block. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** A value as it was written, of any shape, with the time of the write in epoch ms; 0 when there was none. */
export interface Timestamped {
  readonly at: number;
  readonly [name: string]: unknown;
}

/** One value under one key of a storage. */
export interface StoredValue {
  read(): Timestamped;
  /** Returns the value with its time, which is later than that of every value it replaces. */
  write<T extends object>(value: T): T & Timestamped;
  /** Takes a value that another tab sent: storage may not have it yet. */
  receive(value: unknown): void;
}

/** The part of `Storage` (HTML, "The Storage interface") that is needed; the core has no DOM. */
export interface KeyValueStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** No clock shows this time, in epoch ms. If it were accepted, every later value would count as older. */
const maxTime = 1e14;

/**
 * JSON in a storage, and in memory where storage is blocked, full or cleared; the later of the two counts. Storage may lag
 * behind a channel, because browsers keep a copy in each process. Never throws.
 */
export function createStoredValue(area: () => KeyValueStore, key: string, now: () => number): StoredValue {
  let latest: Timestamped = { at: 0 };
  const receive = (value: unknown): Timestamped => {
    const other = Object(value) as Timestamped;
    return (latest = other.at >= latest.at && other.at < maxTime ? other : latest);
  };
  const read = (): Timestamped => receive(attempt(() => JSON.parse(area().getItem(key)!) as unknown));
  return {
    read,
    write(value) {
      const written = { ...value, at: Math.max(now(), read().at + 1) };
      latest = written;
      attempt(() => area().setItem(key, JSON.stringify(written)));
      return written;
    },
    receive,
  };
}
