import { aTimeout, expect } from '@open-wc/testing';
import { fakeWindow } from '../support/fake-genesys.js';
import { connectTo, MessengerUnderTest } from '../support/messenger-under-test.js';
import type { Connection } from '../support/messenger-under-test.js';

type Counting = Window & { counter?: number };

/** A page in a frame, because only a document with a window loads frames. Messenger's node has a frame, as the real one. */
class FramePage {
  readonly frame = document.createElement('iframe');
  readonly document: Document;
  readonly messenger: MessengerUnderTest;
  readonly node: HTMLElement;
  connection: Connection;

  constructor() {
    document.body.append(this.frame);
    this.document = this.frame.contentDocument as Document;
    this.document.body.innerHTML = '<main></main>';
    this.messenger = new MessengerUnderTest({ win: { ...fakeWindow(), document: this.document } });
    this.connection = this.messenger.up();
    this.node = this.document.createElement('div');
    this.node.id = 'genesys-messenger';
    this.node.innerHTML = '<iframe class="genesys-app"></iframe>';
  }

  static async open(): Promise<FramePage> {
    const page = new FramePage();
    page.document.body.append(page.node);
    await aTimeout(0);
    const inner: Counting = page.inner;
    inner.counter = 1;
    return page;
  }

  /** The window of Messenger's frame. */
  get inner(): Window {
    return this.node.querySelector('iframe')!.contentWindow!;
  }

  announce(type: string, detail?: unknown, on: EventTarget = this.document): void {
    on.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }

  /** One Messenger, at the end of the body, whose frame has still its document. */
  expectKept(counter = 1): void {
    expect([...this.document.querySelectorAll('#genesys-messenger')]).to.eql([this.node]);
    expect(this.node.parentNode).to.equal(this.document.body);
    const inner: Counting = this.inner;
    expect(inner.counter).to.equal(counter);
    expect(this.reports).to.eql([]);
  }

  get reports(): unknown[] {
    return this.connection.facts.flatMap((fact) => (fact.type === 'removed' ? [fact.error.code] : []));
  }

  nextBody(): HTMLElement {
    const body = this.document.createElement('body');
    body.innerHTML = '<main>next</main>';
    return body;
  }
}

/** As each library does it, in the order of its events. */
const libraries: Record<string, (page: FramePage) => void> = {
  Turbo: (page) => {
    page.announce('turbo:before-render', { newBody: page.nextBody() }, page.document.documentElement);
    page.document.body.replaceWith(page.nextBody());
    page.announce('turbo:render', { renderMethod: 'replace' }, page.document.documentElement);
  },
  'Turbo that morphs': (page) => {
    page.announce('turbo:before-render', {}, page.document.documentElement);
    for (const child of [...page.document.body.children]) if (child.localName !== 'main') child.remove();
    page.announce('turbo:render', { renderMethod: 'morph' }, page.document.documentElement);
  },
  'Turbo with a body that it had kept': (page) => {
    page.announce('turbo:before-render', {}, page.document.documentElement);
    const body = page.nextBody();
    body.append(page.node.cloneNode(true));
    page.document.body.replaceWith(body);
    page.announce('turbo:render', {}, page.document.documentElement);
  },
  Turbolinks: (page) => {
    page.announce('turbolinks:before-render', {});
    page.document.body.replaceWith(page.nextBody());
    page.announce('turbolinks:render', {});
  },
  Astro: (page) => {
    page.document.dispatchEvent(new Event('astro:before-swap'));
    page.document.body.replaceWith(page.nextBody());
    page.document.dispatchEvent(new Event('astro:after-swap'));
  },
  'htmx 2': (page) => {
    const { body } = page.document;
    page.announce('htmx:beforeSwap', { target: body, shouldSwap: true }, body);
    body.innerHTML = '<main>next</main>';
    page.announce('htmx:afterSwap', { target: body }, body.firstElementChild!);
  },
  'htmx 2, Back': (page) => {
    const { body } = page.document;
    page.announce('htmx:historyCacheHit', { path: '/', historyElt: body }, body);
    body.innerHTML = page.node.outerHTML;
    page.announce('htmx:historyRestore', { path: '/' }, body);
  },
  'htmx 4': (page) => {
    const { body } = page.document;
    const ctx = { target: body };
    page.announce('htmx:before:swap', { ctx, tasks: [{ target: body }] }, body.firstElementChild!);
    body.innerHTML = '<main>next</main>';
    page.announce('htmx:after:swap', { ctx }, body);
  },
  'a library whose last event is lost': (page) => {
    page.document.dispatchEvent(new Event('astro:before-swap'));
    page.document.body.replaceWith(page.nextBody());
  },
};

describe('MessengerNodes with frames', () => {
  let page: FramePage;
  beforeEach(async function () {
    // Without it, `messenger-removed` is reported: messenger-nodes.test.ts.
    if (!('moveBefore' in Element.prototype)) return this.skip();
    page = await FramePage.open();
  });
  afterEach(() => page?.frame.remove());

  for (const [name, swap] of Object.entries(libraries)) {
    it(`keeps the document of the frame, once and again: ${name}`, async () => {
      for (let visit = 0; visit < 3; visit++) {
        swap(page);
        await aTimeout(0);
        page.expectKept();
      }
      page.messenger.time.advance(60_000);
      page.expectKept();
    });
  }

  it('keeps it while the library waits between event and swap, and the page adds other nodes', async () => {
    page.announce('turbo:before-render', {}, page.document.documentElement);
    await aTimeout(0);
    page.document.body.append('other');
    await aTimeout(0);
    page.document.body.replaceWith(page.nextBody());
    await aTimeout(0);
    page.expectKept();
  });

  it('keeps it when the element leaves with the body, and the next one comes with the next', async () => {
    page.announce('turbo:before-render', {}, page.document.documentElement);
    page.document.body.replaceWith(page.nextBody());
    page.connection.subscription.unsubscribe();
    page.announce('turbo:render', {}, page.document.documentElement);
    await aTimeout(0);
    page.connection = connectTo(page.messenger.port);
    page.expectKept();
  });

  it('keeps it when the element leaves with the content of the body', async () => {
    const { body } = page.document;
    page.announce('htmx:before:swap', { tasks: [{ target: body }] }, body);
    body.innerHTML = `<main>next</main>${page.node.outerHTML}`;
    page.connection.subscription.unsubscribe();
    page.announce('htmx:after:swap', {}, body);
    await aTimeout(0);
    page.connection = connectTo(page.messenger.port);
    page.expectKept();
  });

  it('moves it back when the swap was cancelled', async () => {
    page.announce('htmx:beforeSwap', { target: page.document.body, shouldSwap: false }, page.document.body);
    await aTimeout(0);
    page.messenger.time.advance(10_000);
    page.expectKept();
  });

  it('does not move it for a swap of another element', async () => {
    const [main] = page.document.body.children;
    const moved: string[] = [];
    new MutationObserver(() => moved.push('moved')).observe(page.document.body, { childList: true });
    page.announce('htmx:beforeSwap', { target: main }, main);
    page.announce('htmx:before:swap', { tasks: [{ target: main }] }, main);
    await aTimeout(0);
    expect(moved).to.eql([]);
    page.expectKept();
  });

  it('has no listener on the document without an element', () => {
    page.connection.subscription.unsubscribe();
    page.announce('turbo:before-render', {}, page.document.documentElement);
    page.expectKept();
  });

  it('reports a removal that was not announced', async () => {
    page.document.body.replaceWith(page.nextBody());
    await aTimeout(0);
    expect(page.reports).to.eql(['messenger-removed']);
  });
});
