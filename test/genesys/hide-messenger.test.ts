import { expect } from '@open-wc/testing';
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
});
