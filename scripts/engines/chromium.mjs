import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { aptCanInstall, aptInstall } from './apt-install.mjs';
import { fromEnvironment, onPath, runnable } from './executables.mjs';

const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];

const macApps = ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium'];

const playwrightBinaries = [
  'chrome-linux64/chrome',
  'chrome-linux/chrome',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-win64/chrome.exe',
  'chrome-win/chrome.exe',
];

/** Message for when no browser is found and none can be installed. */
export const howToInstall =
  'No Chrome or Chromium found: install one (https://www.google.com/chrome/) or set CHROME_PATH to its executable.';

/** Without a sandbox, because few containers allow the user namespaces it needs; the tests open only their own pages. */
export const chromiumArgs = [
  ...(platform() === 'linux' ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function inUsualFolders() {
  if (platform() === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      macApps.map((app) => join(folder, app)),
    );
  }
  if (platform() === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return roots
      .filter((root) => root !== undefined)
      .flatMap((root) => ['Google/Chrome', 'Chromium'].map((app) => join(root, app, 'Application', 'chrome.exe')));
  }
  return ['/opt/google/chrome/chrome', '/snap/bin/chromium', '/usr/lib/chromium/chromium'];
}

/** Downloads of Playwright, newest first. Their folders end in a build number. */
function inPlaywrightCache() {
  const usual = {
    darwin: join(homedir(), 'Library/Caches/ms-playwright'),
    win32: join(process.env.LOCALAPPDATA ?? homedir(), 'ms-playwright'),
  };
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    usual[/** @type {keyof typeof usual} */ (platform())] ??
    join(homedir(), '.cache/ms-playwright');
  if (!existsSync(cache)) return [];
  /** @param {string} folder */
  const buildNumber = (folder) => Number(folder.split('-').at(-1));
  return readdirSync(cache)
    .filter((folder) => /^chromium-\d+$/.test(folder))
    .sort((a, b) => buildNumber(b) - buildNumber(a))
    .flatMap((folder) => playwrightBinaries.map((binary) => join(cache, folder, binary)));
}

/**
 * Path of Chrome or Chromium: `CHROME_PATH`, else an installed one, else one that Playwright downloaded.
 *
 * @throws when `CHROME_PATH` names a file that cannot be run
 */
export function findChromium() {
  return (
    fromEnvironment('CHROME_PATH') ?? [...onPath(names), ...inUsualFolders(), ...inPlaywrightCache()].find(runnable)
  );
}

/** Like `findChromium`. @throws when there is none */
export function requireChromium() {
  const path = findChromium();
  if (!path) throw new Error(howToInstall);
  return path;
}

/** Like `requireChromium`, but installs Chromium if there is none and this process may install packages. */
export function provideChromium() {
  const found = findChromium();
  if (found || !aptCanInstall()) return found ?? requireChromium();
  aptInstall('No Chrome or Chromium found.', ['chromium']);
  return requireChromium();
}

/**
 * A new profile that allows or blocks third-party cookies. It is removed when this process ends.
 *
 * The default depends on the build (Debian's blocks them); all builds follow this preference:
 * https://source.chromium.org/chromium/chromium/src/+/main:components/content_settings/core/browser/cookie_settings.h
 *
 * @param {'allow' | 'block'} thirdPartyCookies
 */
export function freshProfile(thirdPartyCookies) {
  const folder = mkdtempSync(join(tmpdir(), 'gc-auth-messenger-profile-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  mkdirSync(join(folder, 'Default'));
  const preferences = { profile: { cookie_controls_mode: thirdPartyCookies === 'allow' ? 0 : 1 } };
  writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
  return folder;
}
