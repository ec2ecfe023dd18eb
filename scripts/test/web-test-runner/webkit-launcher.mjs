import { startWebDriver, WebDriverError } from '../../engines/webdriver.mjs';
import { startWebKitDriver } from '../../engines/webkit-driver.mjs';
import { webKitCapabilities } from '../../engines/webkit.mjs';

/**
 * @import { BrowserLauncher } from '@web/test-runner'
 * @typedef {Awaited<ReturnType<typeof startWebKitDriver>>} WebKitDriver
 * @typedef {import('../../engines/webdriver.mjs').WebDriver} WebDriver
 */

/** @param {WebDriver} driver @param {string} handle */
async function closeWindow(driver, handle) {
  await driver.command('POST', '/window', { handle });
  await driver.command('DELETE', '/window');
}

/** A popup may close itself after it was listed. @param {unknown} error */
function ignoreNoSuchWindow(error) {
  if (!(error instanceof WebDriverError && error.code === 'no such window')) throw error;
}

/** Keys that a test presses, as WebDriver writes them: https://www.w3.org/TR/webdriver2/#keyboard-actions */
const keys = { Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C' };

/**
 * Launcher of Web Test Runner for WebKitGTK. Test files run one after the other in one window, never in a frame.
 *
 * @param {'allow' | 'block'} thirdPartyCookies
 * @returns {BrowserLauncher & {press: (key: keyof typeof keys) => Promise<void>}}
 */
export function webKitLauncher(thirdPartyCookies) {
  /** @type {WebKitDriver | undefined} */
  let webKit;
  /** @type {Promise<{driver: WebDriver, window: string}> | undefined} */
  let started;
  /** @type {{id: string, url: string} | undefined} */
  let active;

  async function start() {
    webKit = await startWebKitDriver();
    const driver = await startWebDriver(webKit.origin, webKitCapabilities(webKit.miniBrowser, thirdPartyCookies));
    return { driver, window: await driver.command('GET', '/window') };
  }

  /** Closes popups that a test left open, for the next test not to find them. */
  async function closeOthers() {
    const { driver, window } = await (started ??= start());
    for (const handle of await driver.command('GET', '/window/handles')) {
      if (handle !== window) await closeWindow(driver, handle).catch(ignoreNoSuchWindow);
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
      // Stops timers and reload loops of the test.
      await driver.command('POST', '/url', { url: 'about:blank' });
      return {};
    },
    async press(key) {
      const { driver } = await (started ??= start());
      const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value: keys[key] }));
      await driver.command('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
    },
    async startDebugSession() {
      throw new Error('WebKitGTK runs on a virtual display: debug in Chromium, or start MiniBrowser yourself.');
    },
    async stop() {
      const running = await started?.catch(() => undefined);
      await running?.driver.end().catch(() => undefined);
      await webKit?.close();
    },
  };
}
