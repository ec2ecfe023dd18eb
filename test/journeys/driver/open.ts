import { engineOfThisRun } from '../../../scripts/engines/engines.mjs';
import type { Ability, Browser, BrowserOptions } from './driver.js';
import { openChromium, openFirefox } from './playwright.js';
import { openWebKit } from './webkit.js';

/** The engine of this test run: chromium, firefox or webkit. */
export const { engine } = engineOfThisRun();

/**
 * Reasons to skip a test in the engine of this run:
 *
 *     test('…', { skip: cannot.freeze ?? false }, async (t) => …)
 */
export const cannot: Partial<Record<Ability, string>> = {
  chromium: {},
  firefox: {
    freeze: 'WebDriver BiDi has no command that stops the script of a tab.',
    heap: 'WebDriver BiDi has no command for garbage collection and measurement.',
    'back-forward-cache': 'Firefox does not use it when WebDriver BiDi controls it.',
    'popup-blocker': 'Firefox has no popup blocker when WebDriver BiDi controls it.',
    'storage-access': 'Firefox ESR does not know Storage Access headers.',
    fedcm: 'Firefox does not have FedCM.',
  },
  webkit: {
    freeze: 'WebDriver has no command that stops the script of a tab.',
    heap: 'WebDriver has no command for garbage collection and measurement.',
    'storage-access': 'WebKitGTK does not know Storage Access headers.',
    fedcm: 'WebKitGTK does not have FedCM.',
    'back-forward-cache': 'WebKitGTK does not use it when WebDriver controls it.',
  },
}[engine];

/** Opens a browser without cookies and stored data. Engine and third-party cookies are those of this test run by default. */
export function openBrowser(options: Partial<BrowserOptions> = {}): Promise<Browser> {
  const { thirdPartyCookies } = engineOfThisRun();
  const open = { chromium: openChromium, firefox: openFirefox, webkit: openWebKit }[engine];
  return open({ thirdPartyCookies, ...options });
}
