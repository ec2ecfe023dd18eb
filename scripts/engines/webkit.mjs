import { existsSync, readdirSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { fromEnvironment, onPath, runnable } from './executables.mjs';

/** What a person is told where WebKitGTK can be neither found nor installed. */
export const howToInstall =
  platform() === 'linux'
    ? 'No WebKitGTK found: install WebKitWebDriver, MiniBrowser and Xvfb (Debian: webkit2gtk-driver xvfb).'
    : 'No WebKitGTK found: it runs on Linux only (Debian: webkit2gtk-driver xvfb).';

/** MiniBrowser comes with the library that the driver depends on. */
export const packages = ['webkit2gtk-driver', 'xvfb'];

/** The one on the newest library: its folders end in the version of the interface. */
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
 * The programs that make WebKitGTK testable, or nothing when one of them is missing. `WEBKIT_DRIVER_PATH` and
 * `MINIBROWSER_PATH` name those at unusual places.
 *
 * @throws when one of these is set and names nothing that can be run
 */
export function findWebKit() {
  const driver = fromEnvironment('WEBKIT_DRIVER_PATH') ?? onPath(['WebKitWebDriver']).find(runnable);
  const miniBrowser = fromEnvironment('MINIBROWSER_PATH') ?? findMiniBrowser();
  const display = onPath(['Xvfb']).find(runnable);
  return driver && miniBrowser && display ? { driver, miniBrowser, display } : undefined;
}

/**
 * What a WebDriver session with MiniBrowser asks for.
 *
 * Blocking is Intelligent Tracking Prevention, which Safari has on: without it even `--cookies-policy=no-third-party`
 * sends into frames what a site was given first-party. https://webkit.org/tracking-prevention/
 *
 * @param {string} miniBrowser its path @param {'allow' | 'block'} thirdPartyCookies
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
