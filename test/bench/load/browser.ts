import type { Demo } from '../../../demo/server/demo.js';
import { evaluate, readCounters, startCounters } from '../devtools.js';
import { launchChromium, type Cookie } from './chromium-pipe.js';
import { createPages, type Contestant } from './pages.js';
import type { Probed } from './page/probe.js';
import type { Load } from './results.js';

export interface LoadBrowser {
  readonly version: string;
  /** In a browser context that has seen nothing yet but the provider's login. */
  load(contestant: Contestant, slowdown: number): Promise<Load>;
  close(): Promise<void>;
}

export async function openLoadBrowser(demo: Demo): Promise<LoadBrowser> {
  const pages = await createPages(demo);
  const cookies = await signIn(demo);
  const browser = await launchChromium();
  return {
    version: browser.version,
    async load(contestant, slowdown) {
      const tab = await browser.openTab(cookies);
      await startCounters(tab);
      await tab.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
      await tab.goto(pages.next(contestant));
      const probed = await evaluate<Probed>(tab, `probed(${contestant.done ?? ''})`);
      const { scripts: script } = await readCounters(tab);
      await tab.send('HeapProfiler.collectGarbage');
      const { heap } = await readCounters(tab);
      await tab.close();
      return { ...probed, script, heap };
    },
    close: () => browser.close(),
  };
}

/** Cookies of a browser in which somebody has signed in at the provider. */
export async function signIn({ provider }: Demo): Promise<Cookie[]> {
  const { headers } = await fetch(`${provider.origin}/control/sign-in?account=alice`);
  return headers.getSetCookie().map((cookie) => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    return { name, value, url: provider.origin };
  });
}
