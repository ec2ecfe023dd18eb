import assert from 'node:assert/strict';
import type { GcAuthMessenger } from '../../src/index.js';
import type { StandIn } from '../../src/testing/stand-in.js';
import type { BrowserSwitches } from '../../src/testing/switches.js';
import type { Locator, Page, Watch } from './driver/driver.js';
import { fillLogin } from './login.js';
import type { Stage } from './stage.js';

type State = GcAuthMessenger['state'];

export interface Seen {
  readonly type: string;
  /** Epoch ms; comparable among tabs. */
  readonly at: number;
  readonly detail: Record<string, unknown> | null;
}

interface ShopWindow extends Window {
  seen: Seen[];
  uncaught: string[];
  genesysStandIn: StandIn;
  shiftClock: (offset: number) => void;
}

/** Looks like a JWT: three parts in base64url, the first of which is a JSON object. */
const jwtLike = /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+/;

/** One tab on the shop's page, in the words of the person who uses it. */
export class Shop {
  readonly stage: Stage;
  readonly page: Page;
  readonly #watch: Watch;

  private constructor(stage: Stage, page: Page) {
    this.stage = stage;
    this.page = page;
    this.#watch = stage.browser.watch(page);
  }

  static async inNewTab(stage: Stage): Promise<Shop> {
    return new Shop(stage, await stage.context.newPage());
  }

  async visit(path = '/account'): Promise<void> {
    await this.page.goto(this.stage.demo.app.origin + path);
  }

  get element(): Locator {
    return this.page.locator('gc-auth-messenger');
  }

  get prompt(): Locator {
    return this.element.locator('[part=prompt]');
  }

  get alert(): Locator {
    return this.messenger.getByRole('alert').filter({ hasText: 'Re-authenticating' });
  }

  /** Messenger's own launcher and window. */
  get messenger(): Locator {
    return this.page.locator('#genesys-messenger');
  }

  async reaches(state: State, timeout = 20_000): Promise<void> {
    try {
      await this.page.waitForFunction(
        (wanted) => document.querySelector<GcAuthMessenger>('gc-auth-messenger')?.state === wanted,
        state,
        { timeout },
      );
    } catch {
      assert.fail(`never ${state}: ${JSON.stringify(await this.seen())}`);
    }
  }

  state(): Promise<State> {
    return this.element.evaluate((element: GcAuthMessenger) => element.state);
  }

  /** What the page saw, oldest first. */
  seen(type?: string): Promise<Seen[]> {
    return this.page.evaluate(
      // What is undefined here may arrive as null.
      (wanted) => (window as unknown as ShopWindow).seen.filter(({ type }) => type === (wanted ?? type)),
      type,
    );
  }

  /** Waits until the element has been in that state since the page loaded, however briefly. */
  async passes(state: State, timeout = 20_000): Promise<void> {
    await this.page.waitForFunction(
      (wanted) => (window as unknown as ShopWindow).seen.some(({ detail }) => detail?.['state'] === wanted),
      state,
      { timeout },
    );
  }

  /** Waits until the page saw it. */
  async saw(type: string, timeout = 20_000): Promise<void> {
    await this.page.waitForFunction(
      (wanted) => (window as unknown as ShopWindow).seen.some((one) => one.type === wanted),
      type,
      { timeout },
    );
  }

  /** The element's states, in order. */
  async states(): Promise<unknown[]> {
    return (await this.seen('gc-state-change')).map(({ detail }) => detail?.['state']);
  }

  /** Waits until so many tokens were seen since the page loaded. */
  async sawTokens(count: number, timeout = 20_000): Promise<Array<Record<string, unknown>>> {
    await this.page.waitForFunction(
      (wanted) => (window as unknown as ShopWindow).seen.filter(({ type }) => type === 'token').length >= wanted,
      count,
      { timeout },
    );
    return (await this.seen('token')).map(({ detail }) => detail ?? {});
  }

  /** The prompt's button, the provider's page in the popup, and back. */
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

  /** Types, sends, and waits for the answer. While Messenger authenticates, its button takes no click: once more then. */
  async say(text: string): Promise<void> {
    await this.type(text);
    const end = Date.now() + 20_000;
    do await this.messenger.getByRole('button', { name: 'Send message' }).click();
    while ((await this.draft()) === text && Date.now() < end);
    await this.messenger.getByText(`You said: ${text}`).first().waitFor({ timeout: 20_000 });
  }

  /** How often a text stands in the transcript as a message of its own. */
  said(text: string): Promise<number> {
    return this.messenger.getByText(text, { exact: true }).count();
  }

  /** What the stand-in noted, oldest first. */
  journal(): Promise<StandIn['log']> {
    return this.page.evaluate(() => [...(window as unknown as ShopWindow).genesysStandIn.log]);
  }

  async set(switches: Partial<BrowserSwitches>): Promise<void> {
    await this.page.evaluate((changes) => (window as unknown as ShopWindow).genesysStandIn.set(changes), switches);
  }

  /** Calls a method of the element as a page's script would. */
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

  /** Sets the page's clock, until it loads again: so many milliseconds ahead of the servers', or behind. */
  async setClock(offset: number): Promise<void> {
    await this.page.evaluate((ms) => (window as unknown as ShopWindow).shiftClock(ms), offset);
  }

  /** Stops all script of this tab until it is thawed by what is answered. */
  freeze(): Promise<() => Promise<void>> {
    return this.stage.browser.freeze(this.page);
  }

  async picture(label: string): Promise<void> {
    await this.page.screenshot({ path: this.stage.screenshotPath(label) });
  }

  /** What must hold in every journey, whatever it was about. */
  async isClean(): Promise<void> {
    const { counters } = this.stage.genesys;
    assert.equal(counters.codesSeenTwice, 0, 'no code reaches Genesys twice');
    assert.deepEqual(await this.#unsettledAsks(), {}, 'each AuthProvider command is settled exactly once');
    assert.deepEqual(this.#watch.errors, [], 'no exception in the page');
    assert.deepEqual(await this.page.evaluate(() => (window as unknown as ShopWindow).uncaught), []);

    const url = this.page.url();
    assert.doesNotMatch(url, /[?&#](code|state|session_state)=/, 'nothing of the answer in the address bar');
    assert.doesNotMatch(this.#watch.printed.join('\n'), jwtLike, 'no token in the console');
    assert.doesNotMatch(this.#watch.printed.join('\n'), /[?&#]code=/, 'no code in the console');
    const bubbled = JSON.stringify((await this.seen()).filter(({ type }) => type !== 'token'));
    assert.doesNotMatch(bubbled, jwtLike, 'no token in an event that bubbles');
    // After a sign-in by popup a frame is tested, for a moment.
    await this.page.waitForFunction(() => document.querySelectorAll('iframe').length === 0, undefined, {
      timeout: 10_000,
    });
    assert.deepEqual(await this.#ownStorage(), [], 'no secret in storage of ours');
  }

  #unsettledAsks(): Promise<Record<string, number>> {
    return this.page.evaluate(() => {
      const { log } = (window as unknown as ShopWindow).genesysStandIn;
      const open: Record<string, number> = {};
      for (const { plugin, command = '', outcome } of log) {
        if (plugin !== 'AuthProvider' || command === '') continue;
        if (outcome === 'called') open[command] = (open[command] ?? 0) + 1;
        else if (['resolved', 'rejected', 'double-settle'].includes(outcome)) open[command] = (open[command] ?? 0) - 1;
      }
      return Object.fromEntries(Object.entries(open).filter(([, count]) => count !== 0));
    });
  }

  /** Keys of ours whose value looks like a token or holds a code or a verifier. */
  #ownStorage(): Promise<string[]> {
    return this.page.evaluate((jwt) => {
      const suspicious = new RegExp(`${jwt}|code_verifier|codeVerifier|authCode`);
      return [localStorage, sessionStorage].flatMap((storage) =>
        Object.keys(storage).filter((key) => !key.startsWith('_') && suspicious.test(storage.getItem(key) ?? '')),
      );
    }, jwtLike.source);
  }
}
