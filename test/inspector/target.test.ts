import { expect } from '@open-wc/testing';
import { FakeFace, clearInspectors, defineFace, placedFace, placedInspector } from '../support/fake-face.js';

afterEach(clearInspectors);

/** Mutation observers are called in a microtask. */
const noticed = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('what <gc-auth-inspector> looks at', () => {
  // First: later the tag is defined.
  it('is nothing while the tag is not defined, and the element as soon as it is', async () => {
    const raw = placedFace();
    const { text, settled } = await placedInspector();
    expect(text()).to.contain('<gc-auth-messenger> is not defined');
    defineFace();
    await noticed();
    await settled();
    expect(raw).to.be.instanceOf(FakeFace);
    raw.state$.next({ state: 'signed-in', reason: 'Auth.authenticated' });
    await settled();
    expect(text()).to.contain('signed-in Genesys confirmed the sign-in. Reason: Auth.authenticated');
  });

  it('is said plainly when the page has none', async () => {
    const { text } = await placedInspector();
    expect(text()).to.contain('No element The page has no <gc-auth-messenger>.');
  });

  it('is the first of the page, also one that comes later', async () => {
    const { text, settled } = await placedInspector();
    const face = placedFace();
    placedFace().state$.next({ state: 'failed', reason: 'other' });
    await noticed();
    face.state$.next({ state: 'signed-out', reason: 'start' });
    await settled();
    expect(text()).to.contain('signed-out').and.not.to.contain('failed');
  });

  it('is the one that takes the place of the one before; what was told stays', async () => {
    const { text, settled } = await placedInspector({ open: '' });
    const first = placedFace();
    const next = new FakeFace();
    await noticed();
    first.state$.next({ state: 'signed-in', reason: 'one' });
    first.replaceWith(next);
    await noticed();
    first.state$.next({ state: 'failed', reason: 'gone' });
    next.state$.next({ state: 'loading', reason: 'two' });
    await settled();
    expect(text()).to.contain('loading Messenger is loading. Reason: two');
    expect(text()).to.contain('signed-in → loading').and.not.to.contain('gone');
    next.remove();
    await noticed();
    await settled();
    expect(text()).to.contain('The page has no <gc-auth-messenger>.');
  });

  it('is the element with the ID in `for`, whenever that gets it', async () => {
    placedFace('one').state$.next({ state: 'signed-in', reason: 'one' });
    const two = placedFace();
    two.state$.next({ state: 'signed-out', reason: 'two' });
    const { inspector, text, settled } = await placedInspector({ for: 'two' });
    expect(text()).to.contain('The page has no element with the ID two.');
    two.id = 'two';
    await noticed();
    await settled();
    expect(text()).to.contain('Reason: two');
    inspector.htmlFor = 'one';
    await settled();
    expect(text()).to.contain('Reason: one');
    expect(inspector.getAttribute('for')).to.equal('one');
    inspector.removeAttribute('for');
    await settled();
    expect(text()).to.contain('Reason: one');
  });

  it('is no other element', async () => {
    const { text } = await placedInspector({ for: 'other' });
    const other = document.createElement('aside');
    other.id = 'other';
    document.body.append(other);
    await noticed();
    await noticed();
    expect(text()).to.contain('#other is <aside>, not <gc-auth-messenger>.');
    other.remove();
  });

  it('is found in the shadow root that the inspector is in', async () => {
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    document.body.append(host);
    const face = document.createElement('gc-auth-messenger') as unknown as FakeFace;
    face.id = 'inner';
    const { inspector, text, settled } = await placedInspector({ for: 'inner' });
    root.append(inspector, face);
    await noticed();
    face.state$.next({ state: 'renewing', reason: 'inner' });
    await settled();
    expect(text()).to.contain('Reason: inner');
    host.remove();
  });

  it('is heard no more when the inspector leaves the page, and once when it is back', async () => {
    const face = placedFace();
    const { inspector, text, settled } = await placedInspector({ open: '' });
    face.error = { code: 'offline', message: 'No network.' };
    face.state$.next({ state: 'failed', reason: 'offline' });
    face.error$.next(face.error);
    inspector.remove();
    expect(
      [face.state$, face.token$, face.error$, face.attempt$, face.messenger$].some(({ observed }) => observed),
    ).to.equal(false);
    document.body.append(inspector);
    await settled();
    expect(text().match(/No network/g)).to.have.length(1);
    expect(text().match(/12:00:00 failed|\d failed offline/g)).to.have.length(1);
  });
});
