/** Prioritized Task Scheduling, where the browser has it. */
interface TaskScheduler {
  yield?(): Promise<void>;
}

/**
 * Resolves in a task of its own, so that the browser can paint and handle input before it.
 *
 * @see https://developer.mozilla.org/docs/Web/API/Scheduler/yield
 */
export function nextTask(win: Window): Promise<void> {
  const { scheduler } = win as Window & { scheduler?: TaskScheduler };
  if (typeof scheduler?.yield === 'function') return scheduler.yield();
  return new Promise((resolve) => void win.setTimeout(resolve, 0));
}
