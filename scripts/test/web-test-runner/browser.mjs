import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';
import { chromiumArgs, freshProfile, requireChromium } from '../../engines/chromium.mjs';
import { coverageCollector } from '../../coverage/collect.mjs';
import { firefoxLaunch } from '../../engines/firefox.mjs';
import { webKitLauncher } from './webkit-launcher.mjs';

/**
 * The browser in which Web Test Runner runs the tests.
 *
 * @param {ReturnType<typeof import('../../engines/engines.mjs').engineOfThisRun>} run
 * @param {boolean} withCoverage only Chromium has any to give
 */
export function testBrowser({ engine, thirdPartyCookies }, withCoverage) {
  if (engine === 'webkit') return webKitLauncher(thirdPartyCookies);
  if (engine === 'firefox') {
    // The launcher takes a puppeteer of ours only to know that its browser is not Chrome.
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
