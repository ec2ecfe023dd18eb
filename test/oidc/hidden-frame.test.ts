import { expect, waitUntil } from '@open-wc/testing';
import { firstValueFrom } from 'rxjs';
import { visitInHiddenFrame } from '../../src/oidc/hidden-frame.js';
import { nothing, watchLeaks } from '../support/leaks.js';
import type { LeakWatch } from '../support/leaks.js';
import { windowWith } from '../support/window-with.js';

const callback = `${location.origin}/callback.html`;
const answering = (state: string, code = 'c1') => ({ url: `${callback}#state=${state}&code=${code}`, state });
const silent = { url: 'about:blank', state: 's1' };
/** Speaks with the voice of a frame of this origin. */
function runIn(frame: HTMLIFrameElement, code: string): void {
  const doc = frame.contentDocument!;
  const script = doc.createElement('script');
  script.textContent = code;
  doc.documentElement.append(script);
}

const frames = () => [...document.querySelectorAll('iframe')];

describe('a visit in a hidden frame', () => {
  let leaks: LeakWatch;
  beforeEach(() => (leaks = watchLeaks()));
  afterEach(() => leaks.end());

  it('brings the answer and leaves nothing behind, not even in the history', async () => {
    const before = history.length;
    const answer = await firstValueFrom(visitInHiddenFrame(window, answering('s1')));
    expect(answer.get('code')).to.equal('c1');
    expect(leaks.alive()).to.deep.equal(nothing);
    expect(history.length).to.equal(before);
  });

  it('begins on subscribe, and each time anew', () => {
    const visit$ = visitInHiddenFrame(window, silent);
    expect(leaks.alive()).to.deep.equal(nothing);
    const first = visit$.subscribe();
    const second = visit$.subscribe();
    expect(leaks.alive().frames).to.equal(2);
    first.unsubscribe();
    second.unsubscribe();
    expect(leaks.alive()).to.deep.equal(nothing);
  });

  it('is hidden from eyes, readers and keyboard without a style, and cannot take the page along', () => {
    const visit = visitInHiddenFrame(window, silent).subscribe();
    const frame = frames().at(-1)!;
    expect(frame.hidden).to.equal(true);
    expect(frame.title).to.equal('Sign-in');
    expect(frame.getAttribute('aria-hidden')).to.equal('true');
    expect(frame.tabIndex).to.equal(-1);
    expect(frame.hasAttribute('style')).to.equal(false);
    expect(frame.hasAttribute('sandbox'), 'Chromium would print the address, and the code in it').to.equal(false);
    visit.unsubscribe();
  });

  it('works where there is no body yet', async () => {
    const doc = new Proxy(document, {
      get(target, name) {
        if (name === 'body') return null;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const answer = firstValueFrom(visitInHiddenFrame(windowWith({ document: doc }), answering('s1')));
    expect(frames().at(-1)!.parentElement).to.equal(document.documentElement);
    expect((await answer).get('code')).to.equal('c1');
  });

  it('ignores forged answers, and the real one still counts', async () => {
    const forger = document.createElement('iframe');
    const forged = { type: 'gc-auth-messenger:answer', params: 'state=s1&code=forged' };
    const evil = document.createElement('iframe');
    evil.setAttribute('sandbox', 'allow-scripts');
    evil.srcdoc = `<script>parent.postMessage(${JSON.stringify(forged)}, '*')</script>`;
    const heard: unknown[] = [];
    const hear = ({ data }: MessageEvent) => heard.push(data);
    window.addEventListener('message', hear);

    const codes: unknown[] = [];
    const { url } = answering('s1', 'real');
    const visit = visitInHiddenFrame(window, silent).subscribe((answer) => codes.push(answer.get('code')));
    const frame = frames().at(-1)!;
    document.body.append(forger, evil);
    runIn(forger, `parent.postMessage(${JSON.stringify(forged)}, '*')`);
    window.postMessage(forged, location.origin);
    runIn(
      frame,
      `
      parent.postMessage({...${JSON.stringify(forged)}, params: 'state=s2&code=forged'}, '*');
      parent.postMessage({...${JSON.stringify(forged)}, type: 'other'}, '*');
      parent.postMessage('state=s1&code=forged', '*');
      parent.postMessage(null, '*');
    `,
    );
    await waitUntil(() => heard.length === 7, 'all forgeries arrive');
    expect(codes).to.deep.equal([]);

    frame.src = url;
    await waitUntil(() => codes.length > 0);
    expect(codes).to.deep.equal(['real']);
    expect(visit.closed).to.equal(true);
    window.removeEventListener('message', hear);
    forger.remove();
    evil.remove();
    // `waitUntil` leaves timers of its own behind.
    expect({ ...leaks.alive(), timers: 0 }).to.deep.equal(nothing);
  });
});
