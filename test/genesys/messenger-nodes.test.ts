import { aTimeout, expect } from '@open-wc/testing';
import { fakeWindow } from '../support/fake-genesys.js';
import { connectTo, MessengerUnderTest } from '../support/messenger-under-test.js';
import type { Connection } from '../support/messenger-under-test.js';

/** A page in which Messenger runs, with its container in the body. */
class KeptPage {
  readonly messenger: MessengerUnderTest;
  readonly document: Document;
  readonly node: HTMLElement;
  connection: Connection;

  constructor(content = '<span>launcher</span>') {
    const win = fakeWindow();
    this.document = win.document;
    this.document.body.innerHTML = '<main></main>';
    this.messenger = new MessengerUnderTest({ win });
    this.connection = this.messenger.up();
    this.node = this.document.createElement('div');
    this.node.id = 'genesys-messenger';
    this.node.innerHTML = content;
  }

  static async open(content?: string): Promise<KeptPage> {
    const page = new KeptPage(content);
    page.document.body.append(page.node);
    await page.settled();
    return page;
  }

  /** Mutation observers have been called. */
  settled(): Promise<void> {
    return aTimeout(0);
  }

  get reports(): unknown[] {
    return this.connection.facts.flatMap((fact) => (fact.type === 'removed' ? [fact.error.code] : []));
  }

  get containers(): Element[] {
    return [...this.document.querySelectorAll('#genesys-messenger')];
  }

  /** Sends `Messenger.open`; returns the code of the error. */
  open(): string | undefined {
    let code: string | undefined;
    this.messenger.genesys.republish('Messenger.ready');
    this.messenger.port.command('Messenger.open').subscribe({
      error: (error: { code: string }) => {
        code = error.code;
      },
    });
    return code;
  }
}

const swaps: Record<string, (document: Document) => void> = {
  'Turbo and Astro: another body': (document) => {
    const body = document.createElement('body');
    body.innerHTML = '<main>next</main>';
    document.body.replaceWith(body);
  },
  'Turbo, Back: a body that was copied': (document) => document.body.replaceWith(document.body.cloneNode(true)),
  'htmx: another content of the body': (document) => {
    document.body.innerHTML = '<main>next</main>';
  },
  'a router: other children of the body': (document) => document.body.replaceChildren(document.createElement('main')),
  'one child after the other': (document) => {
    while (document.body.lastChild) document.body.lastChild.remove();
    document.body.append('next');
  },
};

describe('MessengerNodes', () => {
  for (const [name, swap] of Object.entries(swaps)) {
    it(`puts back the same node, once and again: ${name}`, async () => {
      const page = await KeptPage.open();
      for (let visit = 0; visit < 3; visit++) {
        swap(page.document);
        await page.settled();
        expect(page.containers).to.eql([page.node]);
        expect(page.node.parentNode).to.equal(page.document.body);
      }
      expect(page.open()).to.equal(undefined);
      expect(page.messenger.genesys.commands.map((command) => command.name)).to.eql(['Messenger.open']);
      expect(page.reports).to.eql([]);
    });
  }

  it('reports once where the node contains a frame, and open() rejects', async () => {
    const page = await KeptPage.open('<div class="genesys-app"><iframe></iframe></div>');
    for (const swap of Object.values(swaps)) {
      swap(page.document);
      await page.settled();
    }
    expect(page.reports).to.eql(['messenger-removed']);
    expect(page.open()).to.equal('messenger-removed');
    expect(page.messenger.genesys.commands).to.eql([]);
    expect(page.connection.error).to.equal(undefined);
  });

  it('does the same for a frame in a shadow root', async () => {
    const page = await KeptPage.open();
    page.node.attachShadow({ mode: 'open' }).innerHTML = '<iframe></iframe>';
    page.document.body.replaceChildren();
    await page.settled();
    expect(page.reports).to.eql(['messenger-removed']);
  });

  it('leaves out what the page removed on purpose, and reports it once', async () => {
    const page = await KeptPage.open();
    page.node.remove();
    await page.settled();
    expect(page.open()).to.equal('messenger-removed');
    page.document.body.append('other');
    await page.settled();
    page.messenger.time.advance(1_000);
    await page.settled();
    expect(page.containers).to.eql([]);
    expect(page.reports).to.eql(['messenger-removed']);

    page.document.body.append(page.node);
    await page.settled();
    expect(page.open()).to.equal(undefined);
  });

  it('is silent when Messenger replaces its node, at once or a moment later', async () => {
    const page = await KeptPage.open();
    const second = page.node.cloneNode(true) as Element;
    page.node.replaceWith(second);
    await page.settled();
    expect(page.containers).to.eql([second]);
    second.remove();
    await page.settled();
    const third = page.node.cloneNode(true) as Element;
    page.document.body.append(third);
    await page.settled();
    page.messenger.time.advance(1_000);
    expect(page.containers).to.eql([third]);
    expect(page.reports).to.eql([]);
  });

  it('gives up against a page that removes it again and again', async () => {
    const page = await KeptPage.open();
    for (let turn = 0; turn < 20; turn++) {
      page.document.body.replaceChildren('next');
      await page.settled();
    }
    expect(page.containers).to.eql([]);
    expect(page.reports).to.eql(['messenger-removed']);
  });

  it('puts nothing back while no element is connected, and does when the next one is', async () => {
    const page = await KeptPage.open();
    page.document.body.replaceWith(page.document.createElement('body'));
    // As an element in that body does: its session ends in a microtask.
    queueMicrotask(() => page.connection.subscription.unsubscribe());
    await page.settled();
    expect(page.containers).to.eql([]);
    page.connection = connectTo(page.messenger.port);
    expect(page.containers).to.eql([page.node]);
    expect(page.reports).to.eql([]);
  });
});
