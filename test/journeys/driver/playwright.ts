import { chromium, firefox } from 'playwright-core';
import type { Browser as PlaywrightBrowser, BrowserContext, Page as PlaywrightPage } from 'playwright-core';
import { chromiumArgs, freshProfile, provideChromium } from '../../../scripts/engines/chromium.mjs';
import { firefoxLaunch } from '../../../scripts/engines/firefox.mjs';
import type { Browser, BrowserOptions, Context, Held, Watch } from './driver.js';

/** What takes a debugger. */
type Debugger = Pick<Browser, 'freeze' | 'held'>;

const viewport = { width: 1100, height: 800 };

/** A profile of its own, since a context that Playwright makes up blocks third-party cookies whatever it is told. */
export async function openChromium({ thirdPartyCookies, popups }: BrowserOptions): Promise<Browser> {
  const context = await chromium.launchPersistentContext(freshProfile(thirdPartyCookies), {
    executablePath: provideChromium(),
    args: chromiumArgs,
    // Playwright turns off what people have.
    ignoreDefaultArgs: ['--disable-back-forward-cache', ...(popups === 'block' ? ['--disable-popup-blocking'] : [])],
    viewport,
  });
  return driving(context, {
    freeze: (page) => stopScript(context, page as unknown as PlaywrightPage),
    held: (page) => measure(context, page as unknown as PlaywrightPage),
  });
}

/** Firefox takes seconds to start, and its contexts share nothing: one for each way with cookies, to the end of the run. */
const running = new Map<BrowserOptions['thirdPartyCookies'], Promise<PlaywrightBrowser>>();

export async function openFirefox({ thirdPartyCookies }: BrowserOptions): Promise<Browser> {
  const launched = running.get(thirdPartyCookies) ?? launchFirefox(thirdPartyCookies);
  running.set(thirdPartyCookies, launched);
  return driving(await (await launched).newContext({ viewport }), withoutDebugger);
}

/** Firefox as it is installed, by WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/ */
async function launchFirefox(thirdPartyCookies: BrowserOptions['thirdPartyCookies']): Promise<PlaywrightBrowser> {
  const { executablePath, extraPrefsFirefox } = firefoxLaunch(thirdPartyCookies);
  const browser = await firefox.launch({
    // Channels of this name are driven by BiDi; others are Playwright's own builds.
    channel: 'moz-firefox',
    executablePath,
    firefoxUserPrefs: extraPrefsFirefox,
  });
  allowOlderFirefox(browser);
  return browser;
}

/**
 * Playwright sets media features in every new page, also where none is pluginCalled for, by a command that Firefox ESR does
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

/**
 * By the debugger: `Page.setWebLifecycleState` freezes hidden tabs only, and in a headless browser none is hidden.
 * https://chromedevtools.github.io/devtools-protocol/tot/Debugger/#method-pause
 */
async function stopScript(context: BrowserContext, page: PlaywrightPage): Promise<() => Promise<void>> {
  const session = await context.newCDPSession(page);
  await session.send('Debugger.enable');
  await session.send('Debugger.pause');
  return async () => {
    // Script that never ran meanwhile was not stopped yet, and then there is nothing to resume.
    await session.send('Debugger.resume').catch(() => undefined);
    await session.send('Debugger.disable');
    await session.detach();
  };
}

/** https://chromedevtools.github.io/devtools-protocol/tot/Memory/#method-getDOMCounters */
async function measure(context: BrowserContext, page: PlaywrightPage): Promise<Held> {
  const session = await context.newCDPSession(page);
  // Finalizers and weak references are done with in a later round.
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize: heap } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners: listeners, documents } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return { heap, nodes, listeners, documents };
}

const withoutDebugger: Debugger = {
  freeze: () => Promise.reject(new Error('This engine’s driver cannot freeze a tab.')),
  held: () => Promise.reject(new Error('This engine’s driver does not tell of memory.')),
};

const driving = (context: BrowserContext, tools: Debugger): Browser => ({
  context: context as unknown as Context,
  watch: (page) => watch(page as unknown as PlaywrightPage),
  ...tools,
  close: () => context.close(),
});

/** By BiDi, Firefox files what it prints of requests, sockets and cookies under errors: nobody threw them. */
const onlyPrinted =
  /^(Error: )?(Cross-Origin Request Blocked: |Content-Security-Policy: |Cookie “|Firefox can’t establish a connection to |The connection to wss?:)/;

function watch(page: PlaywrightPage): Watch {
  const seen: Watch = { printed: [], errors: [] };
  page.on('console', (message) => seen.printed.push(`${message.text()} ${message.location().url}`));
  page.on('pageerror', (error) => {
    const text = String(error);
    seen[onlyPrinted.test(text) ? 'printed' : 'errors'].push(text);
  });
  return seen;
}
