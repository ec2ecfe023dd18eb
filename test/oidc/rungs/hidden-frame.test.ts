import { expect } from '@open-wc/testing';
import { firstValueFrom, Subject } from 'rxjs';
import type { GcAuthError } from '../../../src/core/errors.js';
import { visitInHiddenFrame } from '../../../src/oidc/rungs/hidden-frame.js';
import { nothing, watchLeaks } from '../../support/leaks.js';
import type { LeakWatch } from '../../support/leaks.js';
import { switchProvider, testEnv } from '../../support/provider.js';
import { turns } from '../../support/turns.js';
import { until } from '../../support/until.js';
import { VirtualTime } from '../../support/virtual-time.js';
import { documentWith, windowWith } from '../../support/window-with.js';

const redirectUri = `${location.origin}/callback.html`;
const answering = (state: string, code = 'c1') => ({
  url: `${redirectUri}#state=${state}&code=${code}`,
  state,
  redirectUri,
});
const provider = `${location.origin}/test/fixtures/provider.html?behaviour=none`;
const silent = { url: provider, state: 's1', redirectUri };

const clock = new VirtualTime();

/** The frame is taken out a task after the answer. */
const aTaskLater = () => clock.advance(1);

const visitIn = (win: Window, visit: typeof silent, time = clock) => visitInHiddenFrame(win, visit, 10_000, time);

/** Speaks with the voice of a frame of this origin. */
function runIn(frame: HTMLIFrameElement, code: string): void {
  const doc = frame.contentDocument!;
  const script = doc.createElement('script');
  script.textContent = code;
  doc.documentElement.append(script);
}

const loaded = (frame: HTMLIFrameElement) => new Promise((resolve) => frame.addEventListener('load', resolve));

const frames = () => [...document.querySelectorAll('iframe')];

describe('a visit in a hidden frame', () => {
  let leaks: LeakWatch;
  beforeEach(() => (leaks = watchLeaks()));
  afterEach(() => leaks.end());

  it('brings the answer and leaves nothing behind, not even in the history', async () => {
    const before = history.length;
    const answer = await firstValueFrom(visitIn(window, answering('s1')));
    expect(answer.get('code')).to.equal('c1');
    aTaskLater();
    expect(leaks.alive()).to.deep.equal(nothing);
    expect(history.length).to.equal(before);
  });

  it('begins on subscribe, and each time anew', () => {
    const visit$ = visitIn(window, silent);
    expect(leaks.alive()).to.deep.equal(nothing);
    const first = visit$.subscribe();
    const second = visit$.subscribe();
    expect(leaks.alive().frames).to.equal(2);
    first.unsubscribe();
    second.unsubscribe();
    expect(leaks.alive()).to.deep.equal(nothing);
  });

  it('is hidden from eyes, readers and keyboard without a style, and cannot take the page along', () => {
    const visit = visitIn(window, silent).subscribe();
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
    const answer = firstValueFrom(visitIn(windowWith({ document: documentWith({ body: null }) }), answering('s1')));
    expect(frames().at(-1)!.parentElement).to.equal(document.documentElement);
    expect((await answer).get('code')).to.equal('c1');
    aTaskLater();
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
    const visit = visitIn(window, silent).subscribe((answer) => codes.push(answer.get('code')));
    const frame = frames().at(-1)!;
    await loaded(frame);
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
    await until(() => heard.length === 7, 'all forgeries arrive');
    expect(codes).to.deep.equal([]);

    frame.src = url;
    await until(() => codes.length > 0);
    expect(codes).to.deep.equal(['real']);
    expect(visit.closed).to.equal(true);
    window.removeEventListener('message', hear);
    forger.remove();
    evil.remove();
    aTaskLater();
    // `until` leaves timers of its own behind.
    expect({ ...leaks.alive(), timers: 0 }).to.deep.equal(nothing);
  });
});

describe('a hidden frame that stays silent', () => {
  let providerOrigin: string;
  let crossSiteProviderOrigin: string;

  before(async function () {
    this.timeout(60_000);
    ({ providerOrigin, crossSiteProviderOrigin } = await testEnv());
  });

  /** A visit with a hand on its time. */
  function start(changes: Partial<typeof silent> = {}, win: Window = window) {
    const leaks = watchLeaks();
    const time = new VirtualTime();
    const errors: GcAuthError[] = [];
    const visit = visitIn(win, { ...silent, ...changes }, time).subscribe({
      error: (error: GcAuthError) => errors.push(error),
    });
    const frame = frames().at(-1)!;
    const end = () => {
      visit.unsubscribe();
      expect(leaks.alive()).to.deep.equal(nothing);
      leaks.end();
    };
    return { time, errors, frame, codes: () => errors.map(({ code }) => code), end };
  }

  it('is given up four seconds after the last page that it loaded', async () => {
    const { time, codes, frame, end } = start();
    await loaded(frame);
    time.advance(3999);
    frame.contentWindow!.location.replace(`${provider}&page=2`);
    await loaded(frame);
    time.advance(3999);
    expect(codes()).to.deep.equal([]);
    time.advance(1);
    expect(codes()).to.deep.equal(['silent-refused']);
    end();
  });

  it('starts the second request a second after the page, and takes its answer, while the page may still think', async () => {
    const time = new VirtualTime();
    const second$ = new Subject<URLSearchParams>();
    const codes: unknown[] = [];
    const leaks = watchLeaks();
    visitInHiddenFrame(window, silent, 10_000, time, 4000, second$).subscribe((answer) =>
      codes.push(answer.get('code')),
    );
    await loaded(frames().at(-1)!);
    time.advance(999);
    expect(second$.observed).to.equal(false);
    time.advance(1);
    expect(second$.observed).to.equal(true);
    second$.next(new URLSearchParams('code=second'));
    expect(codes).to.deep.equal(['second']);
    time.advance(1);
    expect(second$.observed).to.equal(false);
    expect(leaks.alive()).to.deep.equal(nothing);
    leaks.end();
  });

  it('is given up a second after an error page of this origin', async function () {
    const missing = `${location.origin}/test/fixtures/no-such-page.html`;
    const { time, codes, frame, end } = start({ url: `${missing}?state=s1`, redirectUri: missing });
    await loaded(frame);
    const [navigation] = frame.contentWindow!.performance.getEntriesByType('navigation');
    // Not every browser tells the status.
    const told = (navigation as PerformanceNavigationTiming | undefined)?.responseStatus === 404;
    time.advance(told ? 1000 : 4000);
    expect(codes()).to.deep.equal(['config-invalid']);
    end();
  });

  it('says what it shows, too, when the timeout comes first', async () => {
    const { time, codes, frame, end } = start();
    await loaded(frame);
    time.advance(3000);
    frame.contentWindow!.location.replace(`${provider}&page=2`);
    await loaded(frame);
    time.advance(3000);
    frame.contentWindow!.location.replace(`${provider}&page=3`);
    await loaded(frame);
    time.advance(3000);
    frame.contentWindow!.location.replace(`${provider}&page=4`);
    await loaded(frame);
    time.advance(999);
    expect(codes()).to.deep.equal([]);
    time.advance(1);
    expect(codes()).to.deep.equal(['silent-refused']);
    end();
  });

  for (const [what, switches] of [
    ['shows a page of its own', {}],
    ['refuses to be framed', { frameRefused: true }],
    ['has an internal problem', { serverError: true }],
  ] as const) {
    it(`is known when the provider ${what}, and both ways out are named`, async () => {
      await switchProvider(crossSiteProviderOrigin, switches);
      const { time, errors, frame, end } = start({ url: `${crossSiteProviderOrigin}/auth?client_id=unknown` });
      await loaded(frame);
      time.advance(4000);
      await switchProvider(crossSiteProviderOrigin, { frameRefused: false, serverError: false });
      expect(errors[0]!.code).to.equal('silent-refused');
      expect(errors[0]!.hint).to.contain(redirectUri).and.to.contain(`let ${location.origin} frame both`);
      end();
    });
  }

  it('waits for a provider that is slow, until the timeout', async () => {
    await switchProvider(providerOrigin, { latencyMs: 60_000 });
    const { time, codes, end } = start({ url: `${providerOrigin}/auth` });
    await turns();
    time.advance(9_999);
    expect(codes()).to.deep.equal([]);
    time.advance(1);
    await switchProvider(providerOrigin, { latencyMs: 0 });
    expect(codes()).to.deep.equal(['silent-timeout']);
    end();
  });

  it('is not counted while the page is hidden', async () => {
    let hidden = false;
    const see = (seen: boolean) => {
      hidden = !seen;
      document.dispatchEvent(new Event('visibilitychange'));
    };
    const doc = documentWith({
      get hidden() {
        return hidden;
      },
    });
    const { time, codes, frame, end } = start({}, windowWith({ document: doc }));
    await loaded(frame);
    time.advance(900);
    see(false);
    time.advance(60_000);
    see(true);
    time.advance(3999);
    expect(codes()).to.deep.equal([]);
    time.advance(1);
    expect(codes()).to.deep.equal(['silent-refused']);
    end();
  });

  for (const flickers of [false, true]) {
    it(`ends although the page is ${flickers ? 'shown again and again' : 'hidden'}, which says nothing of frames`, async () => {
      let hidden = true;
      const doc = documentWith({
        get hidden() {
          return hidden;
        },
      });
      const { time, errors, frame, end } = start({}, windowWith({ document: doc }));
      await loaded(frame);
      // 10 s for the attempt, and 90 s in which the page may be hidden.
      for (let passed = 0; passed < 99_900; passed += 900) {
        time.advance(900);
        if (flickers) hidden = !hidden;
        if (flickers) document.dispatchEvent(new Event('visibilitychange'));
      }
      expect(errors).to.deep.equal([]);
      time.advance(100);
      expect(errors.map(({ code }) => code)).to.deep.equal(['provider-error']);
      expect(errors[0]!.message).to.contain('hidden');
      end();
    });
  }

  it('names the file that is missing at the redirect URI, and never the code that arrived there', async () => {
    const missing = `${location.origin}/test/fixtures/provider.html`;
    const { time, errors, frame, end } = start({
      url: `${missing}?behaviour=none&code=secret&state=s1`,
      redirectUri: missing,
    });
    await loaded(frame);
    time.advance(4000);
    const [error] = errors;
    expect(error!.code).to.equal('config-invalid');
    expect(error!.message).to.contain(missing);
    expect(error!.hint).to.contain(`callback.js at ${missing}`);
    expect(JSON.stringify(error)).not.to.contain('secret');
    end();
  });

  it('names it too where the way back led past the redirect URI', async () => {
    const { time, errors, frame, end } = start({ url: `${providerOrigin}/auth?client_id=unknown` });
    await loaded(frame);
    frame.src = `${location.origin}/test/fixtures/provider.html?behaviour=none`;
    await loaded(frame);
    time.advance(4000);
    expect(errors[0]!.code).to.equal('config-invalid');
    end();
  });

  it('tells a device that is offline from all that', async () => {
    const { time, codes, frame, end } = start({}, windowWith({ navigator: { onLine: false } }));
    await loaded(frame);
    time.advance(4000);
    expect(codes()).to.deep.equal(['offline']);
    end();
  });

  it('may go on from a public provider to a private network where the browser has a word for it', () => {
    const { frame, end } = start({ url: 'http://login.example.invalid/' });
    const { featurePolicy } = document as Document & { featurePolicy?: { features(): string[] } };
    const known = (featurePolicy?.features() ?? []).filter((name) => /^(local|loopback)-network/.test(name));
    const delegated = frame.allow.split('; ').filter(Boolean);
    expect(delegated).to.have.members(known.map((name) => `${name} ${location.origin} http://login.example.invalid`));
    end();
  });
});
