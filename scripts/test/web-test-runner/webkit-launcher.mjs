import { startWebDriver, WebDriverError } from '../../engines/webdriver.mjs';
import { startWebKitHost } from '../../engines/webkit-driver.mjs';
import { webKitCapabilities } from '../../engines/webkit.mjs';

/**
 * @import { BrowserLauncher } from '@web/test-runner'
 * @typedef {Awaited<ReturnType<typeof startWebKitHost>>} Host
 * @typedef {import('../../engines/webdriver.mjs').WebDriver} WebDriver
 */

/** @param {WebDriver} driver @param {string} handle */
async function closeWindow(driver, handle) {
  await driver.command('POST', '/window', { handle });
  await driver.command('DELETE', '/window');
}

/** A popup may close by itself between being listed and being closed. @param {unknown} error */
function unlessGone(error) {
  if (!(error instanceof WebDriverError && error.code === 'no such window')) throw error;
}

/**
 * Lets Web Test Runner run in WebKitGTK, one test file at a time in a window that is never a frame.
 *
 * @param {'allow' | 'block'} thirdPartyCookies
 * @returns {BrowserLauncher}
 */
export function webKitLauncher(thirdPartyCookies) {
  /** @type {Host | undefined} */
  let host;
  /** @type {Promise<{driver: WebDriver, window: string}> | undefined} */
  let started;
  /** @type {{id: string, url: string} | undefined} */
  let active;

  async function start() {
    host = await startWebKitHost();
    const driver = await startWebDriver(host.origin, webKitCapabilities(host.miniBrowser, thirdPartyCookies));
    return { driver, window: await driver.command('GET', '/window') };
  }

  /** Popups that a test left open would count against the next one. */
  async function closeOthers() {
    const { driver, window } = await (started ??= start());
    for (const handle of await driver.command('GET', '/window/handles')) {
      if (handle !== window) await closeWindow(driver, handle).catch(unlessGone);
    }
    await driver.command('POST', '/window', { handle: window });
    return driver;
  }

  return {
    name: 'WebKitGTK',
    type: 'webkitgtk',
    concurrency: 1,
    isActive: (id) => active?.id === id,
    getBrowserUrl: () => active?.url,
    async startSession(id, url) {
      const { driver } = await (started ??= start());
      active = { id, url };
      await driver.command('POST', '/url', { url });
    },
    async stopSession() {
      active = undefined;
      const driver = await closeOthers();
      // Ends timers of the test, and reload loops.
      await driver.command('POST', '/url', { url: 'about:blank' });
      return {};
    },
    async startDebugSession() {
      throw new Error(
        'WebKitGTK runs on a display that nobody sees: debug in Chromium, or start MiniBrowser yourself.',
      );
    },
    async stop() {
      const running = await started?.catch(() => undefined);
      await running?.driver.end().catch(() => undefined);
      await host?.close();
    },
  };
}
