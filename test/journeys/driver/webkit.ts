import { startWebDriver } from '../../../scripts/engines/webdriver.mjs';
import { startWebKitDriver } from '../../../scripts/engines/webkit-driver.mjs';
import { webKitCapabilities } from '../../../scripts/engines/webkit.mjs';
import type { Browser, BrowserOptions } from './driver.js';
import { WebDriverContext } from './webdriver-context.js';

/** WebKitGTK's MiniBrowser by W3C WebDriver, which says nothing of the console. */
export async function openWebKit({ thirdPartyCookies, popups }: BrowserOptions): Promise<Browser> {
  const webKit = await startWebKitDriver();
  try {
    const driver = await startWebDriver(
      webKit.origin,
      webKitCapabilities(webKit.miniBrowser, thirdPartyCookies, popups),
    );
    return {
      context: await WebDriverContext.over(driver),
      watch: () => ({ printed: [], errors: [] }),
      freeze: () => Promise.reject(new Error('This engine’s driver cannot freeze a tab.')),
      held: () => Promise.reject(new Error('This engine’s driver does not tell of memory.')),
      close: async () => {
        await driver.end().catch(() => undefined);
        await webKit.close();
      },
    };
  } catch (error) {
    await webKit.close();
    throw error;
  }
}
