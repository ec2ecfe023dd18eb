import { asyncScheduler, Observable } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { attempt, createStored } from '../core/stored-value.js';
import type { TabsPort } from '../session/ports.js';
import { isTabMessage, recordIn } from './record-message.js';
import type { Note } from './record-message.js';
import { renewalLock } from './renewal-lock.js';

/**
 * The tabs of this origin with the same deployment, which is the scope. What they know together lies in local storage,
 * with the latest news in it, so that a `storage` event tells it too; a channel brings the same to tabs whose storage is
 * blocked or full.
 */
export function createTabsPort(win: Window, scope: string, scheduler: SchedulerLike = asyncScheduler): TabsPort {
  const name = `gc-auth-messenger:${scope}`;
  const stored = createStored(
    () => win.localStorage,
    name,
    () => Date.now(),
  );
  const me = Math.random();

  // Refused in opaque origins and where site data is blocked.
  const openChannel = (): BroadcastChannel | undefined =>
    attempt(() => new (win as Window & typeof globalThis).BroadcastChannel(name));

  return {
    messages$: new Observable((subscriber) => {
      // Up to where each tab was heard: all news come by two ways. What this tab tells is no news here.
      const heard = new Map<number, number>([[me, Infinity]]);
      const hear = (value: unknown): void => {
        const { message, by, at } = Object(value) as Note;
        if (!isTabMessage(message) || !(at > (heard.get(by) ?? 0))) return;
        heard.set(by, at);
        stored.hear(value);
        subscriber.next(message);
      };

      let channel: BroadcastChannel | undefined;
      const close = (): void => {
        channel?.close();
        channel = undefined;
      };
      const open = (): void => {
        close();
        channel = openChannel();
        if (channel) channel.onmessage = ({ data }) => hear(data);
      };
      open();
      subscriber.add(close);

      const listening = new AbortController();
      const { signal } = listening;
      const hearStored = ({ key, newValue }: StorageEvent): void => {
        if (key === name) hear(attempt(() => JSON.parse(newValue!) as unknown));
      };
      win.addEventListener('storage', hearStored, { signal });
      // A page in the back/forward cache is thrown out when a message comes for it (https://web.dev/articles/bfcache).
      win.addEventListener('pagehide', close, { signal });
      win.addEventListener('pageshow', open, { signal });
      return () => listening.abort();
    }),
    read: () => recordIn(stored.read()),
    write(record, message) {
      const note: Note = stored.write({ ...recordIn(record), message, by: me });
      if (!message) return;
      const channel = openChannel();
      channel?.postMessage(note);
      channel?.close();
    },
    renewalLock: () => renewalLock(win, name, scheduler),
  };
}
