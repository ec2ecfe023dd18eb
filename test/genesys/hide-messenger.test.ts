import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { hideMessenger } from '../../src/genesys/hide-messenger.js';

/** A page with the elements that Messenger adds, and one of the page's own. */
async function pageWith(policy = ''): Promise<{ win: Window; seen: () => string[]; violations: string[] }> {
  const frame = document.createElement('iframe');
  frame.srcdoc = `<!doctype html><meta http-equiv="content-security-policy" content="${policy}">
    <div id="shop">shop</div>
    <div id="genesys-messenger" class="genesys-app"><p id="inside">draft</p>
      <iframe id="genesys-mxg-frame" style="visibility: visible"></iframe>
      <iframe id="genesys-mxg-container-frame" class="genesys-mxg-container-frame"></iframe></div>
    <div class="genesys-mxg-launcher-frame" id="moved">launcher</div>`;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await loaded;
  const win = frame.contentWindow!;
  const violations: string[] = [];
  win.document.addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
    violations.push(violatedDirective),
  );
  const seen = (): string[] =>
    [...win.document.querySelectorAll('[id]')]
      .filter((one) => win.getComputedStyle(one).visibility === 'visible')
      .map(({ id }) => id);
  return { win, seen, violations };
}

const all = ['shop', 'genesys-messenger', 'inside', 'genesys-mxg-frame', 'genesys-mxg-container-frame', 'moved'];

/** Members of `document` that markup can override. */
const memberNames = [
  'adoptedStyleSheets',
  'body',
  'createElement',
  'defaultView',
  'documentElement',
  'head',
  'querySelector',
  'querySelectorAll',
  'styleSheets',
  'visibilityState',
];

describe('hideMessenger', () => {
  afterEach(() => document.querySelectorAll('iframe').forEach((frame) => frame.remove()));

  it('hides container and frames at once, wherever the page moved them, and nothing else', async () => {
    const { win, seen } = await pageWith();
    expect(seen()).to.eql(all);
    hideMessenger(win, true);
    expect(seen()).to.eql(['shop']);
    hideMessenger(win, false);
    expect(seen()).to.eql(all);
  });

  it('adds one style sheet, however often it is called, and keeps the page’s own', async () => {
    const { win } = await pageWith();
    const own = new (win as Window & typeof globalThis).CSSStyleSheet();
    win.document.adoptedStyleSheets = [own];
    hideMessenger(win, false);
    expect(win.document.adoptedStyleSheets).to.eql([own]);
    hideMessenger(win, true);
    hideMessenger(win, true);
    expect(win.document.adoptedStyleSheets).to.have.length(2);
    hideMessenger(win, false);
    hideMessenger(win, false);
    expect([...win.document.adoptedStyleSheets]).to.eql([own]);
  });

  it('works under a strict CSP', async () => {
    const { win, seen, violations } = await pageWith("style-src 'none'");
    hideMessenger(win, true);
    expect(seen()).to.eql(['shop']);
    expect(violations).to.eql([]);
  });

  it('hides what is visible inside of the container, too', async () => {
    const { win, seen } = await pageWith();
    win.document.getElementById('inside')!.style.visibility = 'visible';
    hideMessenger(win, true);
    expect(seen()).to.eql(['shop', 'inside']);
    expect(win.document.getElementById('inside')!.getClientRects()).to.have.lengthOf(0);
    hideMessenger(win, false);
    expect(win.document.getElementById('inside')!.getClientRects()).not.to.have.lengthOf(0);
  });

  it('hides it also from a style of the page that is stronger, and shows it again', async () => {
    const { win, seen } = await pageWith();
    const style = win.document.createElement('style');
    style.textContent = '#genesys-messenger.genesys-app { display: block !important; visibility: visible !important }';
    win.document.head.append(style);
    const container = win.document.getElementById('genesys-messenger')!;
    hideMessenger(win, true);
    expect(container.getClientRects()).to.have.lengthOf(0);
    hideMessenger(win, false);
    expect(container.getClientRects()).not.to.have.lengthOf(0);
    expect(seen()).to.eql(all);
  });

  for (const name of memberNames) {
    it(`hides it in a page with elements named ${name}`, async () => {
      const { win, seen } = await pageWith();
      const { document } = win;
      const body = win.document.body;
      for (const tag of ['form', 'img', 'embed', 'object', 'iframe']) {
        const element = Document.prototype.createElement.call(document, tag);
        element.setAttribute('name', name);
        element.setAttribute('id', name);
        body.append(element);
      }
      const shopOnly = (): string[] => seen().filter((id) => all.includes(id));
      if (name !== 'querySelectorAll') expect(shopOnly()).to.eql(all);
      hideMessenger(win, true);
      const container = Document.prototype.querySelector.call(document, '#genesys-messenger')!;
      expect(container.getClientRects()).to.have.lengthOf(0);
      hideMessenger(win, false);
      expect(container.getClientRects()).not.to.have.lengthOf(0);
    });
  }

  describe('where the browser has no constructed style sheets', () => {
    const without = (win: Window): void => {
      const global = win as unknown as { CSSStyleSheet: unknown };
      global.CSSStyleSheet = class {
        constructor() {
          throw new TypeError('Illegal constructor');
        }
      };
    };

    it('hides it with a style element, which goes when Messenger is shown', async () => {
      const { win, seen } = await pageWith();
      without(win);
      hideMessenger(win, true);
      hideMessenger(win, true);
      expect(seen()).to.eql(['shop']);
      expect(win.document.querySelectorAll('style')).to.have.lengthOf(1);
      hideMessenger(win, false);
      expect(seen()).to.eql(all);
      expect(win.document.querySelectorAll('style')).to.have.lengthOf(0);
    });

    it('uses the nonce that the CSP wants', async () => {
      const { win, seen, violations } = await pageWith("style-src 'nonce-r4nd0m'");
      without(win);
      hideMessenger(win, true, 'r4nd0m');
      expect(seen()).to.eql(['shop']);
      expect(violations).to.eql([]);
    });

    it('throws where the CSP forbids the style element, and hides what is there', async () => {
      const { win } = await pageWith("style-src 'none'");
      without(win);
      expect(() => hideMessenger(win, true))
        .to.throw(GcAuthError)
        .with.property('code', 'command-failed');
      expect(win.document.getElementById('genesys-messenger')!.getClientRects()).to.have.lengthOf(0);
      hideMessenger(win, false);
      expect(win.document.getElementById('genesys-messenger')!.getClientRects()).not.to.have.lengthOf(0);
    });
  });
});
