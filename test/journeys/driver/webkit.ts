import { startWebDriver } from '../../../scripts/webdriver.mjs';
import { startWebKitHost } from '../../../scripts/webkit-host.mjs';
import { webKitCapabilities } from '../../../scripts/webkit.mjs';
import type { Browser, BrowserOptions } from './driver.js';
import { WebDriverContext } from './webdriver-context.js';

/** WebKitGTK's MiniBrowser with W3C WebDriver, which has no access to the console. */
export async function openWebKit({ thirdPartyCookies, popups }: BrowserOptions): Promise<Browser> {
  const host = await startWebKitHost();
  try {
    const driver = await startWebDriver(host.origin, webKitCapabilities(host.miniBrowser, thirdPartyCookies, popups));
    return {
      context: await WebDriverContext.over(driver),
      watch: () => ({ printed: [], errors: [] }),
      freeze: () => Promise.reject(new Error('This engine’s driver cannot freeze a tab.')),
      measureMemory: () => Promise.reject(new Error('This engine’s driver cannot measure memory.')),
      close: async () => {
        await driver.end().catch(() => undefined);
        await host.close();
      },
    };
  } catch (error) {
    await host.close();
    throw error;
  }
}
