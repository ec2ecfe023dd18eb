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

/** What a person is told where a browser can be neither found nor installed. */
export const howToInstall =
  'No Chrome or Chromium found: install one (https://www.google.com/chrome/) or set CHROME_PATH to its executable.';

/** The tests open nothing but their own pages; containers rarely allow the sandbox's user namespaces. */
export const chromiumArgs = [
  ...(platform() === 'linux' ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function atUsualPlaces() {
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

/** Playwright's own downloads, newest first; its folders end in a build number. */
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
  const build = (folder) => Number(folder.split('-').at(-1));
  return readdirSync(cache)
    .filter((folder) => /^chromium-\d+$/.test(folder))
    .sort((a, b) => build(b) - build(a))
    .flatMap((folder) => playwrightBinaries.map((binary) => join(cache, folder, binary)));
}

/**
 * Path of a Chrome or Chromium on this machine: `CHROME_PATH`, installed ones, Playwright's.
 *
 * @throws when `CHROME_PATH` is set and names nothing that can be run
 */
export function findChromium() {
  return (
    fromEnvironment('CHROME_PATH') ?? [...onPath(names), ...atUsualPlaces(), ...inPlaywrightCache()].find(runnable)
  );
}

/** As `findChromium`, for callers that cannot go on without one. */
export function requireChromium() {
  const path = findChromium();
  if (!path) throw new Error(howToInstall);
  return path;
}

/** As `requireChromium`, but installs one first on Debian and Ubuntu where this process may. */
export function provideChromium() {
  const found = findChromium();
  if (found || !aptCanInstall()) return found ?? requireChromium();
  aptInstall('No Chrome or Chromium found.', ['chromium']);
  return requireChromium();
}

/**
 * A fresh profile that allows or blocks third-party cookies, removed when this process ends.
 *
 * Builds differ in their default (Debian's blocks), and the preference is the one setting that all of them heed:
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
