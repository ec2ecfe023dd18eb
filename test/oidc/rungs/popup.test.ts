import { expect } from '@open-wc/testing';
import { NEVER, Subject, VirtualTimeScheduler, defer, firstValueFrom, lastValueFrom, of, throwError } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { GcAuthError } from '../../../src/core/errors.js';
import { visitInPopup } from '../../../src/oidc/rungs/popup.js';
import { nothing, watchLeaks } from '../../support/leaks.js';
import type { LeakWatch } from '../../support/leaks.js';
import { until } from '../../support/until.js';
import { windowWith } from '../../support/window-with.js';
import { storeRedirect } from '../../support/redirect-record.js';

const callback = `${location.origin}/callback.html`;
const answering = (state: string, code = 'c1') => ({
  url: `${callback}#state=${state}&code=${code}`,
  state,
  redirectUri: callback,
});
const waiting = {
  url: `${location.origin}/test/fixtures/provider.html?behaviour=none`,
  state: 's1',
  redirectUri: callback,
};

/** A visit that says what it heard and from which, with nothing fresh to follow. */
const visiting = <R extends { url: string; state: string; redirectUri: string }>(
  win: Window,
  request: R | Observable<R>,
  scheduler?: SchedulerLike,
): Observable<readonly [R, URLSearchParams]> =>
  visitInPopup(win, request, NEVER, (answer, answered) => of([answered, answer] as const), scheduler);

/** This window, remembering the popups it opened. */
function recording(changes: Parameters<typeof windowWith>[0] = {}) {
  const opened: Window[] = [];
  const calls: (readonly [string, string, string])[] = [];
  const win = windowWith({
    open: (url: string, name: string, features: string) => {
      calls.push([url, name, features]);
      const popup = window.open(url, name, features)!;
      opened.push(popup);
      return popup;
    },
    ...changes,
  });
  return { win, opened, calls };
}

/** WebKit may lose a navigation that starts while another one is on its way. */
const loaded = (popup: Window, url: string) =>
  until(() => popup.location.href === url && popup.document.readyState === 'complete');

const pass = (scheduler: VirtualTimeScheduler, ms: number) => {
  scheduler.maxFrames = ms;
  scheduler.flush();
};

describe('a visit in a popup', () => {
  let leaks: LeakWatch;
  beforeEach(() => (leaks = watchLeaks()));
  afterEach(() => leaks.end());

  it('opens empty and without a name, and goes to its address in the very call that subscribes', () => {
    const { win, calls, opened } = recording();
    const visit$ = visiting(win, waiting);
    expect(calls).to.have.lengthOf(0);
    const visit = visit$.subscribe();
    expect(calls.map(([url, name]) => [url, name])).to.deep.equal([['about:blank', '_blank']]);
    visit.unsubscribe();
    expect(opened[0]!.closed).to.equal(true);
    expect(leaks.alive()).to.deep.equal(nothing);
  });

  /** A popup that records what is done to it, in order. */
  function watched(changes: Parameters<typeof windowWith>[0] = {}) {
    const steps: string[] = [];
    const popup = {
      closed: false,
      set opener(value: unknown) {
        steps.push(`opener ${String(value)}`);
      },
      location: { href: 'about:blank', replace: (url: string) => steps.push(url) },
      close: () => steps.push('close'),
    };
    return { win: windowWith({ open: () => popup, ...changes }), popup, steps };
  }

  it('has no opener before it shows a page of the provider', () => {
    const { win, steps } = watched();
    visiting(win, waiting).subscribe().unsubscribe();
    expect(steps).to.deep.equal(['opener null', waiting.url, 'close']);
  });

  it('keeps its opener for the answer where the browser refuses channels', () => {
    const { win, steps } = watched();
    const { BroadcastChannel } = window;
    const refused = () => {
      throw new DOMException('Refused.', 'SecurityError');
    };
    for (const replacement of [refused, undefined]) {
      Object.assign(window, { BroadcastChannel: replacement });
      try {
        visiting(win, waiting).subscribe().unsubscribe();
      } finally {
        Object.assign(window, { BroadcastChannel });
      }
      expect(steps.splice(0)).to.deep.equal([waiting.url, 'close']);
    }
  });

  it('keeps its opener in a framed page, whose channels may be partitioned', () => {
    const { win, steps } = watched({ top: {} });
    visiting(win, waiting).subscribe().unsubscribe();
    expect(steps).to.deep.equal([waiting.url, 'close']);
  });

  it('is not closed, without an opener, while it shows another origin: the browser would print its address', () => {
    const { win, popup, steps } = watched();
    const visit = visiting(win, waiting).subscribe();
    Object.defineProperty(popup.location, 'href', {
      get: () => {
        throw new DOMException('Cross-origin.', 'SecurityError');
      },
    });
    visit.unsubscribe();
    expect(steps).to.deep.equal(['opener null', waiting.url]);
  });

  it('answers with its opener where channels are refused', async () => {
    const { win, opened } = recording();
    const { BroadcastChannel } = window;
    Object.assign(window, { BroadcastChannel: undefined });
    try {
      const [, answer] = await firstValueFrom(visiting(win, answering('s1', 'posted')));
      expect(answer.get('code')).to.equal('posted');
    } finally {
      Object.assign(window, { BroadcastChannel });
    }
    expect(opened[0]!.closed).to.equal(true);
  });

  it('takes no frame or window of the page in place of its own', async () => {
    const frame = document.createElement('iframe');
    frame.name = 'gc-auth-messenger';
    document.body.append(frame);
    const { win, opened } = recording();
    const [first, second] = [visiting(win, waiting).subscribe(), visiting(win, waiting).subscribe()];
    expect(new Set([...opened, frame.contentWindow]).size).to.equal(3);
    expect(opened.map(({ name }) => name)).to.deep.equal(['', '']);
    for (const visit of [first, second]) visit.unsubscribe();
    frame.remove();
  });

  it('is refused with a reason when the callback page is of another version', async () => {
    const { win } = recording();
    const error = lastValueFrom(visiting(win, waiting)).catch((thrown: unknown) => thrown);
    const channel = new BroadcastChannel('gc-auth-messenger:s1');
    channel.postMessage({ type: 'gc-auth-messenger:answer', version: 2, params: 'state=s1&code=c1' });
    const { code, message } = (await error) as GcAuthError;
    expect([code, message]).to.deep.equal([
      'config-invalid',
      'The callback page is of another version than the bundle.',
    ]);
    channel.close();
  });

  it('brings the visit and its answer, and closes', async () => {
    const { win, opened } = recording();
    const visit = answering('s1');
    const [visited, answer] = await firstValueFrom(visiting(win, visit));
    expect(visited).to.equal(visit);
    expect(answer.get('code')).to.equal('c1');
    expect(opened[0]!.closed).to.equal(true);
    expect(leaks.alive()).to.deep.equal(nothing);
  });

  it('waits on an empty page for a visit that is not ready', async () => {
    const { win, calls } = recording();
    const ready = new Subject<{ url: string; state: string; redirectUri: string }>();
    const answer = firstValueFrom(visiting(win, ready));
    expect(calls.map(([url]) => url)).to.deep.equal(['about:blank']);
    ready.next(answering('s2', 'late'));
    expect((await answer)[1].get('code')).to.equal('late');
  });

  it('closes when the visit cannot be had', () => {
    const { win, opened } = recording();
    const errors: unknown[] = [];
    const failure = new GcAuthError('discovery-failed');
    visiting(
      win,
      throwError(() => failure),
    ).subscribe({ error: (thrown) => errors.push(thrown) });
    expect(errors).to.deep.equal([failure]);
    expect(opened[0]!.closed).to.equal(true);
    expect(leaks.alive()).to.deep.equal(nothing);
  });

  it('gets a window of its own right after another visit was given up', async () => {
    const { win, opened } = recording();
    visiting(win, waiting).subscribe().unsubscribe();
    const [, answer] = await firstValueFrom(visiting(win, answering('s1', 'second')));
    expect(answer.get('code')).to.equal('second');
    expect(opened).to.have.lengthOf(2);
  });

  it('stands in the middle of the window, wherever that is', () => {
    const { win, calls } = recording({ screenX: -1000, screenY: 100, outerWidth: 800, outerHeight: 1000 });
    visiting(win, waiting).subscribe().unsubscribe();
    expect(calls[0]![2]).to.equal('popup,width=480,height=640,left=-840,top=280');
  });

  it('says so when the browser blocks it', () => {
    const errors: GcAuthError[] = [];
    visiting(windowWith({ open: () => null }), waiting).subscribe({
      error: (thrown: GcAuthError) => errors.push(thrown),
    });
    expect(errors.map(({ code }) => code)).to.deep.equal(['popup-blocked']);
    expect(leaks.alive()).to.deep.equal(nothing);
  });

  it('hears the answer on the channel when the provider cut the opener off', async () => {
    const { win, opened } = recording();
    const answer = firstValueFrom(visiting(win, waiting));
    const severed = document.createElement('iframe');
    severed.srcdoc = `<script>
      const channel = new BroadcastChannel('gc-auth-messenger:s1');
      channel.postMessage({ type: 'gc-auth-messenger:answer', params: 'state=s2&code=forged' });
      channel.postMessage({ type: 'gc-auth-messenger:answer', params: 'state=s1&code=severed' });
    </script>`;
    document.body.append(severed);
    expect((await answer)[1].get('code')).to.equal('severed');
    expect(opened[0]!.closed).to.equal(true);
    severed.remove();
    expect(leaks.alive()).to.deep.equal(nothing);
  });

  it('ignores forged answers, and the real one still counts', async () => {
    const { win, opened } = recording();
    const codes: unknown[] = [];
    visiting(win, waiting).subscribe(([, answer]) => codes.push(answer.get('code')));
    const heard: unknown[] = [];
    const hear = ({ data }: MessageEvent) => heard.push(data);
    window.addEventListener('message', hear);
    const forged = { type: 'gc-auth-messenger:answer', params: 'state=s1&code=forged' };
    window.postMessage(forged, location.origin);
    window.dispatchEvent(
      new MessageEvent('message', { source: opened[0]!, origin: 'https://evil.example', data: forged }),
    );
    await until(() => heard.length === 2);
    expect(codes).to.deep.equal([]);
    await loaded(opened[0]!, waiting.url);
    opened[0]!.location.replace(answering('s1', 'real').url);
    await until(() => codes.length > 0);
    expect(codes).to.deep.equal(['real']);
    window.removeEventListener('message', hear);
  });
});

describe('an answer that a person is needed, although there was one', () => {
  // By query, because the window stands on the callback page already.
  const fresh = { url: `${callback}?state=s2&code=second`, state: 's2', redirectUri: callback };
  const refusing = (state: string) => ({
    url: `${callback}?state=${state}&error=login_required`,
    state,
    redirectUri: callback,
  });
  const read = (answer: URLSearchParams) => {
    if (answer.has('error')) throw new GcAuthError('login-required');
    return of(answer.get('code'));
  };

  it('is followed by one fresh request in the same window', async () => {
    const leaks = watchLeaks();
    const { win, opened } = recording();
    expect(await firstValueFrom(visitInPopup(win, refusing('s1'), of(fresh), read))).to.equal('second');
    expect(opened).to.have.lengthOf(1);
    expect(opened[0]!.closed).to.equal(true);
    expect(leaks.alive()).to.deep.equal(nothing);
    leaks.end();
  });

  it('is an error when the fresh request is answered the same', async () => {
    const { win, opened } = recording();
    let asked = 0;
    const fresh$ = defer(() => of(refusing(`again${++asked}`)));
    const error = await lastValueFrom(visitInPopup(win, refusing('s1'), fresh$, read)).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as GcAuthError).code).to.equal('login-required');
    expect(asked).to.equal(1);
    expect(opened[0]!.closed).to.equal(true);
  });

  it('is an error where no fresh request can be made', async () => {
    const { win, opened } = recording();
    const failure = new GcAuthError('discovery-failed');
    const fresh$ = throwError(() => failure);
    expect(
      await lastValueFrom(visitInPopup(win, refusing('s1'), fresh$, read)).catch((thrown: unknown) => thrown),
    ).to.equal(failure);
    expect(opened[0]!.closed).to.equal(true);
  });

  it('is an error at once where the window was cut off, and can be sent nowhere', async () => {
    const cutOff = windowWith({
      open: () => ({ closed: true, close: () => undefined, location: { replace: () => undefined } }),
    });
    const error = lastValueFrom(visitInPopup(cutOff, waiting, NEVER, read)).catch((thrown: unknown) => thrown);
    const channel = new BroadcastChannel('gc-auth-messenger:s1');
    channel.postMessage({ type: 'gc-auth-messenger:answer', params: 'state=s1&error=login_required' });
    expect(((await error) as GcAuthError).code).to.equal('login-required');
    channel.close();
  });
});

describe('an answer to an earlier request of this page', () => {
  const fresh = { url: `${callback}?state=s3&code=second`, state: 's3', redirectUri: callback };
  const replaying = { url: `${callback}?state=s0&error=login_required`, state: 's1', redirectUri: callback };
  const read = (answer: URLSearchParams) => {
    if (answer.get('error') === 'login_required') throw new GcAuthError('login-required');
    return of(answer.get('code'));
  };

  it('is followed by one fresh request in the same window, once', async () => {
    const { win, opened } = recording();
    expect(await firstValueFrom(visitInPopup(win, replaying, of(fresh), read, undefined, ['s9', 's0']))).to.equal(
      'second',
    );
    expect(opened).to.have.lengthOf(1);
    const again$ = of({ ...replaying, url: `${callback}?again&state=s0&error=login_required` });
    const error = await lastValueFrom(visitInPopup(win, replaying, again$, read, undefined, ['s0'])).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as GcAuthError).code).to.equal('login-required');
  });
});

describe('an error without state', () => {
  const answered = (search: string) => ({
    url: `${callback}${search}`,
    state: 's1',
    redirectUri: callback,
  });

  it('belongs to the popup that shows it at the redirect URI', async () => {
    const { win, opened } = recording();
    const [, answer] = await firstValueFrom(visiting(win, answered('?error=access_denied')));
    expect([answer.get('error'), answer.get('state')]).to.deep.equal(['access_denied', 's1']);
    expect(opened[0]!.closed).to.equal(true);
  });

  it('belongs to it also where the redirect URI is not written as browsers write it', async () => {
    const { win } = recording();
    const written = callback.replace('http:', 'HTTP:').replace(location.port, `0${location.port}`);
    const request = { ...answered('?error=access_denied'), redirectUri: written };
    const [, answer] = await firstValueFrom(visiting(win, request));
    expect(answer.get('error')).to.equal('access_denied');
  });

  it('is not taken for the answer of a redirect that was left: the popup gets a copy of the storage', async () => {
    const { state } = storeRedirect({ returnTo: `${location.origin}/left` });
    const { win } = recording();
    const [, answer] = await firstValueFrom(visiting(win, answered('?error=access_denied')));
    expect([answer.get('error'), answer.get('state')]).to.deep.equal(['access_denied', 's1']);
    expect(sessionStorage.getItem(`gc-auth-messenger:redirect:${state.split(';')[0]!}`)).to.equal(null);
  });

  it('counts for one request', async () => {
    const { win, opened } = recording();
    const scheduler = new VirtualTimeScheduler();
    const heard: (string | null)[] = [];
    const request = answered('?error=login_required');
    const read = (answer: URLSearchParams) => {
      heard.push(answer.get('state'));
      throw new GcAuthError('login-required');
    };
    const visit = visitInPopup(win, request, NEVER, read, scheduler).subscribe({ error: () => undefined });
    await loaded(opened[0]!, request.url);
    pass(scheduler, 10_000);
    expect(heard).to.deep.equal(['s1']);
    visit.unsubscribe();
  });

  it('does not count at another page, nor beside a code', async () => {
    const { win, opened } = recording();
    const heard: unknown[] = [];
    // Not the callback page, which takes a code out of its address.
    const page = `${location.origin}/test/fixtures/provider.html`;
    const url = `${page}?behaviour=none&error=access_denied`;
    for (const request of [
      { url, state: 's1', redirectUri: `${location.origin}/elsewhere.html` },
      { url: `${url}&code=c1`, state: 's1', redirectUri: page },
    ]) {
      const scheduler = new VirtualTimeScheduler();
      const visit = visiting(win, request, scheduler).subscribe((answer) => heard.push(answer));
      await loaded(opened.pop()!, request.url);
      pass(scheduler, 10_000);
      visit.unsubscribe();
    }
    expect(heard).to.deep.equal([]);
  });
});

describe('a popup that is closed', () => {
  /** A frame's window in place of a popup's: it too reads as closed once it is gone. */
  function start(focus: { here: boolean } = { here: true }) {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const popup = frame.contentWindow!;
    const scheduler = new VirtualTimeScheduler();
    const doc = { hasFocus: () => focus.here };
    const events: string[] = [];
    const visit = visiting(windowWith({ open: () => popup, document: doc }), waiting, scheduler).subscribe({
      next: ([, answer]) => events.push(`code ${answer.get('code')}`),
      error: ({ code }: GcAuthError) => events.push(`${code} at ${scheduler.now()}`),
    });
    const at = (ms: number, work: () => void) => scheduler.schedule(work, ms);
    const close = () => frame.remove();
    const late = new MessageEvent('message', {
      origin: location.origin,
      data: { type: 'gc-auth-messenger:answer', params: 'state=s1&code=late' },
    });
    // Not by the constructor: in WebKit an event forgets the source that is gone.
    Object.defineProperty(late, 'source', { value: popup });
    const answer = () => window.dispatchEvent(late);
    const run = (ms: number) => {
      pass(scheduler, ms);
      visit.unsubscribe();
      frame.remove();
      return events;
    };
    return { at, close, answer, run, focus };
  }

  it('is noticed within two seconds', () => {
    const { at, close, run } = start();
    at(600, close);
    expect(run(10_000)).to.deep.equal(['popup-closed at 2000']);
  });

  it('has a hint of the frame that the page is in', async () => {
    const popup = { closed: true, close: () => undefined, location: { replace: () => undefined } };
    const hints = [{}, { top: {} }].map(async (place) => {
      const scheduler = new VirtualTimeScheduler();
      const win = windowWith({ open: () => popup, document: { hasFocus: () => true }, ...place });
      const error = lastValueFrom(visiting(win, waiting, scheduler)).catch((thrown: unknown) => thrown);
      pass(scheduler, 3_000);
      return ((await error) as GcAuthError).hint;
    });
    expect((await Promise.all(hints)).map((hint) => hint.includes('Cross-Origin-Opener-Policy'))).to.eql([false, true]);
  });

  it('may still have answered: a late answer counts for a second', () => {
    const { at, close, answer, run } = start();
    at(600, close);
    at(1900, answer);
    expect(run(10_000)).to.deep.equal(['code late']);
  });

  it('is only cut off, by its provider, while this page has no focus', () => {
    const { at, close, answer, run } = start({ here: false });
    at(600, close);
    at(60_000, answer);
    expect(run(70_000)).to.deep.equal(['code late']);
  });

  it('is taken for closed once the focus is back here', () => {
    const { at, close, run, focus } = start({ here: false });
    at(600, close);
    at(5_100, () => (focus.here = true));
    expect(run(70_000)).to.deep.equal(['popup-closed at 6500']);
  });

  it('is not, as long as it is open', () => {
    expect(start().run(300_000)).to.deep.equal([]);
  });

  it('is closed at once by whoever gives up', () => {
    const leaks = watchLeaks();
    visiting(window, NEVER).subscribe().unsubscribe();
    expect(leaks.alive()).to.deep.equal(nothing);
    leaks.end();
  });
});
