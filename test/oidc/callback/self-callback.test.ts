import { expect } from '@open-wc/testing';
import type { RedirectAnswer } from '../../../src/oidc/callback/self-callback.js';
import { openHiddenFrame } from '../../../src/oidc/rungs/hidden-frame.js';
import { clearRedirects, redirectKeys, storeRedirect } from '../../support/redirect-record.js';
import { until } from '../../support/until.js';

const page = '/test/fixtures/self-callback.html';

/** The fixture's window. */
interface Answering extends Window {
  /** What `interceptAnswer` said; undefined until the script has run. */
  readonly ended?: boolean;
  /** Scripts after it ran. */
  readonly later?: true;
  interceptAnswer(): boolean;
  takeRedirectAnswer(): RedirectAnswer | undefined;
}

const stateOf = (target: 's' | 'p' | 'r') => `${crypto.randomUUID().replaceAll('-', '')};${target}`;
const answerTo = (state: string) => `code=c1&state=${state}&iss=https%3A%2F%2Flogin.example.com`;

/** Everything that this window and the channel of a state hear. */
function listen(state: string) {
  const heard: { via: 'window' | 'channel'; code: string | null }[] = [];
  const channel = new BroadcastChannel(`gc-auth-messenger:${state}`);
  const hear =
    (via: 'window' | 'channel') =>
    ({ data }: MessageEvent<{ type?: string; params?: string }>) => {
      if (data.type !== 'gc-auth-messenger:answer') return;
      heard.push({ via, code: new URLSearchParams(data.params).get('code') });
    };
  const onWindow = hear('window');
  channel.onmessage = hear('channel');
  window.addEventListener('message', onWindow);
  return {
    heard,
    end: () => {
      window.removeEventListener('message', onWindow);
      channel.close();
    },
  };
}

describe('a page that takes the answer itself', () => {
  const frames: HTMLIFrameElement[] = [];
  const popups: Window[] = [];
  const ears: ReturnType<typeof listen>[] = [];

  afterEach(() => {
    for (const ear of ears.splice(0)) ear.end();
    for (const frame of frames.splice(0)) frame.remove();
    for (const popup of popups.splice(0)) popup.close();
    clearRedirects();
  });

  function listening(state: string) {
    const ear = listen(state);
    ears.push(ear);
    return ear.heard;
  }

  /** The page in a frame, once its script has run. */
  async function frame(rest: string, name = '', path = page): Promise<Answering> {
    const element = document.createElement('iframe');
    element.name = name;
    element.src = path + rest;
    frames.push(element);
    document.body.append(element);
    const win = () => element.contentWindow as unknown as Answering;
    await until(() => win().ended !== undefined);
    return win();
  }

  function popup(rest: string, name = ''): Answering {
    const opened = window.open(page + rest, name, 'popup')!;
    popups.push(opened);
    return opened as Answering;
  }

  /** A page shows that it is ordinary by its later scripts. */
  const ordinary = (win: Answering) => until(() => win.later);

  describe('in a hidden frame', () => {
    for (const separator of ['?', '#']) {
      it(`hands an answer after ${separator} to its parent, keeps nothing of it, and ends`, async () => {
        const state = stateOf('s');
        const heard = listening(state);
        const win = await frame(`?page=12${separator === '?' ? '&' : '#'}${answerTo(state)}`);
        await until(() => heard.length === 1);
        expect(heard.map(({ code }) => code)).to.deep.equal(['c1']);
        expect(win.ended).to.equal(true);
        expect(win.location.href).to.equal(`${location.origin}${page}?page=12`);
        expect(win.history.state).to.deep.equal({ router: 'of the page' });
        expect(win.interceptAnswer(), 'a second copy of the bundle').to.equal(true);
        expect(win.takeRedirectAnswer()).to.equal(undefined);
      });
    }

    /** The page in the frame of a silent attempt. */
    async function ownFrame(rest: string): Promise<Answering> {
      const element = openHiddenFrame(window, location.origin + page + rest);
      frames.push(element);
      const win = () => element.contentWindow as unknown as Answering;
      await until(() => win().ended !== undefined);
      return win();
    }

    it('hands over an error without state, and ends', async () => {
      const heard = listening('none');
      const win = await ownFrame('?error=login_required');
      expect(win.ended).to.equal(true);
      await until(() => heard.length === 1);
      expect(win.interceptAnswer(), 'a second copy of the bundle').to.equal(true);
    });

    it('starts nothing, whatever came back', async () => {
      const heard = listening('none');
      for (const rest of ['', '?code=c1', '?error=x&code=c1', '?state=foreign&code=c1']) {
        expect((await ownFrame(rest)).ended, rest).to.equal(true);
      }
      expect(heard).to.deep.equal([]);
    });

    it('is an ordinary page in a frame of the page’s own, with an error of another kind', async () => {
      const win = await frame('?error=login_required');
      await ordinary(win);
      expect([win.ended, win.location.search]).to.deep.equal([false, '?error=login_required']);
    });

    it('takes an answer that was meant for a popup out of the address, and is an ordinary page', async () => {
      const state = stateOf('p');
      const heard = listening(state);
      const win = await frame(`?${answerTo(state)}`);
      await ordinary(win);
      expect(win.ended).to.equal(false);
      expect(win.location.href).to.equal(location.origin + page);
      expect(heard).to.deep.equal([]);
    });
  });

  describe('in a popup', () => {
    it('hands the answer to its opener, and closes', async () => {
      const state = stateOf('p');
      const heard = listening(state);
      const win = popup(`?${answerTo(state)}`);
      await until(() => heard.length === 2);
      expect(new Set(heard.map(({ via }) => via)).size).to.equal(2);
      await until(() => win.closed);
    });

    it('reaches the channel where the opener is cut off', async () => {
      const state = stateOf('p');
      const heard = listening(state);
      window.open(`${page}?${answerTo(state)}`, '', 'popup,noopener');
      await until(() => heard.length > 0);
      expect(heard).to.deep.equal([{ via: 'channel', code: 'c1' }]);
    });

    it('becomes an ordinary page, without the answer, where the window cannot be closed', async () => {
      const win = popup(`?tab=1&${answerTo(stateOf('p'))}`, 'stays open');
      await until(() => win.ended === false);
      await ordinary(win);
      expect(win.location.search).to.equal('?tab=1');
    });

    it('stays open with a refusal, for a fresh request', async () => {
      const state = stateOf('p');
      const heard = listening(state);
      const win = popup(`?state=${state}&error=login_required`);
      await until(() => heard.length === 2);
      expect(win.closed).to.equal(false);
    });

    it('goes on with a redirect in whose place the provider answered the silent request', async () => {
      const { state, returnTo } = storeRedirect({ returnTo: `${location.origin}${page}#/orders` });
      const win = popup(`?${answerTo(stateOf('s'))}`);
      await ordinary(win);
      expect(win.location.href).to.equal(returnTo);
      const { answer } = win.takeRedirectAnswer()!;
      expect(String(answer)).to.equal(new URLSearchParams({ error: 'login_required', state }).toString());
    });

    it('tells its page of the answer to a silent request, by the channel of that state', async () => {
      const state = stateOf('s');
      const heard = listening(state);
      popup(`?${answerTo(state)}`);
      await until(() => heard.some(({ via }) => via === 'channel'));
    });

    it('takes an answer that was meant for a frame out of the address, and is an ordinary page', async () => {
      const win = popup(`?tab=1&${answerTo(stateOf('s'))}`);
      await ordinary(win);
      expect([win.ended, win.location.search]).to.deep.equal([false, '?tab=1']);
    });
  });

  describe('after a redirect', () => {
    /** A redirect that started in this page. */
    const left = (changes: Parameters<typeof storeRedirect>[0] = {}) =>
      storeRedirect({ returnTo: `${location.origin}${page}#/orders?id=7`, ...changes });

    for (const separator of ['?', '#']) {
      it(`has the address that it had, and an answer after ${separator} in memory, once`, async () => {
        const { state, id, returnTo } = left();
        const entries = history.length;
        const win = await frame(separator + answerTo(state));
        expect(win.ended).to.equal(false);
        expect(win.location.href).to.equal(returnTo);
        expect(win.history.state).to.deep.equal({ router: 'of the page' });
        expect(history.length).to.equal(entries);
        expect(redirectKeys()).to.deep.equal([]);
        expect(win.interceptAnswer(), 'a second copy of the bundle').to.equal(false);
        const back = win.takeRedirectAnswer();
        expect(back?.answer.get('code')).to.equal('c1');
        expect(back?.record.id).to.equal(id);
        expect(win.takeRedirectAnswer()).to.equal(undefined);
        await ordinary(win);
      });
    }

    it('is loaded again where the page depends on its query', async () => {
      const { state, returnTo } = left({ returnTo: `${location.origin}${page}?id=12&q=a%20b#part` });
      const entries = history.length;
      const first = await frame(`?${answerTo(state)}`);
      const element = frames[0]!;
      const now = () => element.contentWindow as unknown as Answering;
      await until(() => now().location.href === returnTo);
      await until(() => now().ended === false);
      expect(first).to.equal(now());
      expect(now().takeRedirectAnswer()?.answer.get('code')).to.equal('c1');
      expect(history.length).to.equal(entries);
      expect(redirectKeys()).to.deep.equal([]);
    });

    it('is not sent round in circles by a server that changes the address', async () => {
      const { state } = left({ returnTo: `${location.origin}/elsewhere`, carried: true });
      const win = await frame(`?id=1#${answerTo(state)}`);
      expect([win.ended, win.location.href]).to.deep.equal([false, `${location.origin}${page}?id=1`]);
      expect(win.takeRedirectAnswer()?.answer.get('code')).to.equal('c1');
    });

    it('is refused where the provider’s way added parameters to the query, and not where the query is the page’s own', async () => {
      for (const [rest, carried, states] of [
        ['?code=evil', false, 2],
        ['?code=SPRING24', true, 1],
        ['?tab=1', false, 1],
      ] as const) {
        const { state } = left({ returnTo: `${location.origin}${page}${rest}`, carried });
        const win = await frame(`${rest}#${answerTo(state)}`);
        expect(win.takeRedirectAnswer()?.answer.getAll('state').length, rest).to.equal(states);
        expect(win.location.href).not.to.contain('c1');
      }
    });

    it('is not read by a copy of another version of the bundle', async () => {
      const { state } = left();
      const win = await frame(`?${answerTo(state)}`);
      const slot = win as unknown as Record<symbol, object | undefined>;
      const found = slot[Symbol.for('gc-auth-messenger:answer')];
      for (const other of [{ ...found, version: 2 }, { ...found, version: undefined }, 'x', 1]) {
        Object.assign(win, { [Symbol.for('gc-auth-messenger:answer')]: other });
        expect(win.takeRedirectAnswer()).to.equal(undefined);
      }
    });

    it('does not read the record of another version, and is an ordinary page', async () => {
      const { state } = left({ version: 2 as never });
      const win = await frame(`?tab=1&${answerTo(state)}`);
      expect([win.ended, win.location.search]).to.deep.equal([false, '?tab=1']);
      expect(win.takeRedirectAnswer()).to.equal(undefined);
    });

    it('is an ordinary page by Back, reload, bookmark, in another tab, and late: the address is cleaned', async () => {
      for (const state of [stateOf('r'), left({ created: Date.now() / 1000 - 700 }).state]) {
        const win = await frame(`?tab=1&${answerTo(state)}#here`);
        expect([win.ended, win.location.href]).to.deep.equal([false, `${location.origin}${page}?tab=1#here`]);
        expect(win.takeRedirectAnswer()).to.equal(undefined);
      }
    });
  });

  it('leaves answers to other libraries where they are', async () => {
    const win = await frame('?code=c1&state=xyz');
    await ordinary(win);
    expect([win.ended, win.location.search]).to.deep.equal([false, '?code=c1&state=xyz']);
  });

  describe('while it is prerendered', () => {
    it('answers nobody', async () => {
      const state = stateOf('s');
      const heard = listening(state);
      const win = await frame(`?${answerTo(state)}`, 'prerendering');
      expect(win.ended).to.equal(true);
      expect(heard).to.deep.equal([]);
      expect(win.location.search).not.to.equal('');
      win.document.dispatchEvent(new Event('prerenderingchange'));
      await until(() => heard.length === 1);
      expect(win.location.search).to.equal('');
    });

    it('keeps what a redirect brought back until someone looks', async () => {
      const { state, id } = storeRedirect({ returnTo: location.origin + page });
      const win = await frame(`?${answerTo(state)}`, 'prerendering');
      expect(redirectKeys()).to.have.lengthOf(1);
      win.document.dispatchEvent(new Event('prerenderingchange'));
      expect(redirectKeys()).to.deep.equal([]);
      expect(win.takeRedirectAnswer()?.record.id).to.equal(id);
    });
  });
});
