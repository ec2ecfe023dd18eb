import { engineOfThisRun } from '../../../scripts/engines/engines.mjs';
import type { Ability, Browser, BrowserOptions } from './driver.js';
import { openChromium, openFirefox } from './playwright.js';
import { openWebKit } from './webkit.js';

/** The engine of this run: chromium, firefox or webkit. */
export const { engine } = engineOfThisRun();

/**
 * Why this run's engine cannot do something, for the `skip` of a test:
 *
 *     test('…', { skip: cannot.freeze ?? false }, async (t) => …)
 */
export const cannot: Partial<Record<Ability, string>> = {
  chromium: {},
  firefox: {
    freeze: 'WebDriver BiDi has no command that stops the script of a tab.',
    heap: 'WebDriver BiDi has no command that collects garbage and measures.',
    'back-forward-cache': 'Firefox keeps no page in it while it is driven by WebDriver BiDi.',
    'popup-blocker': 'Firefox has no popup blocker while it is driven by WebDriver BiDi.',
  },
  webkit: {
    freeze: 'WebDriver has no command that stops the script of a tab.',
    heap: 'WebDriver has no command that collects garbage and measures.',
    'back-forward-cache': 'WebKitGTK keeps no page in it while it is driven by WebDriver.',
  },
}[engine];

/** A browser of this run's engine, and of its cookies unless told otherwise, without a past. */
export function openBrowser(options: Partial<BrowserOptions> = {}): Promise<Browser> {
  const { thirdPartyCookies } = engineOfThisRun();
  const open = { chromium: openChromium, firefox: openFirefox, webkit: openWebKit }[engine];
  return open({ thirdPartyCookies, ...options });
}
