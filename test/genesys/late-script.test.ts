import { aTimeout, expect } from '@open-wc/testing';
import { createMessengerPort } from '../../src/genesys/messenger-port.js';
import { fakePorts } from '../support/fake-ports.js';
import { FakeGenesys, fakeWindow, scriptOf } from '../support/fake-genesys.js';
import { configOf, grantOf } from '../support/fixtures.js';
import { describeEvent } from '../support/harness-session.js';
import { genesysConfig } from '../support/messenger-under-test.js';
import { VirtualTime } from '../support/virtual-time.js';
import { Session } from '../../src/session/session.js';

const jwtUntil = (ms: number): string =>
  `e30.${btoa(JSON.stringify({ sub: 'alice', iat: ms / 1_000 - 900, exp: ms / 1_000 })).replace(/=/g, '')}.signature`;

/** A session with the real Messenger port. */
class LatePage {
  readonly time = new VirtualTime();
  readonly win = fakeWindow();
  readonly genesys = new FakeGenesys(this.win);
  readonly events: string[] = [];
  readonly #ports = fakePorts();
  readonly #session: Session;

  constructor() {
    this.#session = new Session({
      config: configOf({}),
      ports: { ...this.#ports, messenger: createMessengerPort(genesysConfig, this.win, { scheduler: this.time }) },
      scheduler: this.time,
      random: () => 0,
    });
    this.#session.events$.subscribe(
      (event) => event.type === 'attempt' || event.type === 'messenger' || this.events.push(describeEvent(event)),
    );
  }

  start(): this {
    this.#session.start();
    return this;
  }

  get document(): Document {
    return this.win.document;
  }

  get script(): HTMLScriptElement {
    return scriptOf(this.win)!;
  }

  get state(): string {
    return this.#session.snapshot.state;
  }

  get errors(): string[] {
    return this.events.filter((event) => event.startsWith('error'));
  }

  /** A consent tool puts a copy of the script into the document. */
  insertCopy(script: HTMLScriptElement): void {
    const copy = this.document.createElement('script');
    copy.src = script.src;
    this.document.head.append(copy);
  }

  /** The script runs, and Messenger calls for a code. */
  async expectSignIn(): Promise<void> {
    this.genesys.load().configure().republish('Auth.ready');
    expect(this.state, 'without a call of the page').not.to.equal('failed');
    const settled = this.genesys.call('getAuthCode');
    this.#ports.code.answerSilent(grantOf('c1'));
    await aTimeout(0);
    expect(settled).to.eql([{ resolved: grantOf('c1') }]);
    expect(this.genesys.readyWith, 'one AuthProvider').to.have.length(1);
    expect(this.document.querySelectorAll('script[src*="genesys.min.js"]').length).to.be.at.most(1);
    this.genesys.publish('Auth.authenticated', { jwt: jwtUntil(this.time.now() + 900_000) });
    this.time.advance(10_000);
    expect(this.state).to.equal('signed-in');
  }
}

describe('a Messenger that arrives after the error', () => {
  it('starts the sign-in when the request was blocked, and a copy of the script is inserted', async () => {
    const page = new LatePage().start();
    const { script } = page;
    script.dispatchEvent(new Event('error'));
    expect([page.state, page.errors]).to.eql(['failed', ['error script-blocked']]);
    page.time.advance(600_000);
    page.insertCopy(script);
    await page.expectSignIn();
    expect(page.errors).to.eql(['error script-blocked']);
  });

  it('does so when the script hung, and ran at last', async () => {
    const page = new LatePage().start();
    page.time.advance(600_000);
    expect([page.state, page.errors]).to.eql(['failed', ['error script-timeout']]);
    await page.expectSignIn();
    expect(page.errors).to.eql(['error script-timeout']);
  });

  it('does so when only the plugin Auth was late', async () => {
    const page = new LatePage().start();
    page.genesys.load().configure();
    page.time.advance(60_000);
    expect([page.state, page.errors]).to.eql(['failed', ['error script-timeout']]);
    page.genesys.republish('Auth.ready');
    expect(page.state).to.equal('loading');
    const settled = page.genesys.call('getAuthCode');
    expect(page.state).to.equal('signing-in');
    expect(settled).to.eql([]);
  });

  it('tells what is wrong with the deployment, once', () => {
    const page = new LatePage().start();
    page.time.advance(10_000);
    page.genesys.load().configure({ status: 'Inactive' }).configure({ status: 'Inactive' });
    expect([page.state, page.errors]).to.eql(['failed', ['error script-timeout', 'error deployment-inactive']]);
  });

  it('does not start again and again where the device is offline and AuthProvider is not registered', () => {
    const page = new LatePage().start();
    Object.assign(page.win.navigator, { onLine: false });
    page.time.advance(10_000);
    page.genesys.load({ drain: false });
    page.time.advance(600_000);
    expect(page.errors).to.eql(['error offline']);
  });
});

describe('a consent tool', () => {
  const tools: Record<string, (page: LatePage) => () => void> = {
    'rewrites the type in a mutation observer': (page) => {
      const seen: HTMLScriptElement[] = [];
      const observer = new MutationObserver((records) => {
        for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
          if (!(node instanceof HTMLScriptElement) || node.dataset['released']) continue;
          node.type = 'javascript/blocked';
          seen.push(node);
        }
      });
      observer.observe(page.document, { childList: true, subtree: true });
      return () => {
        for (const node of seen) {
          const copy = node.cloneNode() as HTMLScriptElement;
          copy.removeAttribute('type');
          copy.dataset['released'] = 'true';
          node.replaceWith(copy);
        }
        observer.disconnect();
      };
    },
    'patches createElement and keeps the URL': (page) => {
      const createElement = page.document.createElement.bind(page.document);
      const held: Array<() => void> = [];
      page.document.createElement = (name: string) => {
        const script = createElement(name);
        let url = '';
        Object.defineProperty(script, 'src', {
          get: () => url,
          set: (value: string) => {
            url = value;
            held.push(() => script.setAttribute('src', value));
          },
        });
        return script;
      };
      return () => held.forEach((release) => release());
    },
    'patches createElement and keeps the type': (page) => {
      const createElement = page.document.createElement.bind(page.document);
      const held: HTMLElement[] = [];
      page.document.createElement = (name: string) => {
        const script = createElement(name);
        script.setAttribute('type', 'text/plain');
        held.push(script);
        return script;
      };
      return () => held.forEach((script) => script.removeAttribute('type'));
    },
    'takes the node out, and creates it again': (page) => {
      const observer = new MutationObserver(() => scriptOf(page.win)?.remove());
      observer.observe(page.document, { childList: true, subtree: true });
      return () => {
        observer.disconnect();
        const script = page.document.createElement('script');
        script.src = genesysConfig.scriptUrl;
        page.document.body.append(script);
      };
    },
  };
  for (const [name, holdBack] of Object.entries(tools)) {
    it(`is waited for without an error: ${name}`, async () => {
      const page = new LatePage();
      const release = holdBack(page);
      page.start();
      await aTimeout(0);
      page.time.advance(600_000);
      expect([page.state, page.errors]).to.eql(['loading', []]);
      release();
      await aTimeout(0);
      await page.expectSignIn();
      expect(page.errors).to.eql([]);
    });
  }
});
