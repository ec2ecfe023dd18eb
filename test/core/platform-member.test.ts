import { expect } from '@open-wc/testing';
import { platformEvents, platformMember, scriptGlobal, setPlatformMember } from '../../src/core/platform-member.js';

/** A document whose markup has elements with the names of its members. */
async function frameWith(html: string): Promise<Window> {
  const frame = document.createElement('iframe');
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  frame.srcdoc = `<!doctype html><body>${html}`;
  document.body.append(frame);
  await loaded;
  return frame.contentWindow!;
}

const members = [
  'addEventListener',
  'adoptedStyleSheets',
  'baseURI',
  'body',
  'createElement',
  'currentScript',
  'defaultView',
  'documentElement',
  'featurePolicy',
  'head',
  'hidden',
  'prerendering',
  'querySelector',
  'visibilityState',
] as const;

describe('platformMember()', () => {
  afterEach(() => document.querySelectorAll('iframe').forEach((frame) => frame.remove()));

  for (const tag of ['form', 'img', 'embed', 'iframe', 'object']) {
    it(`reads members of document past every <${tag}> of their name`, async () => {
      const clean = (await frameWith('')).document as unknown as Record<string, unknown>;
      const named = members.map((name) => `<${tag} name="${name}" id="${name}"></${tag}>`).join('');
      const { document: clobbered } = await frameWith(named);
      for (const name of members) {
        const member: unknown = platformMember(clobbered, name as keyof Document);
        expect(typeof member, name).to.equal(typeof clean[name]);
        expect(member, name).not.to.equal(clobbered[name as keyof Document]);
      }
      expect(platformMember(clobbered, 'body').tagName).to.equal('BODY');
      expect(platformMember(clobbered, 'createElement')('p').tagName).to.equal('P');
    });
  }

  it('is undefined for what the browser does not have, whatever markup has', async () => {
    const { document: clobbered } = await frameWith('<img name="fancyFeature">');
    const named = clobbered as Document & { fancyFeature?: unknown };
    expect(named.fancyFeature).to.exist;
    expect(platformMember(named, 'fancyFeature')).to.equal(undefined);
  });

  it('is what script has defined on the document, as instrumentation does', async () => {
    const { document: page } = await frameWith('<img name="title">');
    Object.defineProperty(page, 'visibilityState', { get: () => 'hidden' });
    page.createElement = () => page.body;
    expect(platformMember(page, 'visibilityState')).to.equal('hidden');
    expect(platformMember(page, 'createElement')('p')).to.equal(page.body);
  });

  it('reads events and writes members, too', async () => {
    const { document: clobbered } = await frameWith('<form name="addEventListener"></form><img name="title">');
    let heard = 0;
    platformEvents(clobbered).addEventListener('copy', () => heard++);
    clobbered.dispatchEvent(new Event('copy'));
    expect(heard).to.equal(1);
    setPlatformMember(clobbered, 'title', 'new');
    expect(platformMember(clobbered, 'title')).to.equal('new');
    expect(() => setPlatformMember(clobbered, 'fancyFeature' as 'title', 'x')).to.throw(TypeError);
  });
});

describe('scriptGlobal()', () => {
  it('finds what script has defined, and no element or frame', async () => {
    const win = await frameWith('<a id="fromMarkup"></a><iframe name="frameName"></iframe><img name="both">');
    const globals = win as unknown as Record<string, unknown>;
    globals['both'] = 1;
    globals['fromScript'] = 2;
    expect(globals['fromMarkup']).to.exist;
    for (const name of ['fromMarkup', 'frameName', 'toString', '__proto__', 'absent']) {
      expect(scriptGlobal(win, name), name).to.equal(undefined);
    }
    expect([scriptGlobal(win, 'both'), scriptGlobal(win, 'fromScript')]).to.eql([1, 2]);
    win.document.defaultView!.frameElement!.remove();
  });
});
