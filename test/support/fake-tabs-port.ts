import { Observable } from 'rxjs';
import type { SchedulerAction, SchedulerLike, Subscriber, Subscription } from 'rxjs';
import type { TabMessageType, SharedRecord, TabsPort } from '../../src/session/ports.js';

/** Longest wait for a turn, and longest turn, in milliseconds. */
const boundMs = 5_000;

type Work = (this: SchedulerAction<unknown>, state?: unknown) => void;

/** One that has the lock, when it is first in line, or waits for it. */
interface Waiter {
  readonly tab: FakeTabsPort;
  readonly grant: () => void;
}

/** Several tabs of one origin, with one storage, one lock and one channel between them, in virtual time. */
export class FakeBrowser {
  readonly time: SchedulerLike;
  /** What was written last, by any tab. */
  record: SharedRecord = {};
  /** All that was told, oldest first. */
  readonly told: TabMessageType[] = [];

  readonly #tabs = new Set<FakeTabsPort>();
  readonly #lagMs: number;
  #line: readonly Waiter[] = [];

  /** `lagMs`: until the other tabs see what one wrote, because each has a copy; the lock is given on without it. */
  constructor(time: SchedulerLike, lagMs = 0) {
    this.time = time;
    this.#lagMs = lagMs;
  }

  tab(): FakeTabsPort {
    const tab = new FakeTabsPort(this);
    this.#tabs.add(tab);
    return tab;
  }

  /** Nothing runs in it any more; what it holds it keeps. */
  freeze(tab: FakeTabsPort): void {
    tab.frozen = true;
  }

  /** What was due meanwhile runs now, in the order in which it became due. */
  thaw(tab: FakeTabsPort): void {
    tab.frozen = false;
    tab.catchUp();
  }

  /** Nothing ever runs in it again; what it held is free. */
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

  tell(from: FakeTabsPort, message: TabMessageType): void {
    this.told.push(message);
    for (const tab of this.#tabs) if (tab !== from) tab.scheduler.schedule(() => tab.hear(message), this.#lagMs);
  }

  /** Stands in line; returns how to leave it. */
  join(waiter: Waiter): () => void {
    this.#line = [...this.#line, waiter];
    if (this.#line.length === 1) this.#grant();
    return () => this.#leave((other) => other === waiter);
  }

  #leave(who: (waiter: Waiter) => boolean): void {
    const [first] = this.#line;
    this.#line = this.#line.filter((waiter) => !who(waiter));
    if (this.#line[0] !== first) this.#grant();
  }

  /** A frozen tab gets the lock too, and does not know. */
  #grant(): void {
    const [first] = this.#line;
    first?.tab.scheduler.schedule(first.grant, 0);
  }
}

/** One of the tabs. What belongs to it takes its timers from its scheduler, so that it freezes with the tab. */
export class FakeTabsPort implements TabsPort {
  frozen = false;
  /** This tab's copy of what is known together. */
  record: SharedRecord;
  /** Turns that were taken, lock or no lock. */
  turns = 0;

  readonly #browser: FakeBrowser;
  readonly #listeners = new Set<Subscriber<TabMessageType>>();
  #due: Array<() => void> = [];

  constructor(browser: FakeBrowser) {
    this.#browser = browser;
    this.record = browser.record;
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
    return this.record;
  }

  write(record: SharedRecord, message?: TabMessageType): void {
    this.#browser.write(this, record);
    if (message) this.#browser.tell(this, message);
  }

  renewalLock(): Observable<void> {
    return new Observable((subscriber) => {
      let begun = false;
      const begin = (): void => {
        if (begun || subscriber.closed) return;
        begun = true;
        this.turns++;
        bound.unsubscribe();
        bound = this.scheduler.schedule(leave, boundMs);
        subscriber.next();
      };
      const leave = this.#browser.join({ tab: this, grant: begin });
      let bound = this.scheduler.schedule(() => {
        leave();
        begin();
      }, boundMs);
      return () => {
        bound.unsubscribe();
        leave();
      };
    });
  }

  hear(message: TabMessageType): void {
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
