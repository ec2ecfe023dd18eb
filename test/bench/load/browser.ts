import { chromium } from 'playwright-core';
import { chromiumArgs, provideChromium } from '../../../scripts/chromium.mjs';
import type { Demo } from '../../../demo/server/demo.js';
import { evaluate, readCounters, startCounters } from '../devtools.js';
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
      const context = await browser.newContext({ storageState });
      try {
        const page = await context.newPage();
        const devtools = await context.newCDPSession(page);
        await startCounters(devtools);
        await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu });
        await page.goto(pages.next(contestant));
        const probed = await evaluate<Probed>(devtools, `probed(${contestant.done ?? ''})`);
        const { scripts: script } = await readCounters(devtools);
        await devtools.send('HeapProfiler.collectGarbage');
        const { heap } = await readCounters(devtools);
        return { ...probed, script, heap };
      } finally {
        await context.close();
      }
    },
    close: () => browser.close(),
  };
}
