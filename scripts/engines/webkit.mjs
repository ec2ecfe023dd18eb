import { existsSync, readdirSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { fromEnvironment, onPath, runnable } from './executables.mjs';

/** Message for when WebKitGTK is not found and cannot be installed. */
export const howToInstall =
  platform() === 'linux'
    ? 'No WebKitGTK found: install WebKitWebDriver, MiniBrowser and Xvfb (Debian: webkit2gtk-driver xvfb).'
    : 'No WebKitGTK found: it runs on Linux only (Debian: webkit2gtk-driver xvfb).';

/** MiniBrowser is part of the library that the driver depends on. */
export const packages = ['webkit2gtk-driver', 'xvfb'];

/** The one of the newest library: the folders end in the version of its interface. */
function findMiniBrowser() {
  const libraries = [
    '/usr/lib',
    `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`,
    '/usr/libexec',
  ];
  return libraries
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((folder) => /\/webkit2?gtk-[\d.]+$/.test(folder))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((folder) => join(folder, 'MiniBrowser'))
    .find(runnable);
}

/**
 * The programs that tests in WebKitGTK need; undefined when one of them is missing. `WEBKIT_DRIVER_PATH` and
 * `MINIBROWSER_PATH` name programs in unusual folders.
 *
 * @throws when one of these variables names a file that cannot be run
 */
export function findWebKit() {
  const driver = fromEnvironment('WEBKIT_DRIVER_PATH') ?? onPath(['WebKitWebDriver']).find(runnable);
  const miniBrowser = fromEnvironment('MINIBROWSER_PATH') ?? findMiniBrowser();
  const display = onPath(['Xvfb']).find(runnable);
  return driver && miniBrowser && display ? { driver, miniBrowser, display } : undefined;
}

/**
 * Capabilities of a WebDriver session with MiniBrowser.
 *
 * `block` turns Intelligent Tracking Prevention on, as in Safari. Without it, even with
 * `--cookies-policy=no-third-party`, a site in a frame receives the cookies that it set as a first party.
 * https://webkit.org/tracking-prevention/
 *
 * @param {string} miniBrowser path of the program @param {'allow' | 'block'} thirdPartyCookies
 * @param {'allow' | 'block'} [popups]
 */
export const webKitCapabilities = (miniBrowser, thirdPartyCookies, popups = 'allow') => ({
  browserName: 'MiniBrowser',
  'webkitgtk:browserOptions': {
    binary: miniBrowser,
    args: [
      '--automation',
      `--javascript-can-open-windows-automatically=${popups === 'allow'}`,
      ...(thirdPartyCookies === 'block' ? ['--enable-itp'] : []),
    ],
  },
});
