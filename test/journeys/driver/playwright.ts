import { chromium, firefox } from 'playwright-core';
import type { Browser as PlaywrightBrowser, BrowserContext, Page as PlaywrightPage } from 'playwright-core';
import { chromiumArgs, freshProfile, provideChromium } from '../../../scripts/engines/chromium.mjs';
import { firefoxLaunch } from '../../../scripts/engines/firefox.mjs';
import type { Browser, BrowserOptions, Context, MemoryUse, Watch } from './driver.js';

/** The functions that need a debugger. */
type Debugger = Pick<Browser, 'freeze' | 'measureMemory' | 'grantStorageAccess' | 'acceptFedCm'>;

const viewport = { width: 1100, height: 800 };

/** Starting a browser takes longer than many journeys do, so one for each setting serves all journeys of a process. */
const chromiums = new Map<string, Promise<BrowserContext>>();

/** Each journey finds the browser without tabs, cookies and stored data. */
export async function openChromium(options: BrowserOptions): Promise<Browser> {
  const key = JSON.stringify([options.thirdPartyCookies, options.popups]);
  const launched = chromiums.get(key) ?? launchChromium(options);
  chromiums.set(key, launched);
  const context = await launched;
  const visited = recordOrigins(context);
  return {
    ...toBrowser(context, {
      freeze: (page) => stopScript(context, page as unknown as PlaywrightPage),
      measureMemory: (page) => measure(context, page as unknown as PlaywrightPage),
      grantStorageAccess: () => context.grantPermissions(['storage-access']),
      acceptFedCm: (page) => acceptFedCm(context, page as unknown as PlaywrightPage),
    }),
    close: () => empty(context, visited.stop()),
  };
}

/** With a persistent context: Playwright's other contexts always block third-party cookies. */
const launchChromium = ({ thirdPartyCookies, popups }: BrowserOptions): Promise<BrowserContext> =>
  chromium.launchPersistentContext(freshProfile(thirdPartyCookies), {
    executablePath: provideChromium(),
    args: chromiumArgs,
    // Playwright disables these features, which people have.
    ignoreDefaultArgs: ['--disable-back-forward-cache', ...(popups === 'block' ? ['--disable-popup-blocking'] : [])],
    viewport,
  });

/** Records the origin of every document that the browser shows. */
function recordOrigins(context: BrowserContext): { stop(): Set<string> } {
  const origins = new Set<string>();
  const record = (page: PlaywrightPage): void =>
    void page.on('framenavigated', (frame) => origins.add(new URL(frame.url()).origin));
  context.on('page', record);
  return {
    stop: () => {
      context.off('page', record);
      return origins;
    },
  };
}

/** Closes all tabs but the first, without which the browser would end, and deletes what the journey has stored. */
async function empty(context: BrowserContext, origins: Set<string>): Promise<void> {
  const [first, ...tabs] = context.pages();
  await Promise.all(tabs.map((page) => page.close()));
  await context.clearCookies();
  await context.clearPermissions();
  if (!first) return;
  const session = await context.newCDPSession(first);
  for (const origin of origins) {
    if (origin !== 'null') await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  }
  await session.detach();
}

/** Firefox takes seconds to start and its contexts share nothing, so one browser per cookie setting serves all tests. */
const browsers = new Map<BrowserOptions['thirdPartyCookies'], Promise<PlaywrightBrowser>>();

export async function openFirefox({ thirdPartyCookies }: BrowserOptions): Promise<Browser> {
  const launched = browsers.get(thirdPartyCookies) ?? launchFirefox(thirdPartyCookies);
  browsers.set(thirdPartyCookies, launched);
  return toBrowser(await (await launched).newContext({ viewport }), withoutDebugger);
}

/** The installed Firefox, with WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/ */
async function launchFirefox(thirdPartyCookies: BrowserOptions['thirdPartyCookies']): Promise<PlaywrightBrowser> {
  const { executablePath, extraPrefsFirefox } = firefoxLaunch(thirdPartyCookies);
  const browser = await firefox.launch({
    // This channel uses BiDi. Others need Playwright's own builds of Firefox.
    channel: 'moz-firefox',
    executablePath,
    firefoxUserPrefs: extraPrefsFirefox,
  });
  dropUnsupportedCommand(browser);
  return browser;
}

/**
 * In every new page, Playwright sends a command for emulated media features, which Firefox ESR does not know yet. The
 * journeys emulate none, so the command can be dropped.
 */
function dropUnsupportedCommand(browser: PlaywrightBrowser): void {
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
 * With the debugger: `Page.setWebLifecycleState` freezes hidden tabs only, and a headless browser has none.
 * https://chromedevtools.github.io/devtools-protocol/tot/Debugger/#method-pause
 */
async function stopScript(context: BrowserContext, page: PlaywrightPage): Promise<() => Promise<void>> {
  const session = await context.newCDPSession(page);
  await session.send('Debugger.enable');
  await session.send('Debugger.pause');
  return async () => {
    // The debugger pauses at the next script. If none ran, there is nothing to resume.
    await session.send('Debugger.resume').catch(() => undefined);
    await session.send('Debugger.disable');
    await session.detach();
  };
}

/** https://chromedevtools.github.io/devtools-protocol/tot/FedCm/ */
async function acceptFedCm(context: BrowserContext, page: PlaywrightPage): Promise<() => number> {
  const session = await context.newCDPSession(page);
  let dialogs = 0;
  session.on('FedCm.dialogShown', ({ dialogId, dialogType }) => {
    if (dialogType !== 'AccountChooser') return;
    dialogs++;
    void session.send('FedCm.selectAccount', { dialogId, accountIndex: 0 });
  });
  await session.send('FedCm.enable', { disableRejectionDelay: true });
  return () => dialogs;
}

/** https://chromedevtools.github.io/devtools-protocol/tot/Memory/#method-getDOMCounters */
async function measure(context: BrowserContext, page: PlaywrightPage): Promise<MemoryUse> {
  const session = await context.newCDPSession(page);
  // Objects with finalizers or weak references are collected in a later round.
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize: heap } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners: listeners, documents } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return { heap, nodes, listeners, documents };
}

const withoutDebugger: Debugger = {
  freeze: () => Promise.reject(new Error('This engine’s driver cannot freeze a tab.')),
  measureMemory: () => Promise.reject(new Error('This engine’s driver cannot measure memory.')),
  grantStorageAccess: () => Promise.reject(new Error('This engine’s driver cannot grant permissions.')),
  acceptFedCm: () => Promise.reject(new Error('This engine has no FedCM.')),
};

const toBrowser = (context: BrowserContext, tools: Debugger): Browser => ({
  context: context as unknown as Context,
  watch: (page) => watch(page as unknown as PlaywrightPage),
  ...tools,
  close: () => context.close(),
});

/** With BiDi, Firefox reports console messages about requests, sockets and cookies as uncaught errors. */
const onlyPrinted =
  /^(Error: )?(Cross-Origin Request Blocked: |Content-Security-Policy: |Cookie “|Firefox can’t establish a connection to |The connection to wss?:)/;

function watch(page: PlaywrightPage): Watch {
  const watched: Watch = { printed: [], errors: [] };
  page.on('console', (message) => watched.printed.push(`${message.text()} ${message.location().url}`));
  page.on('pageerror', (error) => {
    const text = String(error);
    watched[onlyPrinted.test(text) ? 'printed' : 'errors'].push(text);
  });
  return watched;
}
