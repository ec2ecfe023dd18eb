import { chromium, type BrowserContextOptions, type CDPSession } from 'playwright-core';
import { chromiumArgs, provideChromium } from '../../../scripts/chromium.mjs';
import type { Demo } from '../../../demo/server/demo.js';
import type { Probed } from './page/probe.js';
import { createPages, type Contestant } from './pages.js';
import type { Load } from './results.js';

export interface LoadBrowser {
  readonly version: string;
  /** In a browser context and a page that have seen nothing yet but the provider's login. */
  load(contestant: Contestant, cpu: number): Promise<Load>;
  close(): Promise<void>;
}

export async function openLoadBrowser(demo: Demo): Promise<LoadBrowser> {
  const browser = await chromium.launch({ executablePath: provideChromium(), args: [...chromiumArgs] });
  const somebody = await browser.newContext();
  await somebody.request.get(`${demo.provider.origin}/control/sign-in?account=alice`);
  const storageState = await somebody.storageState();
  await somebody.close();
  const pages = await createPages(demo);

  return {
    version: browser.version(),
    async load(contestant, cpu) {
      const context = await browser.newContext({ storageState } satisfies BrowserContextOptions);
      try {
        const page = await context.newPage();
        const devtools = await context.newCDPSession(page);
        await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
        await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu });
        await page.goto(pages.next(contestant));
        const probed = await evaluate<Probed>(devtools, `probed(${contestant.done ?? ''})`);
        const { ScriptDuration: seconds } = await metrics(devtools);
        await devtools.send('HeapProfiler.collectGarbage');
        const { JSHeapUsedSize: heap } = await metrics(devtools);
        return { ...probed, script: seconds! * 1000, heap: heap! };
      } finally {
        await context.close();
      }
    },
    close: () => browser.close(),
  };
}

/** Without Playwright's own `evaluate`, which would bring a script into the page that is measured. */
export async function evaluate<T>(devtools: CDPSession, expression: string): Promise<T> {
  const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
}

async function metrics(devtools: CDPSession): Promise<Record<string, number>> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}
