import { attempt, createStoredValue } from '../core/stored-value.js';
import type { LoopEntry, PersistencePort, ResponseModeMemory } from '../session/ports.js';

/** How long it is remembered what does not work with a provider, in milliseconds: a week. */
const providerMaxAgeMs = 604_800_000;

/** How long it counts that a silent redirect has found nobody, in milliseconds: 15 minutes. */
const nobodyMaxAgeMs = 900_000;

/** Maximum age of loop breaker entries, in milliseconds: an hour. Older ones do not make a loop. */
const entriesMaxAgeMs = 3_600_000;

const maxEntries = 50;

const framesPrefix = 'gc-auth-messenger:frames:';
const fragmentPrefix = 'gc-auth-messenger:fragment:';
const silentRedirectPrefix = 'gc-auth-messenger:silent-redirect:';
const loopPrefix = 'gc-auth-messenger:loop:';

/** Frames and response mode are remembered per provider, loop entries per deployment and tab. */
export interface PersistenceScope {
  readonly authority: string;
  readonly deploymentId: string;
}

/**
 * The storages of this page; memory where they are blocked. `now` is the wall clock, in epoch ms, because other pages read
 * these times too.
 */
export function createPersistencePort(
  win: Window,
  { authority, deploymentId }: PersistenceScope,
  now: () => number = () => Date.now(),
): PersistencePort & ResponseModeMemory {
  const local = (): Storage => win.localStorage;
  // Belongs to one tab, and survives reloads and redirects.
  const session = (): Storage => win.sessionStorage;
  const frames = createStoredValue(local, framesPrefix + authority, now);
  const fragment = createStoredValue(local, fragmentPrefix + authority, now);
  // In this tab that the page was left; on this site that nobody was found.
  const left = createStoredValue(session, silentRedirectPrefix + authority, now);
  const nobody = createStoredValue(local, silentRedirectPrefix + authority, now);
  const loop = createStoredValue(session, loopPrefix + deploymentId, now);
  // Times in the future count as old beyond the same limit: after the clock was set back, nothing may stay for ever.
  const isRecent = (at: number, maxAgeMs: number): boolean => Math.abs(now() - at) < maxAgeMs;
  const recentEntries = ({ entries }: Stored): LoopEntry[] =>
    Array.isArray(entries) ? entries.filter(isLoopEntry).filter(([, at]) => isRecent(at, entriesMaxAgeMs)) : [];
  // Those of other providers and deployments as well, which nobody reads any more.
  for (const prefix of [framesPrefix, fragmentPrefix, silentRedirectPrefix]) {
    purge(local, prefix, ({ at }) => isRecent(Number(at), providerMaxAgeMs));
  }
  purge(session, loopPrefix, (stored) => recentEntries(stored).length > 0);
  let writable: boolean | undefined;

  const framesUnusable = (): boolean => {
    const { at, unusableIn } = frames.read();
    return unusableIn === browserOf(win) && isRecent(at, providerMaxAgeMs);
  };

  const isNobodySignedIn = (): boolean => {
    const { at, nobody: found } = nobody.read();
    return found === true && isRecent(at, nobodyMaxAgeMs);
  };

  return {
    get available() {
      return (writable ??= [local, session].every(isWritable));
    },
    framesUnusable,
    rememberFrames(unusable) {
      if (unusable || framesUnusable()) frames.write({ unusableIn: unusable && browserOf(win) });
    },
    mayRedirectSilently: () => left.read()['left'] !== true && !isNobodySignedIn(),
    rememberRedirect(outcome) {
      if (outcome === 'left') left.write({ left: true });
      if (outcome === 'nobody') nobody.write({ nobody: true });
      if (outcome === 'signed-in' && left.read()['left'] === true) left.write({});
      if (outcome === 'signed-in' && isNobodySignedIn()) nobody.write({});
    },
    get fragmentRefused() {
      const { at, refused } = fragment.read();
      return refused === true && isRecent(at, providerMaxAgeMs);
    },
    set fragmentRefused(refused) {
      if (refused) fragment.write({ refused });
    },
    loopEntries: () => recentEntries(loop.read()),
    saveLoopEntries: (entries) => void loop.write({ entries: entries.slice(-maxEntries) }),
  };
}

/** What may lie in a storage: other scripts write there too. */
type Stored = Readonly<Record<string, unknown>>;

/** Removes what no longer counts, or cannot be read. */
function purge(area: () => Storage, prefix: string, counts: (stored: Stored) => boolean): void {
  attempt(() => {
    const storage = area();
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
    for (const key of keys.filter((one) => one.startsWith(prefix))) {
      if (!attempt(() => counts(JSON.parse(storage.getItem(key) ?? '') as Stored))) storage.removeItem(key);
    }
  });
}

/** Names and major versions: `Mozilla/5,AppleWebKit/537,Chrome/156,Safari/537`. */
const browserOf = ({ navigator }: Window): string => String(navigator.userAgent.match(/\w+\/\d+/g));

const isLoopEntry = (value: unknown): value is LoopEntry =>
  Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number';

const isWritable = (area: () => Storage): boolean =>
  Boolean(
    attempt(() => {
      const key = 'gc-auth-messenger:probe';
      area().setItem(key, key);
      area().removeItem(key);
      return true;
    }),
  );
