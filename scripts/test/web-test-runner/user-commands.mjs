/**
 * Web Test Runner plugin for what a user and the operating system do and a page cannot:
 *
 * - `press-key`: presses a key, in each engine. `sendKeys()` of Web Test Runner does not know WebKitGTK.
 * - `media`: media features, Chromium only. `emulateMedia()` of Web Test Runner does not know `forced-colors` there.
 *
 * @import { TestRunnerPlugin } from '@web/test-runner'
 * @returns {TestRunnerPlugin}
 */
export function userCommands() {
  /** @type {any} */
  let devTools;

  /** Without features, those of the browser apply again. @param {any} page of puppeteer @param {unknown[]} features */
  async function emulate(page, features) {
    devTools ??= await page.createCDPSession();
    await devTools.send('Emulation.setEmulatedMedia', { features });
  }

  return {
    name: 'user-commands',
    async executeCommand({ command, payload, session }) {
      const browser = /** @type {any} */ (session.browser);
      if (command === 'press-key') {
        if (browser.press) await browser.press(payload);
        else await browser.getPage(session.id).keyboard.press(payload);
        return true;
      }
      if (command === 'media') {
        await emulate(browser.getPage(session.id), /** @type {unknown[]} */ (payload));
        return true;
      }
      return undefined;
    },
  };
}
