import { startWebDriver } from '../../../scripts/webdriver.mjs';
import { startWebKitHost } from '../../../scripts/webkit-host.mjs';
import { webKitCapabilities } from '../../../scripts/webkit.mjs';
import type { Browser, ThirdPartyCookies } from './driver.js';
import { WebDriverContext } from './webdriver-context.js';

/** WebKitGTK's MiniBrowser by W3C WebDriver, which says nothing of the console. */
export async function openWebKit(thirdPartyCookies: ThirdPartyCookies): Promise<Browser> {
  const host = await startWebKitHost();
  try {
    const driver = await startWebDriver(host.origin, webKitCapabilities(host.miniBrowser, thirdPartyCookies));
    return {
      context: await WebDriverContext.over(driver),
      watch: () => ({ printed: [], errors: [] }),
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
