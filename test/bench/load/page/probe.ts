/** What a page knows of its own load; milliseconds. */
export interface Probed {
  /** From the first statement of the module to its last. Undefined on a page without one. */
  readonly evaluation: number | undefined;
  /** From the first statement of the module to the first render of the element, or to a library that can be used. */
  readonly ready: number | undefined;
  /** Tasks of 50 ms and more: https://www.w3.org/TR/longtasks-1/ */
  readonly longTasks: readonly number[];
}

declare global {
  interface Window {
    /** Settles once the page has nothing more to do. */
    probed: (done?: Promise<unknown>) => Promise<Probed>;
  }
}

const longTasks: number[] = [];
const keep = (entries: PerformanceEntryList): void => void longTasks.push(...entries.map(({ duration }) => duration));
const observer = new PerformanceObserver((list) => keep(list.getEntries()));
observer.observe({ type: 'longtask', buffered: true });

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Timers of libraries and of the element that are due soon belong to the load. */
const quietMs = 300;

const idle = (): Promise<unknown> => new Promise((resolve) => requestIdleCallback(resolve));

const sinceStart = (mark: string): number | undefined => {
  const [start, end] = ['start', mark].map((name) => performance.getEntriesByName(name)[0]?.startTime);
  return start !== undefined && end !== undefined ? end - start : undefined;
};

window.probed = async (done) => {
  await done;
  await after(quietMs);
  await idle();
  keep(observer.takeRecords());
  return { evaluation: sinceStart('evaluated'), ready: sinceStart('ready'), longTasks };
};
