import { asyncScheduler, defer, EMPTY, filter, finalize, fromEvent, map, merge, startWith, switchMap, tap } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { latestSignOut } from '../core/shared-record.js';
import type { SignOut } from '../core/shared-record.js';
import { attempt, createStoredValue } from '../core/stored-value.js';
import type { SharedRecord, TabMessageType, TabsPort } from '../session/ports.js';
import { isTabMessage, recordIn, recordVersion } from './record-message.js';
import type { RecordMessage } from './record-message.js';
import { renewalLock } from './renewal-lock.js';

/** How many tabs are told apart. A tab that is reloaded counts as another one. */
const maxTabs = 100;

/**
 * The tabs of this origin with the same deployment, which is the scope. Their shared record is in local storage, together
 * with the latest message, so a `storage` event delivers both. A channel delivers the same to tabs whose storage is
 * blocked or full.
 */
export function createTabsPort(win: Window, scope: string, scheduler: SchedulerLike = asyncScheduler): TabsPort {
  const name = `gc-auth-messenger:${scope}`;
  // Tabs with another version of this bundle have a record and a channel of their own, but the same lock.
  const recordName = `gc-auth-messenger:${recordVersion}:${scope}`;
  const stored = createStoredValue(
    () => win.localStorage,
    recordName,
    () => Date.now(),
  );
  const thisTab = Math.random();
  const memory = pageMemory(win, scope);

  /** A tab that has not heard of a sign-out yet may write a record without it, so this page remembers it. */
  const withSignOut = (record: SharedRecord): SharedRecord => {
    memory.signOut = latestSignOut(record.signOut, memory.signOut);
    return memory.signOut ? { ...record, signOut: memory.signOut } : record;
  };
  const read = (): SharedRecord => withSignOut(recordIn(stored.read()));

  // Opaque origins and blocked site data refuse channels.
  const openChannel = (): BroadcastChannel | undefined =>
    attempt(() => new (win as Window & typeof globalThis).BroadcastChannel(recordName));

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
    filter(({ key }) => key === recordName),
    map(({ newValue }) => attempt(() => JSON.parse(newValue!) as unknown)),
  );

  return {
    messages$: defer(() => {
      // Time of the latest message of each tab: every message arrives twice.
      const latest = new Map<number, number>();
      const isNew = (value: unknown): value is RecordMessage & { readonly message: TabMessageType } => {
        const { message, by, at } = Object(value) as RecordMessage;
        return isTabMessage(message) && by !== thisTab && at > (latest.get(by) ?? 0);
      };
      const remember = ({ by, at }: RecordMessage): void => {
        latest.delete(by);
        latest.set(by, at);
        // The tab that has been silent for longest: both copies of its message have arrived.
        const [oldest] = latest.keys();
        if (latest.size > maxTabs && oldest !== undefined) latest.delete(oldest);
      };
      return merge(fromChannel$, fromStorage$).pipe(
        filter(isNew),
        tap((received) => {
          remember(received);
          withSignOut(recordIn(received));
          stored.receive(received);
        }),
        map(({ message }) => message),
      );
    }),
    read,
    signOutAtLoad() {
      const { signOut } = read();
      memory.signOutAtLoad ??= { at: wasThereAtLoad(win, signOut) ? signOut?.at : undefined };
      return memory.signOutAtLoad.at;
    },
    write(record, message) {
      const written: RecordMessage = stored.write({ ...withSignOut(recordIn(record)), message, by: thisTab });
      if (!message) return;
      const channel = openChannel();
      channel?.postMessage(written);
      channel?.close();
    },
    renewalLock: () => renewalLock(win, name, scheduler),
  };
}

/** What a page remembers as long as it is loaded, however often the element is configured or moved. */
interface PageMemory {
  signOut?: SignOut | undefined;
  signOutAtLoad?: { readonly at: number | undefined };
}

const key = Symbol.for(`gc-auth-messenger:tabs:${recordVersion}`);

function pageMemory(win: Window, scope: string): PageMemory {
  const holder = win as { [key]?: Map<string, PageMemory> };
  const memories = (holder[key] ??= new Map());
  const memory = memories.get(scope) ?? {};
  memories.set(scope, memory);
  return memory;
}

/**
 * Whether the sign-out is older than this page. The bundle may be loaded long after the page, and a prerendered page counts
 * from when it is shown. A time in the future means that the clock has been set back; then the page counts as newer.
 */
function wasThereAtLoad(win: Window, signOut: SignOut | undefined): boolean {
  // jsdom has no entries, and a page may have a global variable of that name.
  const performance = Object(win.performance) as Partial<Performance>;
  const [navigation] = (performance.getEntriesByType?.('navigation') ?? []) as Array<{ activationStart?: number }>;
  const loadedAt = (performance.timeOrigin ?? Date.now()) + (navigation?.activationStart ?? 0);
  return signOut !== undefined && (signOut.at <= loadedAt || signOut.at > Date.now());
}
