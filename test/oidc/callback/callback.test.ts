import { expect } from '@open-wc/testing';
import type { RedirectAnswer } from '../../../src/oidc/callback/self-callback.js';
import { clearRedirects, storeRedirect } from '../../support/redirect-record.js';
import { until } from '../../support/until.js';

const answer = 'code=c1&state=s1&iss=https%3A%2F%2Flogin.example.com';
const type = 'gc-auth-messenger:answer';

/** Everything that this window and the channel of `s1` hear. */
function listen() {
  const heard: { via: 'window' | 'channel'; source: MessageEventSource | null; data: unknown; origin: string }[] = [];
  const channel = new BroadcastChannel('gc-auth-messenger:s1');
  const onWindow = ({ data, source, origin }: MessageEvent) => heard.push({ via: 'window', source, data, origin });
  channel.onmessage = ({ data, source, origin }) => heard.push({ via: 'channel', source, data, origin });
  window.addEventListener('message', onWindow);
  return {
    heard,
    from: (via: 'window' | 'channel') => heard.filter((one) => one.via === via),
    end: () => {
      window.removeEventListener('message', onWindow);
      channel.close();
    },
  };
}

const sentence = (win: Window) => win.document.querySelector('p')!;
const codeIn = (data: unknown) => new URLSearchParams((data as { params: string }).params).get('code');

for (const [title, page] of [
  ['the callback page', '/callback.html'],
  ['the source of the callback page', '/test/fixtures/callback-module.html'],
] as const) {
  describe(title, () => {
    let ears: ReturnType<typeof listen>;
    const frames: HTMLIFrameElement[] = [];
    const popups: Window[] = [];

    beforeEach(() => (ears = listen()));
    afterEach(() => {
      ears.end();
      for (const frame of frames.splice(0)) frame.remove();
      for (const popup of popups.splice(0)) popup.close();
    });

    async function frame(rest: string, name = ''): Promise<Window> {
      const element = document.createElement('iframe');
      element.name = name;
      element.src = page + rest;
      frames.push(element);
      const loaded = new Promise((resolve) => element.addEventListener('load', resolve));
      document.body.append(element);
      await loaded;
      return element.contentWindow!;
    }

    function popup(rest: string, name = ''): Window {
      const opened = window.open(page + rest, name, 'popup')!;
      popups.push(opened);
      return opened;
    }

    for (const [where, rest] of [
      ['query', `?${answer}`],
      ['fragment', `#${answer}`],
      ['fragment beside a query of its own', `?page=callback#${answer}`],
    ] as const) {
      it(`hands an answer in the ${where} from a frame to its parent, and to nobody else`, async () => {
        const win = await frame(rest);
        await until(() => ears.heard.length > 0);
        const [posted] = ears.from('window');
        expect(posted!.source).to.equal(win);
        expect(posted!.origin).to.equal(location.origin);
        const { params, ...others } = posted!.data as { params: string };
        expect(others).to.deep.equal({ type, version: 1 });
        expect(new URLSearchParams(params).get('state')).to.equal('s1');
        expect(new URLSearchParams(params).get('iss')).to.equal('https://login.example.com');
        expect(ears.from('channel')).to.deep.equal([]);
        expect(codeIn(posted!.data)).to.equal('c1');
      });

      it(`wipes an answer in the ${where} from address and history`, async () => {
        const win = await frame(rest);
        expect(win.location.href).to.equal(location.origin + page);
        expect(win.document.documentElement.outerHTML).not.to.contain('c1');
      });
    }

    it('hands errors over too, and an answer without either, to be refused by name', async () => {
      await frame('?state=s1&error=login_required');
      await frame('?state=s1');
      await until(() => ears.from('window').length === 2);
    });

    it('leaves an error without state in the address, where the page that opened it reads it', async () => {
      expect((await frame('?error=login_required')).location.search).to.equal('?error=login_required');
      await until(() => ears.from('window').length > 0);
      const { data } = ears.from('window').at(-1)!;
      expect((data as { params: string }).params).to.equal('error=login_required');
      expect((await frame('?error=x&code=c1')).location.search).to.equal('');
    });

    it('in place of a redirect’s answer, takes that to a silent request back as one that a person is needed', async () => {
      const { state, returnTo } = storeRedirect({
        returnTo: `${location.origin}/test/fixtures/self-callback.html?q=1`,
      });
      const win = popup(`?code=c1&state=${'a'.repeat(32)}%3Bs`);
      const back = (): RedirectAnswer | undefined =>
        (win as { takeRedirectAnswer?: () => RedirectAnswer }).takeRedirectAnswer?.();
      let found: RedirectAnswer | undefined;
      await until(() => (found ??= back()));
      expect(String(found!.answer)).to.equal(new URLSearchParams({ error: 'login_required', state }).toString());
      expect(win.location.href).to.equal(returnTo);
      sessionStorage.clear();
    });

    it('keeps a popup open in which the provider answered the silent request, for a fresh one', async () => {
      const win = popup(`?code=c1&state=${'a'.repeat(32)}%3Bs`);
      await until(() => win.location.pathname === page && !win.location.search);
      expect(win.closed).to.equal(false);
    });

    it('shows nothing in a frame that had an answer', async () => {
      expect(sentence(await frame(`?${answer}`)).hidden).to.equal(true);
    });

    it('passes on what is repeated, merged or encoded, to be refused, and keeps none of it in the address', async () => {
      for (const rest of [
        '?code=c1&code=c2&state=s1',
        '?c%6Fde=c1&s%74ate=s1&code=c2',
        '?state=s1&code=c1#code=c1',
        '?state=s1#code=c1',
        '?state=other&state=s1&code=c1',
      ]) {
        const { length } = ears.heard;
        const win = await frame(rest);
        await until(() => ears.heard.length > length);
        const params = new URLSearchParams((ears.heard.at(-1)!.data as { params: string }).params);
        expect([params.getAll('code').length > 1, params.getAll('state').length > 1], rest).to.include(true);
        expect(win.location.href).to.equal(location.origin + page);
      }
    });

    it('passes on a JARM response, to be refused, also by the channel of its state', async () => {
      const response = `x.${btoa(JSON.stringify({ state: 's1', code: 'c1' }))}.y`;
      window.open(`${page}?response=${response}`, '', 'popup,noopener');
      await until(() => ears.from('channel').length > 0);
      expect((ears.heard[0]!.data as { params: string }).params).to.contain('response=');
    });

    it('cuts a megabyte of error text', async () => {
      await frame(`#state=s1&error=x&error_description=${'x'.repeat(1_000_000)}`);
      await until(() => ears.heard.length > 0);
      expect((ears.heard[0]!.data as { params: string }).params.length).to.be.lessThan(1_100);
    });

    it('leaves a popup without an opener to a second request for a moment, and then closes it', async () => {
      const win = popup('', 'without an opener');
      win.opener = null;
      win.location.replace(`${page}?state=s1&error=login_required`);
      await until(() => ears.from('channel').length > 0);
      expect(win.closed).to.equal(false);
      await until(() => win.closed);
    });

    it('closes the popup it is in, once the opener has the answer', async () => {
      const win = popup(`?${answer}`);
      await until(() => ears.heard.length === 2);
      expect(codeIn(ears.from('window')[0]!.data)).to.equal('c1');
      await until(() => win.closed);
    });

    it('reaches the channel where the opener is cut off', async () => {
      window.open(`${page}?${answer}`, '', 'popup,noopener');
      await until(() => ears.heard.length > 0);
      expect(ears.heard.map(({ via }) => via)).to.deep.equal(['channel']);
    });

    it('leaves a popup with a refusal to its opener, who may ask once more', async () => {
      const win = popup('?state=s1&error=login_required');
      await until(() => ears.heard.length === 2);
      expect([win.closed, sentence(win).hidden]).to.deep.equal([false, true]);
    });

    it('brings the answer of a redirect back to the page that was left, in no query', async () => {
      const returnTo = `${location.origin}/test/fixtures/self-callback.html?tab=1#here`;
      const { state } = storeRedirect({ returnTo });
      const entries = history.length;
      const element = frames.length;
      await frame(`?code=c1&state=${state}`);
      const win = () =>
        frames[element]!.contentWindow as Window & { takeRedirectAnswer?: () => RedirectAnswer | undefined };
      await until(() => win().takeRedirectAnswer && win().location.href === returnTo);
      expect(win().takeRedirectAnswer!()?.answer.get('code')).to.equal('c1');
      const [navigation] = win().performance.getEntriesByType('navigation');
      expect(new URL(navigation!.name).search).to.equal('?tab=1');
      expect(history.length).to.equal(entries);
      expect(ears.heard).to.deep.equal([]);
    });

    it('brings an error without a state back to the page that the redirect left', async () => {
      const returnTo = `${location.origin}/test/fixtures/self-callback.html?tab=1#here`;
      const { state } = storeRedirect({ returnTo });
      // In a window: a frame is sent by a silent attempt.
      const win = popup('') as Window & { takeRedirectAnswer?: () => RedirectAnswer | undefined };
      await until(() => win.document.querySelector('p'));
      win.opener = null;
      win.location.replace(`${page}?error=access_denied&error_description=Cancelled`);
      await until(() => win.takeRedirectAnswer && win.location.href === returnTo);
      const found = win.takeRedirectAnswer!();
      expect([...found!.answer]).to.deep.equal([
        ['error', 'access_denied'],
        ['error_description', 'Cancelled'],
        ['state', state],
      ]);
    });

    it('leaves an error without a state in the address of a popup, for the page that opened it', async () => {
      clearRedirects();
      const win = popup('?error=access_denied');
      await until(() => win.location.pathname === page && win.document.readyState === 'complete');
      expect([win.closed, win.location.search]).to.deep.equal([false, '?error=access_denied']);
    });

    it('says the sentence where a redirect is not known: in another tab, or late', async () => {
      const win = await frame(`?code=c1&state=${'b'.repeat(32)};r`);
      expect(sentence(win).hidden).to.equal(false);
      expect(win.location.href).to.equal(location.origin + page);
    });

    it('says a plain sentence when opened by hand, and nothing to anyone', async () => {
      const win = await frame('?utm_source=mail');
      expect(sentence(win).hidden).to.equal(false);
      expect(ears.heard).to.deep.equal([]);
      expect(win.location.href).to.equal(location.origin + page);
    });

    it('speaks to its own origin only', async () => {
      // A frame with an opaque origin is a parent of another origin.
      const stranger = document.createElement('iframe');
      stranger.setAttribute('sandbox', 'allow-scripts');
      stranger.srcdoc = `<iframe src="${location.origin}${page}#error=x&amp;code=c1"></iframe><script>
        addEventListener('message', ({ data }) => parent.postMessage({ leaked: data }, '*'));
        document.querySelector('iframe').onload = () => parent.postMessage('loaded', '*');
      </script>`;
      frames.push(stranger);
      document.body.append(stranger);
      await until(() => ears.heard.some(({ data }) => data === 'loaded'));
      expect(ears.heard.map(({ data }) => data)).to.deep.equal(['loaded']);
    });

    if (page !== '/callback.html') {
      it('says the sentence in a window that cannot close itself', async () => {
        const win = popup(`?${answer}`, 'stays open');
        await until(() => win.document.querySelector('p')?.hidden === false);
        expect(win.location.href).to.equal(location.origin + page);
        expect(sentence(win).textContent).not.to.contain('c1');
      });

      it('waits until a prerendered page is looked at', async () => {
        const win = await frame(`?${answer}`, 'prerendering');
        expect(win.location.search).to.equal(`?${answer}`);
        expect(ears.heard).to.deep.equal([]);
        win.document.dispatchEvent(new Event('prerenderingchange'));
        await until(() => ears.heard.length === 1);
        expect(win.location.search).to.equal('');
      });
    }
  });
}
