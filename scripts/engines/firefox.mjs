import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { fromEnvironment, onPath, runnable } from './executables.mjs';

/** Message for when Firefox is not found and cannot be installed. */
export const howToInstall =
  'No Firefox found: install one (https://www.mozilla.org/firefox/) or set FIREFOX_PATH to its executable.';

export const packages = ['firefox-esr'];

function inUsualFolders() {
  if (platform() === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].map((folder) =>
      join(folder, 'Firefox.app/Contents/MacOS/firefox'),
    );
  }
  if (platform() === 'win32') {
    return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
      .filter((root) => root !== undefined)
      .map((root) => join(root, 'Mozilla Firefox', 'firefox.exe'));
  }
  return ['/opt/firefox/firefox', '/usr/lib/firefox/firefox', '/usr/lib/firefox-esr/firefox-esr'];
}

/**
 * Path of Firefox: `FIREFOX_PATH`, else an installed one.
 *
 * @throws when `FIREFOX_PATH` names a file that cannot be run
 */
export const findFirefox = () =>
  fromEnvironment('FIREFOX_PATH') ?? [...onPath(['firefox', 'firefox-esr']), ...inUsualFolders()].find(runnable);

/** Like `findFirefox`. @throws when there is none */
export function requireFirefox() {
  const path = findFirefox();
  if (!path) throw new Error(howToInstall);
  return path;
}

/**
 * Puppeteer's options to start Firefox.
 *
 * `block` is Firefox' default, cookie behavior 5: third-party cookies are partitioned by site, so that a provider in a
 * frame does not receive the cookies of its own site (nsICookieService.idl,
 * BEHAVIOR_REJECT_TRACKER_AND_PARTITION_FOREIGN).
 *
 * @param {'allow' | 'block'} thirdPartyCookies
 */
export const firefoxLaunch = (thirdPartyCookies) => ({
  browser: /** @type {const} */ ('firefox'),
  executablePath: requireFirefox(),
  headless: true,
  extraPrefsFirefox: { 'network.cookie.cookieBehavior': thirdPartyCookies === 'allow' ? 0 : 5 },
});
