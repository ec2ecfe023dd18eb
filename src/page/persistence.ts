import type { PersistencePort, LoopEntry } from '../session/ports.js';
import { attempt, createStoredValue } from '../core/stored-value.js';

/** For how long a provider that refuses frames is believed to do so, in milliseconds: a week. */
const lessonMs = 604_800_000;

/** Tries that are older, in milliseconds, do not make a loop. */
const triesMs = 3_600_000;

const capacity = 50;

/** Whose memory it is: what one provider does, what this tab does with one deployment. */
export interface PersistenceScope {
  readonly authority: string;
  readonly deploymentId: string;
}

/**
 * What outlives this page, in its storages, and what outlives nothing where they are blocked. Times are those of the wall
 * clock, which other pages share.
 */
export function createPersistencePort(
  win: Window,
  { authority, deploymentId }: PersistenceScope,
  now: () => number = () => Date.now(),
): PersistencePort {
  const local = (): Storage => win.localStorage;
  // A tab's own, which survives reloads and the way to the provider and back.
  const session = (): Storage => win.sessionStorage;
  const lesson = createStoredValue(local, `gc-auth-messenger:frames:${authority}`, now);
  const history = createStoredValue(session, `gc-auth-messenger:tries:${deploymentId}`, now);
  // A clock that was set back must keep nothing for ever.
  const within = (at: number, ms: number): boolean => Math.abs(now() - at) < ms;
  let works: boolean | undefined;

  const framesUnusable = (): boolean => {
    const { at, useless } = lesson.read();
    return useless === browserOf(win) && within(at, lessonMs);
  };

  return {
    get available() {
      return (works ??= [local, session].every(isWritable));
    },
    framesUnusable,
    rememberFrames(useless) {
      if (useless || framesUnusable()) lesson.write({ useless: useless && browserOf(win) });
    },
    loopEntries() {
      const { loopEntries } = history.read();
      return Array.isArray(loopEntries) ? loopEntries.filter(isLoopEntry).filter(([, at]) => within(at, triesMs)) : [];
    },
    saveLoopEntries: (loopEntries) => void history.write({ loopEntries: loopEntries.slice(-capacity) }),
  };
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
