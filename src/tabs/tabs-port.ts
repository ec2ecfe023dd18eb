import { Observable } from 'rxjs';
import { timers } from '../async/timers.js';
import { attempt, createStored } from '../page/stored.js';
import type { Scheduler, TabsPort } from '../session/ports.js';
import { isNews, recordIn } from './note.js';
import type { Note } from './note.js';
import { turn } from './turn.js';

/**
 * The tabs of this origin with the same deployment, which is the scope. What they know together lies in local storage,
 * with the latest news in it, so that a `storage` event tells it too; a channel brings the same to tabs whose storage is
 * blocked or full.
 */
export function createTabsPort(win: Window, scope: string, scheduler: Scheduler = timers): TabsPort {
  const name = `gc-auth-messenger:${scope}`;
  const stored = createStored(() => win.localStorage, name);
  const me = Math.random();

  // Refused in opaque origins and where site data is blocked.
  const openChannel = (): BroadcastChannel | undefined =>
    attempt(() => new (win as Window & typeof globalThis).BroadcastChannel(name));

  return {
    news$: new Observable((subscriber) => {
      // Up to where each tab was heard: all news come by two ways. What this tab tells is no news here.
      const heard = new Map<number, number>([[me, Infinity]]);
      const hear = (value: unknown): void => {
        const { news, by, at } = Object(value) as Note;
        if (!isNews(news) || !(at > (heard.get(by) ?? 0))) return;
        heard.set(by, at);
        stored.hear(value);
        subscriber.next(news);
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
    write(record, news) {
      const note: Note = stored.write({ ...recordIn(record), news, by: me });
      if (!news) return;
      const channel = openChannel();
      channel?.postMessage(note);
      channel?.close();
    },
    turn: () => turn(win, name, scheduler),
  };
}
