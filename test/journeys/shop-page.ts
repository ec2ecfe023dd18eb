import assert from 'node:assert/strict';
import type { GcAuthMessenger } from '../../src/index.js';
import type { StandIn } from '../../src/testing/stand-in.js';
import type { BrowserSwitches } from '../../src/testing/switches.js';
import type { Locator, Page, Watch } from './driver/driver.js';
import { fillLogin } from './fill-login.js';
import type { TestSite } from './test-site.js';

type State = GcAuthMessenger['state'];

export interface RecordedEvent {
  readonly type: string;
  /** Epoch milliseconds; comparable across tabs. */
  readonly at: number;
  readonly detail: Record<string, unknown> | null;
}

interface ShopWindow extends Window {
  recordedEvents: RecordedEvent[];
  uncaughtErrors: string[];
  genesysStandIn: StandIn;
  shiftClock: (offset: number) => void;
}

/** A JWT: three parts in base64url, the first of which is a JSON object. */
const jwtPattern = /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+/;

/** One tab with the shop's page: what a person does in it, and what the test can observe. */
export class ShopPage {
  readonly site: TestSite;
  readonly page: Page;
  readonly #watch: Watch;

  private constructor(site: TestSite, page: Page) {
    this.site = site;
    this.page = page;
    this.#watch = site.browser.watch(page);
  }

  static async inNewTab(site: TestSite): Promise<ShopPage> {
    return new ShopPage(site, await site.context.newPage());
  }

  async visit(path = '/account'): Promise<void> {
    await this.page.goto(this.site.demo.app.origin + path);
  }

  /** Messenger has lost its tokens when the page is loaded again. */
  async reloadWithoutTokens(): Promise<void> {
    this.site.runAction('expire-jwts');
    this.site.runAction('revoke-refresh-tokens');
    await this.page.evaluate(() => {
      for (const key of Object.keys(localStorage)) if (key.startsWith('_')) localStorage.removeItem(key);
    });
    await this.page.reload();
  }

  get element(): Locator {
    return this.page.locator('gc-auth-messenger');
  }

  get prompt(): Locator {
    return this.element.locator('[part=prompt]');
  }

  /** Messenger's launcher and window. */
  get messenger(): Locator {
    return this.page.locator('#genesys-messenger');
  }

  get reAuthenticatingAlert(): Locator {
    return this.messenger.getByRole('alert').filter({ hasText: 'Re-authenticating' });
  }

  state(): Promise<State> {
    return this.element.evaluate((element: GcAuthMessenger) => element.state);
  }

  /** The element's states since the page loaded, in order. */
  async states(): Promise<unknown[]> {
    return (await this.events('gc-state-change')).map(({ detail }) => detail?.['state']);
  }

  async waitForState(state: State, timeout = 20_000): Promise<void> {
    try {
      await this.page.waitForFunction(
        (wanted) => document.querySelector<GcAuthMessenger>('gc-auth-messenger')?.state === wanted,
        state,
        { timeout },
      );
    } catch {
      assert.fail(`never ${state}: ${JSON.stringify(await this.events())}`);
    }
  }

  /** Waits until the element has entered the state since the page loaded. It may have left it again. */
  async waitForStateEvent(state: State, timeout = 20_000): Promise<void> {
    await this.page.waitForFunction(
      (wanted) => (window as unknown as ShopWindow).recordedEvents.some(({ detail }) => detail?.['state'] === wanted),
      state,
      { timeout },
    );
  }

  /** The events since the page loaded, in order. @param type one type only */
  events(type?: string): Promise<RecordedEvent[]> {
    return this.page.evaluate(
      // Some drivers pass `undefined` as null.
      (wanted) => (window as unknown as ShopWindow).recordedEvents.filter(({ type }) => type === (wanted ?? type)),
      type,
    );
  }

  /** Waits for the first event of a type since the page loaded. */
  async waitForEvent(type: string, timeout = 20_000): Promise<void> {
    await this.page.waitForFunction(
      (wanted) => (window as unknown as ShopWindow).recordedEvents.some((event) => event.type === wanted),
      type,
      { timeout },
    );
  }

  /** Waits for a token since the page loaded that is not the one of before. */
  async waitForNewToken(timeout = 20_000): Promise<void> {
    await this.page.waitForFunction(
      () =>
        (window as unknown as ShopWindow).recordedEvents.some(
          ({ type, detail }) => type === 'token' && detail?.['source'] !== 'restored',
        ),
      undefined,
      { timeout },
    );
  }

  /** Waits for the nth token since the page loaded. @returns all tokens */
  async waitForTokens(count: number, timeout = 20_000): Promise<Array<Record<string, unknown>>> {
    await this.page.waitForFunction(
      (wanted) =>
        (window as unknown as ShopWindow).recordedEvents.filter(({ type }) => type === 'token').length >= wanted,
      count,
      { timeout },
    );
    return (await this.events('token')).map(({ detail }) => detail ?? {});
  }

  /** Clicks the prompt's button and signs in in the popup. */
  async signInByPrompt(account: 'alice' | 'bob' = 'alice'): Promise<void> {
    const [popup] = await Promise.all([
      this.page.waitForEvent('popup'),
      this.prompt.getByRole('button', { name: 'Sign in' }).click(),
    ]);
    await Promise.all([popup.waitForEvent('close'), fillLogin(popup, account)]);
  }

  async openChat(): Promise<void> {
    await this.messenger.getByRole('button', { name: 'Open Messenger' }).click();
    await this.messenger.getByRole('textbox', { name: 'Message' }).waitFor();
  }

  async type(text: string): Promise<void> {
    await this.messenger.getByRole('textbox', { name: 'Message' }).fill(text);
  }

  draft(): Promise<string> {
    return this.messenger.getByRole('textbox', { name: 'Message' }).inputValue();
  }

  /** Sends a message and waits for the reply. While Messenger authenticates, its button does nothing: clicks again. */
  async say(text: string): Promise<void> {
    await this.type(text);
    const end = Date.now() + 20_000;
    do await this.messenger.getByRole('button', { name: 'Send message' }).click();
    while ((await this.draft()) === text && Date.now() < end);
    await this.messenger.getByText(`You said: ${text}`).first().waitFor({ timeout: 20_000 });
  }

  /** How many messages of the transcript have exactly this text. */
  messageCount(text: string): Promise<number> {
    return this.messenger.getByText(text, { exact: true }).count();
  }

  /** The journal of the stand-in in this page, oldest entry first. */
  journal(): Promise<StandIn['log']> {
    return this.page.evaluate(() => [...(window as unknown as ShopWindow).genesysStandIn.log]);
  }

  /** Sets switches of the stand-in in this page. */
  async setSwitches(switches: Partial<BrowserSwitches>): Promise<void> {
    await this.page.evaluate((changes) => (window as unknown as ShopWindow).genesysStandIn.set(changes), switches);
  }

  /** Calls a method of the element. @returns `ok`, or the code of the error */
  call(
    method: 'refresh' | 'reauthenticate' | 'stepUp' | 'signOut' | 'signIn' | 'open' | 'close',
    argument?: unknown,
  ): Promise<string> {
    return this.element.evaluate(
      async (element: GcAuthMessenger, [name, values]) => {
        try {
          await (element[name as 'signOut'] as (...options: unknown[]) => Promise<void>)(...values);
          return 'ok';
        } catch (error) {
          return (error as { code?: string }).code ?? String(error);
        }
      },
      // JSON has no undefined.
      [method, argument === undefined ? [] : [argument]] as const,
    );
  }

  /** Sets the page's clock until a reload. @param offset milliseconds ahead of the servers' clock */
  async setClock(offset: number): Promise<void> {
    await this.page.evaluate((ms) => (window as unknown as ShopWindow).shiftClock(ms), offset);
  }

  /** Stops all script of this tab. @returns resumes it */
  freeze(): Promise<() => Promise<void>> {
    return this.site.browser.freeze(this.page);
  }

  async screenshot(label: string): Promise<void> {
    await this.page.screenshot({ path: this.site.screenshotPath(label) });
  }

  /** Checks what holds at the end of every journey. {@link TestSite.close} checks the requests to the provider. */
  async checkInvariants(): Promise<void> {
    const { counters } = this.site.genesys;
    assert.equal(counters.codesSeenTwice, 0, 'no code reaches Genesys twice');
    assert.deepEqual(await this.#unsettledPluginCalls(), {}, 'each AuthProvider command is settled exactly once');
    assert.deepEqual(this.#watch.errors, [], 'no exception in the page');
    assert.deepEqual(await this.page.evaluate(() => (window as unknown as ShopWindow).uncaughtErrors), []);

    const url = this.page.url();
    assert.doesNotMatch(url, /[?&#](code|state|session_state)=/, 'no part of the answer in the address bar');
    assert.doesNotMatch(this.#watch.printed.join('\n'), jwtPattern, 'no token in the console');
    assert.doesNotMatch(this.#watch.printed.join('\n'), /[?&#]code=/, 'no code in the console');
    const bubbled = JSON.stringify((await this.events()).filter(({ type }) => type !== 'token'));
    assert.doesNotMatch(bubbled, jwtPattern, 'no token in an event that bubbles');
    // After a sign-in in a popup, the element tests for a moment whether a hidden frame works.
    await this.page.waitForFunction(() => document.querySelectorAll('iframe').length === 0, undefined, {
      timeout: 10_000,
    });
    assert.deepEqual(await this.#secretsInStorage(), [], 'no secret in storage, except in Messenger’s own');
  }

  #unsettledPluginCalls(): Promise<Record<string, number>> {
    return this.page.evaluate(() => {
      const { log } = (window as unknown as ShopWindow).genesysStandIn;
      const unsettled: Record<string, number> = {};
      for (const { plugin, command = '', outcome } of log) {
        if (plugin !== 'AuthProvider' || command === '') continue;
        if (outcome === 'called') unsettled[command] = (unsettled[command] ?? 0) + 1;
        else if (['resolved', 'rejected', 'double-settle'].includes(outcome)) {
          unsettled[command] = (unsettled[command] ?? 0) - 1;
        }
      }
      return Object.fromEntries(Object.entries(unsettled).filter(([, count]) => count !== 0));
    });
  }

  /** Keys whose value has a token, a code or a verifier. Messenger's own keys begin with `_`. */
  #secretsInStorage(): Promise<string[]> {
    return this.page.evaluate((jwt) => {
      const secret = new RegExp(`${jwt}|code_verifier|codeVerifier|authCode`);
      return [localStorage, sessionStorage].flatMap((storage) =>
        Object.keys(storage).filter((key) => !key.startsWith('_') && secret.test(storage.getItem(key) ?? '')),
      );
    }, jwtPattern.source);
  }
}
