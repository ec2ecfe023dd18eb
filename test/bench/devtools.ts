import type { CDPSession } from 'playwright-core';

/** Commands to one page. */
export type Devtools = Pick<CDPSession, 'send'>;

/** As Playwright's `evaluate`, which brings scripts of its own into the page that is measured. */
export async function evaluate<T>(devtools: Devtools, expression: string): Promise<T> {
  const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
}

/**
 * Counts the time for which the main thread runs, not what passes while other processes have the processor: on a busy
 * machine that is most of it.
 */
export async function startCounters(devtools: Devtools): Promise<void> {
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
}

/** Counters of the page's main thread; milliseconds and bytes. */
export interface Counters {
  /** In tasks, without what DevTools asks for. */
  readonly tasks: number;
  readonly scripts: number;
  readonly heap: number;
}

/** https://chromedevtools.github.io/devtools-protocol/tot/Performance/#method-getMetrics */
export async function readCounters(devtools: Devtools): Promise<Counters> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const of = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
  return {
    tasks: (of('TaskDuration') - of('DevToolsCommandDuration')) * 1000,
    scripts: of('ScriptDuration') * 1000,
    heap: of('JSHeapUsedSize'),
  };
}
