import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { fromEnvironment, onPath, runnable } from './executables.mjs';

/** What a person is told where Firefox can be neither found nor installed. */
export const howToInstall =
  'No Firefox found: install one (https://www.mozilla.org/firefox/) or set FIREFOX_PATH to its executable.';

export const packages = ['firefox-esr'];

function atUsualPlaces() {
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
 * Path of a Firefox on this machine: `FIREFOX_PATH`, then installed ones.
 *
 * @throws when `FIREFOX_PATH` is set and names nothing that can be run
 */
export const findFirefox = () =>
  fromEnvironment('FIREFOX_PATH') ?? [...onPath(['firefox', 'firefox-esr']), ...atUsualPlaces()].find(runnable);

/** As `findFirefox`, for callers that cannot go on without one. */
export function requireFirefox() {
  const path = findFirefox();
  if (!path) throw new Error(howToInstall);
  return path;
}

/**
 * How puppeteer starts Firefox.
 *
 * Blocking is Firefox' own default, 5: third-party cookies live in a partition of each site, so that a provider in a
 * frame never sees those of its own site (nsICookieService.idl, BEHAVIOR_REJECT_TRACKER_AND_PARTITION_FOREIGN).
 *
 * @param {'allow' | 'block'} thirdPartyCookies
 */
export const firefoxLaunch = (thirdPartyCookies) => ({
  browser: /** @type {const} */ ('firefox'),
  executablePath: requireFirefox(),
  headless: true,
  extraPrefsFirefox: { 'network.cookie.cookieBehavior': thirdPartyCookies === 'allow' ? 0 : 5 },
});
