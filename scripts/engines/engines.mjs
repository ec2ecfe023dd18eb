import { aptCanInstall, aptInstall } from './apt-install.mjs';
import * as chromium from './chromium.mjs';
import * as firefox from './firefox.mjs';
import * as webkit from './webkit.mjs';

/**
 * The browser engines that tests run in, and how each is found and installed.
 *
 * @typedef {'chromium' | 'firefox' | 'webkit'} Engine
 * @typedef {'allow' | 'block'} ThirdPartyCookies
 */

/** @type {Record<Engine, {title: string, find: () => unknown, packages: string[], howToInstall: string}>} */
export const engines = {
  chromium: {
    title: 'Chromium',
    find: chromium.findChromium,
    packages: ['chromium'],
    howToInstall: chromium.howToInstall,
  },
  firefox: {
    title: 'Firefox',
    find: firefox.findFirefox,
    packages: firefox.packages,
    howToInstall: firefox.howToInstall,
  },
  webkit: { title: 'WebKitGTK', find: webkit.findWebKit, packages: webkit.packages, howToInstall: webkit.howToInstall },
};

const names = /** @type {Engine[]} */ (Object.keys(engines));

/** Engines that are not installed. */
export const missingEngines = () => names.filter((name) => engines[name].find() === undefined);

/** Engines that are installed. */
export const findEngines = () => names.filter((name) => engines[name].find() !== undefined);

/**
 * Installs the missing engines if this process may install packages.
 *
 * @throws when an engine is still missing
 * @returns all engines
 */
export function provideEngines() {
  const absent = missingEngines();
  if (absent.length > 0 && aptCanInstall()) {
    const titles = absent.map((name) => engines[name].title).join(', ');
    aptInstall(
      `Not found: ${titles}.`,
      absent.flatMap((name) => engines[name].packages),
    );
  }
  const left = missingEngines();
  if (left.length > 0) throw new Error(left.map((name) => engines[name].howToInstall).join('\n'));
  return names;
}

/**
 * The engine of this run and whether it allows third-party cookies, from `ENGINE` and `THIRD_PARTY_COOKIES`.
 *
 * @returns {{engine: Engine, thirdPartyCookies: ThirdPartyCookies}}
 */
export function engineOfThisRun() {
  const { ENGINE = 'chromium', THIRD_PARTY_COOKIES = 'allow' } = process.env;
  const engine = names.find((name) => name === ENGINE);
  if (!engine) throw new Error(`ENGINE takes ${names.join(', ')}.`);
  if (THIRD_PARTY_COOKIES !== 'allow' && THIRD_PARTY_COOKIES !== 'block') {
    throw new Error('THIRD_PARTY_COOKIES takes allow, block.');
  }
  return { engine, thirdPartyCookies: THIRD_PARTY_COOKIES };
}
