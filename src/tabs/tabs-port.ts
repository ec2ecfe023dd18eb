import { asyncScheduler, defer, EMPTY, filter, finalize, fromEvent, map, merge, startWith, switchMap, tap } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { attempt, createStoredValue } from '../core/stored-value.js';
import type { TabMessageType, TabsPort } from '../session/ports.js';
import { isTabMessage, recordIn } from './record-message.js';
import type { RecordMessage } from './record-message.js';
import { renewalLock } from './renewal-lock.js';

/**
 * The tabs of this origin with the same deployment, which is the scope. Their shared record is in local storage, together
 * with the latest message, so a `storage` event delivers both. A channel delivers the same to tabs whose storage is
 * blocked or full.
 */
export function createTabsPort(win: Window, scope: string, scheduler: SchedulerLike = asyncScheduler): TabsPort {
  const name = `gc-auth-messenger:${scope}`;
  const stored = createStoredValue(
    () => win.localStorage,
    name,
    () => Date.now(),
  );
  const thisTab = Math.random();

  // Opaque origins and blocked site data refuse channels.
  const openChannel = (): BroadcastChannel | undefined =>
    attempt(() => new (win as Window & typeof globalThis).BroadcastChannel(name));

  const channelMessages = (): Observable<unknown> => {
    const channel = openChannel();
    if (!channel) return EMPTY;
    return fromEvent<MessageEvent<unknown>>(channel, 'message').pipe(
      map(({ data }) => data),
      finalize(() => channel.close()),
    );
  };
  // A page in the back/forward cache is evicted when its channel receives a message (https://web.dev/articles/bfcache).
  const fromChannel$ = merge(fromEvent(win, 'pagehide'), fromEvent(win, 'pageshow')).pipe(
    map(({ type }) => type === 'pageshow'),
    startWith(true),
    switchMap((shown) => (shown ? channelMessages() : EMPTY)),
  );
  const fromStorage$ = fromEvent<StorageEvent>(win, 'storage').pipe(
    filter(({ key }) => key === name),
    map(({ newValue }) => attempt(() => JSON.parse(newValue!) as unknown)),
  );

  return {
    messages$: defer(() => {
      // Time of the latest message of each tab: every message arrives twice. This tab's own are none.
      const latest = new Map<number, number>([[thisTab, Infinity]]);
      const isNew = (value: unknown): value is RecordMessage & { readonly message: TabMessageType } => {
        const { message, by, at } = Object(value) as RecordMessage;
        return isTabMessage(message) && at > (latest.get(by) ?? 0);
      };
      return merge(fromChannel$, fromStorage$).pipe(
        filter(isNew),
        tap(({ by, at }) => latest.set(by, at)),
        tap((received) => stored.receive(received)),
        map(({ message }) => message),
      );
    }),
    read: () => recordIn(stored.read()),
    write(record, message) {
      const written: RecordMessage = stored.write({ ...recordIn(record), message, by: thisTab });
      if (!message) return;
      const channel = openChannel();
      channel?.postMessage(written);
      channel?.close();
    },
    renewalLock: () => renewalLock(win, name, scheduler),
  };
}
