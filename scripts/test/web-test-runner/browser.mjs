import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';
import { coverageCollector } from '../../coverage/collect.mjs';
import { chromiumArgs, freshProfile, requireChromium } from '../../engines/chromium.mjs';
import { firefoxLaunch } from '../../engines/firefox.mjs';
import { webKitLauncher } from './webkit-launcher.mjs';

/**
 * The browser in which Web Test Runner runs the tests.
 *
 * @param {ReturnType<typeof import('../../engines/engines.mjs').engineOfThisRun>} run
 * @param {boolean} withCoverage Chromium only
 */
export function testBrowser({ engine, thirdPartyCookies }, withCoverage) {
  if (engine === 'webkit') return webKitLauncher(thirdPartyCookies);
  if (engine === 'firefox') {
    // With a puppeteer from outside, the launcher does not look for Chrome.
    return chromeLauncher({ puppeteer: puppeteerCore, launchOptions: firefoxLaunch(thirdPartyCookies) });
  }
  return chromeLauncher({
    launchOptions: {
      executablePath: requireChromium(),
      args: chromiumArgs,
      userDataDir: freshProfile(thirdPartyCookies),
    },
    ...(withCoverage ? { createPage: coverageCollector() } : {}),
  });
}
