import type { MemoryPort, Try } from '../session/ports.js';
import { attempt, createStored } from './stored.js';

/** For how long a provider that refuses frames is believed to do so, in milliseconds: a week. */
const lessonMs = 604_800_000;

/** Tries that are older, in milliseconds, do not make a loop. */
const triesMs = 3_600_000;

const capacity = 50;

/** Whose memory it is: what one provider does, what this tab does with one deployment. */
export interface MemoryScope {
  readonly authority: string;
  readonly deploymentId: string;
}

/**
 * What outlives this page, in its storages, and what outlives nothing where they are blocked. Times are those of the wall
 * clock, which other pages share.
 */
export function createMemoryPort(
  win: Window,
  { authority, deploymentId }: MemoryScope,
  now: () => number = () => Date.now(),
): MemoryPort {
  const local = (): Storage => win.localStorage;
  // A tab's own, which survives reloads and the way to the provider and back.
  const session = (): Storage => win.sessionStorage;
  const lesson = createStored(local, `gc-auth-messenger:frames:${authority}`, now);
  const history = createStored(session, `gc-auth-messenger:tries:${deploymentId}`, now);
  // A clock that was set back must keep nothing for ever.
  const within = (at: number, ms: number): boolean => Math.abs(now() - at) < ms;
  let works: boolean | undefined;

  const framesUseless = (): boolean => {
    const { at, useless } = lesson.read();
    return useless === browserOf(win) && within(at, lessonMs);
  };

  return {
    get works() {
      return (works ??= [local, session].every(isWritable));
    },
    framesUseless,
    learnFrames(useless) {
      if (useless || framesUseless()) lesson.write({ useless: useless && browserOf(win) });
    },
    tries() {
      const { tries } = history.read();
      return Array.isArray(tries) ? tries.filter(isTry).filter(([, at]) => within(at, triesMs)) : [];
    },
    keepTries: (tries) => void history.write({ tries: tries.slice(-capacity) }),
  };
}

/** Names and major versions: `Mozilla/5,AppleWebKit/537,Chrome/156,Safari/537`. */
const browserOf = ({ navigator }: Window): string => String(navigator.userAgent.match(/\w+\/\d+/g));

const isTry = (value: unknown): value is Try =>
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
