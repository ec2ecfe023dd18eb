import { engineOfThisRun } from '../../../scripts/engines.mjs';
import type { Browser } from './driver.js';
import { openChromium, openFirefox } from './playwright.js';
import { openWebKit } from './webkit.js';

/** The engine of this run: chromium, firefox or webkit. */
export const { engine } = engineOfThisRun();

/** A browser of this run's engine and cookies, without a past. */
export function openBrowser(): Promise<Browser> {
  const { thirdPartyCookies } = engineOfThisRun();
  return { chromium: openChromium, firefox: openFirefox, webkit: openWebKit }[engine](thirdPartyCookies);
}
