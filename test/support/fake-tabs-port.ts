import { Observable } from 'rxjs';
import type { Subscriber, Unsubscribable } from 'rxjs';
import type { News, Scheduler, SharedRecord, TabsPort } from '../../src/session/ports.js';

/** Longest wait for a turn, and longest turn, in milliseconds. */
const boundMs = 5_000;

/** One that has the lock, when it is first in line, or waits for it. */
interface Waiter {
  readonly tab: FakeTabsPort;
  readonly grant: () => void;
}

/** Several tabs of one origin, with one storage, one lock and one channel between them, in virtual time. */
export class FakeBrowser {
  readonly time: Scheduler;
  record: SharedRecord = {};
  /** All that was told, oldest first. */
  readonly told: News[] = [];

  readonly #tabs = new Set<FakeTabsPort>();
  #line: readonly Waiter[] = [];

  constructor(time: Scheduler) {
    this.time = time;
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

  tell(from: FakeTabsPort, news: News): void {
    this.told.push(news);
    for (const tab of this.#tabs) if (tab !== from) tab.scheduler.schedule(() => tab.hear(news), 0);
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
  /** Turns that were taken, lock or no lock. */
  turns = 0;

  readonly #browser: FakeBrowser;
  readonly #listeners = new Set<Subscriber<News>>();
  #due: Array<() => void> = [];

  constructor(browser: FakeBrowser) {
    this.#browser = browser;
  }

  readonly scheduler: Scheduler = {
    now: () => this.#browser.time.now(),
    schedule: (work, delay) => this.#schedule(work, delay),
  };

  readonly news$ = new Observable<News>((subscriber) => {
    this.#listeners.add(subscriber);
    return () => this.#listeners.delete(subscriber);
  });

  read(): SharedRecord {
    return this.#browser.record;
  }

  write(record: SharedRecord, news?: News): void {
    this.#browser.record = record;
    if (news) this.#browser.tell(this, news);
  }

  turn(): Observable<void> {
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

  hear(news: News): void {
    for (const listener of [...this.#listeners]) listener.next(news);
  }

  catchUp(): void {
    const due = this.#due;
    this.#due = [];
    for (const work of due) work();
  }

  #schedule(work: () => void, delay: number): Unsubscribable {
    let live = true;
    const run = (): void => {
      if (!live) return;
      if (this.frozen) this.#due.push(run);
      else work();
    };
    const waiting = this.#browser.time.schedule(run, delay);
    return {
      unsubscribe: () => {
        live = false;
        waiting.unsubscribe();
      },
    };
  }
}
