import { aTimeout, expect } from '@open-wc/testing';
import { discardScript } from '../../src/genesys/added-scripts.js';
import { command } from '../../src/genesys/genesys-global.js';
import { fakeWindow, globals, scriptOf } from '../support/fake-genesys.js';
import { connectTo, genesysConfig, MessengerUnderTest } from '../support/messenger-under-test.js';
import type { Connection } from '../support/messenger-under-test.js';

interface SnippetOptions {
  name?: string;
  deploymentId?: string;
  /** Defines its queue even where there is one. */
  overwrites?: boolean;
  type?: string;
  defer?: boolean;
}

const selector = 'script[src*="genesys.min.js"]';

/** A page with the element and a snippet of its own. The test is its browser: it runs the scripts of the document. */
class SnippetPage {
  readonly win = fakeWindow();
  readonly messenger = new MessengerUnderTest({ win: this.win });
  connection: Connection | undefined;
  /** Scripts that have run. */
  readonly ran = new Set<Element>();

  /** The element connects. */
  readonly element = (): void => {
    this.connection = connectTo(this.messenger.port);
    this.messenger.genesys.flush();
  };

  /** As Genesys' own snippet does it. */
  snippet(options: SnippetOptions = {}): () => void {
    const {
      name = 'Genesys',
      deploymentId = genesysConfig.deploymentId,
      overwrites,
      type = '',
      defer = false,
    } = options;
    return () => {
      const all = globals(this.win);
      const queue: { (...call: unknown[]): void; q?: unknown[][]; c?: unknown } = (...call) =>
        (queue.q ??= []).push(call);
      all['_genesysJs'] = name;
      if (!all[name] || overwrites) all[name] = queue;
      Object.assign(all[name] as object, { t: 1, c: { deploymentId, environment: 'prod-euw1' } });
      const script = this.win.document.createElement('script');
      script.src = genesysConfig.scriptUrl;
      if (type) script.type = type;
      script.defer = defer;
      this.win.document.head.append(script);
    };
  }

  /** A consent tool lets the script run. */
  readonly release = (): void => {
    for (const script of this.win.document.querySelectorAll<HTMLScriptElement>(`${selector}[type]`)) {
      const copy = script.cloneNode() as HTMLScriptElement;
      copy.removeAttribute('type');
      script.replaceWith(copy);
    }
  };

  /** Each script that is in the document runs, once. */
  readonly run = (): void => {
    for (const script of this.win.document.querySelectorAll(`${selector}:not([type])`)) {
      if (this.ran.has(script)) continue;
      this.ran.add(script);
      const name = String(globals(this.win)['_genesysJs']);
      const { c } = globals(this.win)[name] as { c?: unknown };
      this.messenger.genesys.load().configure(undefined, c).republish('Auth.ready');
    }
  };

  async does(...steps: ReadonlyArray<() => void>): Promise<void> {
    for (const step of steps) {
      step();
      await aTimeout(0);
    }
  }
}

type Steps = (page: SnippetPage) => ReadonlyArray<() => void>;

/** Each ends with a Messenger that signs in. */
const snippets: Record<string, Steps> = {
  'before ours': (page) => [page.snippet(), page.element, page.run],
  'after ours': (page) => [page.element, page.snippet(), page.run],
  'after ours has run': (page) => [page.element, page.run, page.snippet(), page.run],
  'before ours, which comes after it has run': (page) => [page.snippet(), page.run, page.element],
  'twice before ours': (page) => [page.snippet(), page.element, page.snippet(), page.run],
  'twice after ours': (page) => [page.element, page.snippet(), page.snippet(), page.run],
  'twice after ours has run': (page) => [page.element, page.run, page.snippet(), page.snippet(), page.run],
  'in another function, before ours': (page) => [page.snippet({ name: 'Chat' }), page.element, page.run],
  'in another function, after ours': (page) => [page.element, page.snippet({ name: 'Chat' }), page.run],
  'in another function, after ours has run': (page) => [
    page.element,
    page.run,
    page.snippet({ name: 'Chat' }),
    page.run,
  ],
  'with a queue that replaces ours': (page) => [page.element, page.snippet({ overwrites: true }), page.run],
  'with a queue that replaces the bus': (page) => [
    page.element,
    page.run,
    page.snippet({ overwrites: true }),
    page.run,
  ],
  'with defer, before ours': (page) => [page.snippet({ defer: true }), page.element, page.run],
  'with defer, after ours': (page) => [page.element, page.snippet({ defer: true }), page.run],
  'held back, and released after ours was added': (page) => [
    page.snippet({ type: 'text/plain' }),
    page.element,
    page.release,
    page.run,
  ],
  'held back after ours, and released': (page) => [
    page.element,
    page.snippet({ type: 'text/plain' }),
    page.release,
    page.run,
  ],
  'held back after ours has run, and released': (page) => [
    page.element,
    page.run,
    page.snippet({ type: 'text/plain' }),
    page.release,
    page.run,
  ],
  'of another deployment, after ours has run': (page) => [
    page.element,
    page.run,
    page.snippet({ deploymentId: 'another' }),
    page.run,
  ],
  'after our script was blocked': (page) => [
    page.element,
    () => scriptOf(page.win)?.dispatchEvent(new Event('error')),
    page.snippet(),
    page.run,
    page.element,
  ],
};

describe('a snippet of the page', () => {
  for (const [name, steps] of Object.entries(snippets)) {
    it(`ends in one script and one Messenger: ${name}`, async () => {
      const page = new SnippetPage();
      await page.does(...steps(page));
      page.messenger.time.advance(60_000);
      expect(page.ran.size, 'scripts that ran').to.equal(1);
      expect(page.messenger.genesys.readyWith, 'AuthProvider').to.have.length(1);
      expect(page.connection?.types).to.eql(['loaded', 'auth-ready']);
      expect(page.connection?.error).to.equal(undefined);
      command(page.win, 'Messenger.open').subscribe();
      expect(page.messenger.genesys.commands.map((sent) => sent.name)).to.eql(['Messenger.open']);
    });
  }

  for (const [name, steps] of Object.entries({
    'before ours': (page) => [page.snippet({ deploymentId: 'another' }), page.element, page.run],
    'after ours': (page) => [page.element, page.snippet({ deploymentId: 'another' }), page.run],
  } satisfies Record<string, Steps>)) {
    it(`of another deployment ends in one script and config-invalid: ${name}`, async () => {
      const page = new SnippetPage();
      await page.does(...steps(page));
      expect(page.ran.size).to.equal(1);
      expect(page.connection?.error).to.include({ code: 'config-invalid' });
    });
  }

  it('that comes after the bus gets the calls of its own queue to the bus', async () => {
    const page = new SnippetPage();
    await page.does(page.element, page.run);
    page.snippet({ name: 'Chat' })();
    (globals(page.win)['Chat'] as (...call: unknown[]) => void)('command', 'Launcher.hide');
    await aTimeout(0);
    (globals(page.win)['Chat'] as (...call: unknown[]) => void)('command', 'Launcher.show');
    expect(page.messenger.genesys.commands.map((sent) => sent.name)).to.eql(['Launcher.hide', 'Launcher.show']);
  });
});

describe('discardScript', () => {
  it('keeps a script from running that is loading already', async () => {
    const run: string[] = [];
    Object.assign(window, { ranScripts: run });
    const scriptOf = (name: string): HTMLScriptElement => {
      const script = document.createElement('script');
      script.src = URL.createObjectURL(new Blob([`window.ranScripts.push('${name}')`], { type: 'text/javascript' }));
      document.head.append(script);
      return script;
    };
    const [first, second] = [scriptOf('first'), scriptOf('second')];
    // They run in this order.
    first.async = second.async = false;
    discardScript(first, window);
    const third = scriptOf('third');
    third.async = false;
    await Promise.all([second, third].map((script) => new Promise((resolve) => (script.onload = resolve))));
    expect(first.isConnected).to.equal(false);
    expect(run).to.have.members(['second', 'third']);
    second.remove();
    third.remove();
  });
});
