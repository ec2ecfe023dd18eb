import { Observable } from 'rxjs';
import type { SchedulerAction, SchedulerLike, Subscriber, Subscription } from 'rxjs';
import { latestSignOut } from '../../src/core/shared-record.js';
import type { SignOut } from '../../src/core/shared-record.js';
import type { TabMessageType, SharedRecord, TabsPort } from '../../src/session/ports.js';

/** Longest wait for the lock, and longest hold of it, in milliseconds. */
const limitMs = 5_000;

type Work = (this: SchedulerAction<unknown>, state?: unknown) => void;

/** A request for the lock. The first in the queue holds it. */
interface LockRequest {
  readonly tab: FakeTabsPort;
  readonly grant: () => void;
}

/** Several tabs of one origin that share storage, lock and channel, in virtual time. */
export class FakeBrowser {
  readonly time: SchedulerLike;
  /** The record that any tab wrote last. */
  record: SharedRecord = {};
  /** All messages, oldest first. */
  readonly sent: TabMessageType[] = [];

  readonly #tabs = new Set<FakeTabsPort>();
  readonly #lagMs: number;
  #queue: readonly LockRequest[] = [];

  /** @param lagMs Time until the other tabs read what one wrote: each has a copy. The lock is passed on without it. */
  constructor(time: SchedulerLike, lagMs = 0) {
    this.time = time;
    this.#lagMs = lagMs;
  }

  tab(): FakeTabsPort {
    const tab = new FakeTabsPort(this);
    this.#tabs.add(tab);
    return tab;
  }

  /** Stops the timers of the tab. It keeps the lock if it holds it. */
  freeze(tab: FakeTabsPort): void {
    tab.frozen = true;
  }

  /** Runs the timers that became due meanwhile, in their order. */
  thaw(tab: FakeTabsPort): void {
    tab.frozen = false;
    tab.catchUp();
  }

  /** Stops the tab for good and releases its lock. */
  close(tab: FakeTabsPort): void {
    tab.frozen = true;
    this.#tabs.delete(tab);
    this.#leave(({ tab: other }) => other === tab);
  }

  write(from: FakeTabsPort, record: SharedRecord): void {
    this.record = record;
    const arrive = (): void => {
      if (this.record === record) for (const tab of this.#tabs) tab.record = record;
    };
    from.record = record;
    if (this.#lagMs) this.time.schedule(arrive, this.#lagMs);
    else arrive();
  }

  send(from: FakeTabsPort, message: TabMessageType): void {
    this.sent.push(message);
    const { signOut } = this.record;
    const arrive = (tab: FakeTabsPort): void => tab.receive(message, signOut);
    for (const tab of this.#tabs) if (tab !== from) tab.scheduler.schedule(() => arrive(tab), this.#lagMs);
  }

  /** Joins the queue for the lock; returns a function that leaves it. */
  join(request: LockRequest): () => void {
    this.#queue = [...this.#queue, request];
    if (this.#queue.length === 1) this.#grant();
    return () => this.#leave((other) => other === request);
  }

  #leave(matches: (request: LockRequest) => boolean): void {
    const [first] = this.#queue;
    this.#queue = this.#queue.filter((request) => !matches(request));
    if (this.#queue[0] !== first) this.#grant();
  }

  /** A frozen tab is granted the lock, too, and notices when it is thawed. */
  #grant(): void {
    const [first] = this.#queue;
    first?.tab.scheduler.schedule(first.grant, 0);
  }
}

/** One tab. Everything in it uses its scheduler, so that it freezes with the tab. */
export class FakeTabsPort implements TabsPort {
  frozen = false;
  /** This tab's copy of the shared record. */
  record: SharedRecord;
  /** Number of times that `renewalLock()` emitted. */
  locks = 0;
  /** What the page remembers as long as it is loaded. */
  #signOut: SignOut | undefined;
  #signOutAtLoad: number | undefined;

  readonly #browser: FakeBrowser;
  readonly #listeners = new Set<Subscriber<TabMessageType>>();
  #due: Array<() => void> = [];

  constructor(browser: FakeBrowser) {
    this.#browser = browser;
    this.record = browser.record;
    this.load();
  }

  /** The page is loaded, for the first time or again. */
  load(): void {
    this.#signOut = this.record.signOut;
    this.#signOutAtLoad = this.#signOut?.at;
  }

  signOutAtLoad(): number | undefined {
    return this.#signOutAtLoad;
  }

  readonly scheduler: SchedulerLike = {
    now: () => this.#browser.time.now(),
    schedule: (work: Work, delay = 0, state?: unknown) => this.#schedule(work, delay, state),
  };

  readonly messages$ = new Observable<TabMessageType>((subscriber) => {
    this.#listeners.add(subscriber);
    return () => this.#listeners.delete(subscriber);
  });

  read(): SharedRecord {
    return this.#withSignOut(this.record);
  }

  write(record: SharedRecord, message?: TabMessageType): void {
    this.#browser.write(this, this.#withSignOut(record));
    if (message) this.#browser.send(this, message);
  }

  #withSignOut(record: SharedRecord): SharedRecord {
    this.#signOut = latestSignOut(record.signOut, this.#signOut);
    return this.#signOut ? { ...record, signOut: this.#signOut } : record;
  }

  renewalLock(): Observable<void> {
    return new Observable((subscriber) => {
      let started = false;
      const start = (): void => {
        if (started || subscriber.closed) return;
        started = true;
        this.locks++;
        bound.unsubscribe();
        bound = this.scheduler.schedule(leave, limitMs);
        subscriber.next();
      };
      const leave = this.#browser.join({ tab: this, grant: start });
      let bound = this.scheduler.schedule(() => {
        leave();
        start();
      }, limitMs);
      return () => {
        bound.unsubscribe();
        leave();
      };
    });
  }

  /** @param signOut of the record that the message brings */
  receive(message: TabMessageType, signOut?: SignOut): void {
    this.#signOut = latestSignOut(signOut, this.#signOut);
    for (const listener of [...this.#listeners]) listener.next(message);
  }

  catchUp(): void {
    const due = this.#due;
    this.#due = [];
    for (const work of due) work();
  }

  #schedule(work: Work, delay: number, state: unknown): Subscription {
    const run = (action: SchedulerAction<unknown>, state: unknown): void => {
      if (action.closed) return;
      if (this.frozen) this.#due.push(() => run(action, state));
      else work.call(action, state);
    };
    return this.#browser.time.schedule(
      function (current) {
        run(this, current);
      },
      delay,
      state,
    );
  }
}
