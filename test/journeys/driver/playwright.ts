import { chromium, firefox } from 'playwright-core';
import type { Browser as PlaywrightBrowser, BrowserContext, Page as PlaywrightPage } from 'playwright-core';
import { chromiumArgs, freshProfile, provideChromium } from '../../../scripts/chromium.mjs';
import { firefoxLaunch } from '../../../scripts/firefox.mjs';
import type { Browser, Context, ThirdPartyCookies, Watch } from './driver.js';

const viewport = { width: 1100, height: 800 };

/** A profile of its own, since a context that Playwright makes up blocks third-party cookies whatever it is told. */
export async function openChromium(thirdPartyCookies: ThirdPartyCookies): Promise<Browser> {
  const context = await chromium.launchPersistentContext(freshProfile(thirdPartyCookies), {
    executablePath: provideChromium(),
    args: chromiumArgs,
    viewport,
  });
  return driving(context);
}

/** Firefox as it is installed, by WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/ */
export async function openFirefox(thirdPartyCookies: ThirdPartyCookies): Promise<Browser> {
  const { executablePath, extraPrefsFirefox } = firefoxLaunch(thirdPartyCookies);
  const browser = await firefox.launch({
    // Channels of this name are driven by BiDi; others are Playwright's own builds.
    channel: 'moz-firefox',
    executablePath,
    firefoxUserPrefs: extraPrefsFirefox,
  });
  allowOlderFirefox(browser);
  return driving(await browser.newContext({ viewport }));
}

/**
 * Playwright sets media features in every new page, also where none is asked for, by a command that Firefox ESR does
 * not know yet. This journeys' driver asks for none, so there is nothing to miss.
 */
function allowOlderFirefox(browser: PlaywrightBrowser): void {
  interface Session {
    send(method: string, parameters: unknown): Promise<unknown>;
  }
  interface Internal {
    _connection: { toImpl(object: unknown): { _browserSession: Session } };
  }
  const { _browserSession } = (browser as unknown as Internal)._connection.toImpl(browser);
  const sessions = Object.getPrototypeOf(_browserSession) as Session;
  const { send } = sessions;
  sessions.send = async function (this: Session, method, parameters) {
    if (method === 'emulation.setMediaFeaturesOverride') return {};
    return send.call(this, method, parameters);
  };
}

const driving = (context: BrowserContext): Browser => ({
  context: context as unknown as Context,
  watch: (page) => watch(page as unknown as PlaywrightPage),
  close: async () => {
    const browser = context.browser();
    await context.close();
    await browser?.close();
  },
});

/** By BiDi, Firefox files what it prints of blocked requests under errors: nobody threw them. */
const onlyPrinted = /^(Error: )?(Cross-Origin Request Blocked|Content-Security-Policy): /;

function watch(page: PlaywrightPage): Watch {
  const seen: Watch = { printed: [], errors: [] };
  page.on('console', (message) => seen.printed.push(`${message.text()} ${message.location().url}`));
  page.on('pageerror', (error) => {
    const text = String(error);
    seen[onlyPrinted.test(text) ? 'printed' : 'errors'].push(text);
  });
  return seen;
}
