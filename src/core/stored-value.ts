/** The result of `work`; undefined when it throws, as access to storage does where the browser blocks it. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** A stored value with unverified members, and when it was written, epoch ms; 0 when nothing was. */
export interface Timestamped {
  readonly at: number;
  readonly [name: string]: unknown;
}

/** One value under one key of a storage. No method throws. */
export interface Stored {
  read(): Timestamped;
  /** Writes a value and returns it with its time, which is later than that of the value it replaces. */
  write<T extends object>(value: T): T & Timestamped;
  /** Accepts a value that another tab sent, possibly before the storage of this process contains it. */
  receive(value: unknown): void;
}

/**
 * The members of `Storage` that this needs; `core` has no DOM.
 * @see https://html.spec.whatwg.org/multipage/webstorage.html#the-storage-interface
 */
export interface KeyValueStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** Later times, epoch ms, are corrupt. They would outrank every later value. */
const maxTime = 1e14;

/**
 * Keeps a value as JSON in a storage, and in memory in case the storage is blocked, full or cleared. The later of the
 * two counts: a storage may lag behind a `BroadcastChannel`, because browsers keep a copy of it in each process.
 */
export function createStored(area: () => KeyValueStore, key: string, now: () => number): Stored {
  let memory: Timestamped = { at: 0 };
  const keepNewer = (value: unknown): Timestamped => {
    const other = Object(value) as Timestamped;
    return (memory = other.at >= memory.at && other.at < maxTime ? other : memory);
  };
  const read = (): Timestamped => keepNewer(attempt(() => JSON.parse(area().getItem(key)!) as unknown));
  return {
    read,
    write(value) {
      const written = { ...value, at: Math.max(now(), read().at + 1) };
      memory = written;
      attempt(() => area().setItem(key, JSON.stringify(written)));
      return written;
    },
    receive: keepNewer,
  };
}
