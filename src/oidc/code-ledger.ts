import { abortable } from '../async/abortable.js';
import type { LedgerPort } from '../session/ports.js';

/** Key in local storage, and name of the lock around it. */
const name = 'gc-auth-messenger:spent';

/** No provider's code lives longer, in milliseconds. */
const ageLimitMs = 86_400_000;

const capacity = 200;

/** Hash of what was spent, and when, in epoch milliseconds; newest first. */
type Entries = ReadonlyArray<readonly [string, number]>;

/**
 * Hashes of what was handed out, in local storage. The memory of this window keeps its own record, so a storage that
 * is blocked, full or cleared narrows the ledger to this window and breaks nothing.
 */
export function createCodeLedger(win: Window, now: () => number = () => Date.now()): LedgerPort {
  const memory = new Set<string>();
  purge(win, now());

  const spendHere = (key: string): boolean => !memory.has(key) && Boolean(memory.add(key));

  const spendEverywhere = (key: string): boolean => {
    const at = now();
    const young = read(win).filter(([, then]) => Math.abs(at - then) < ageLimitMs);
    const known = young.some(([other]) => other === key);
    if (!known) write(win, [[key, at] as const, ...young].slice(0, capacity));
    return spendHere(key) && !known;
  };

  return {
    markUsed: (value) =>
      abortable(async () => {
        const hash = await fingerprint(value, win);
        // Without a hash nothing may be stored, and outside secure contexts there is no lock either.
        return hash === undefined ? spendHere(value) : exclusively(win, () => spendEverywhere(hash));
      }),
  };
}

/** 128 bits of SHA-256; `undefined` outside secure contexts. */
async function fingerprint(value: string, win: Window): Promise<string | undefined> {
  if (!win.isSecureContext) return undefined;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(value));
  return Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The lock is held for one synchronous call, so the wait for it is short; a browser that refuses it is no reason to fail. */
async function exclusively(win: Window, work: () => boolean): Promise<boolean> {
  let done: boolean | undefined;
  try {
    await win.navigator.locks.request(name, () => (done = work()));
  } catch {
    // Storage and locks are refused together, in opaque origins and where site data is blocked.
  }
  return done ?? work();
}

function read(win: Window): Entries {
  try {
    const stored: unknown = JSON.parse(win.localStorage.getItem(name) ?? '[]');
    return [...new Map(stored as Entries)].filter(([, at]) => typeof at === 'number');
  } catch {
    return [];
  }
}

/** Removes the ledger when no entry counts any more. A younger one stays until the next write, which leaves out the old. */
function purge(win: Window, at: number): void {
  const entries = read(win);
  if (entries.length === 0 || entries.some(([, then]) => Math.abs(at - then) < ageLimitMs)) return;
  try {
    win.localStorage.removeItem(name);
  } catch {
    // Blocked: nothing else can be done.
  }
}

function write(win: Window, entries: Entries): void {
  try {
    win.localStorage.setItem(name, JSON.stringify(entries));
  } catch {
    // Blocked or full: the memory knows.
  }
}
