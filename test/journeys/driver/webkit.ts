import { startWebDriver } from '../../../scripts/engines/webdriver.mjs';
import { startWebKitDriver } from '../../../scripts/engines/webkit-driver.mjs';
import { webKitCapabilities } from '../../../scripts/engines/webkit.mjs';
import type { Browser, BrowserOptions } from './driver.js';
import { WebDriverContext } from './webdriver-context.js';

/** WebKitGTK's MiniBrowser with W3C WebDriver, which has no access to the console. */
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
      measureMemory: () => Promise.reject(new Error('This engine’s driver cannot measure memory.')),
      acceptFedCm: () => Promise.reject(new Error('This engine has no FedCM.')),
      grantStorageAccess: () => Promise.reject(new Error('This engine’s driver cannot grant permissions.')),
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
