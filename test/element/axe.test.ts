import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { GcAuthError } from '../../src/core/errors.js';
import { addAxe, violations } from '../support/axe.js';
import { showFinalColors } from '../support/final-colors.js';
import { clearAway, placedWith } from '../support/harness-element.js';
import type { ElementUnderTest } from '../support/harness-element.js';
import { until } from '../support/until.js';
import { emulatesMedia, media } from '../support/user.js';

type Reach = (under: ElementUnderTest) => Promise<unknown>;

const act: Reach = ({ element, part }) => {
  part('button')!.click();
  return element.updateComplete;
};

/** How each state of the prompt and of the launcher is reached. */
const states: Readonly<Record<string, Reach>> = {
  'sign in': (under) => under.toPrompt(),
  'sign in again': async (under) => {
    await under.signedIn();
    under.messenger.call('reAuthenticate');
    under.code.answerSilent(new GcAuthError('login-required'));
    await under.element.updateComplete;
  },
  'popup blocked': async (under) => {
    await under.toPrompt();
    under.code.popupBlocked = true;
    await act(under);
  },
  'waiting for the popup': async (under) => {
    await under.toPrompt();
    await act(under);
  },
  'beside Messenger’s window': async (under) => {
    await under.toPrompt();
    under.messenger.emit({ type: 'window', open: true });
    await under.element.updateComplete;
  },
  'try again': ({ element, messenger }) => {
    messenger.fail(new GcAuthError('script-blocked'));
    return element.updateComplete;
  },
};

const launcherStates: Readonly<Record<string, Reach>> = {
  launcher: ({ element }) => element.updateComplete,
  'launcher that loads Messenger': ({ element, part }) => {
    part('launcher')!.click();
    return element.updateComplete;
  },
};

const schemes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  light: { 'prefers-color-scheme': 'light' },
  dark: { 'prefers-color-scheme': 'dark' },
  'forced colours': { 'forced-colors': 'active' },
};

afterEach(clearAway);

/** Every state of a table, one after the other in one page. */
async function check(table: Readonly<Record<string, Reach>>, attributes: Readonly<Record<string, string>>) {
  for (const [name, reach] of Object.entries(table)) {
    const under = await placedWith(attributes);
    await reach(under);
    const label = (): string | null | undefined => (under.part('button') ?? under.part('launcher'))?.lang;
    if (table === launcherStates) await until(() => label() === attributes['lang']);
    else await until(() => under.part('prompt')?.lang === attributes['lang']);
    showFinalColors(under.element);
    expect(await violations(under.element), name).to.eql([]);
    await clearAway();
  }
}

// The same document in each engine, so one is enough.
if (emulatesMedia) {
  describe('axe finds nothing', () => {
    before(() => (document.documentElement.style.colorScheme = 'light dark'));
    after(async () => {
      await media();
      document.documentElement.removeAttribute('style');
      document.dir = '';
      await setViewport({ width: 800, height: 600 });
    });

    for (const [lang, dir] of [
      ['en', 'ltr'],
      ['ar', 'rtl'],
    ] as const) {
      for (const [scheme, features] of Object.entries(schemes)) {
        it(`in any state of prompt and launcher, ${dir}, ${scheme}`, async () => {
          document.dir = dir;
          await media(features);
          await check(states, { lang });
          await check(launcherStates, { lang, loading: 'interaction' });
        });
      }
    }

    it('on the callback page, which says its sentence', async () => {
      for (const features of Object.values(schemes)) {
        await media(features);
        const frame = document.createElement('iframe');
        frame.title = 'Callback page';
        frame.src = '/callback.html';
        document.body.append(frame);
        await until(() => frame.contentDocument?.querySelector('p')?.hidden === false);
        await addAxe(frame.contentWindow!);
        expect(await violations(frame.contentDocument!)).to.eql([]);
        frame.remove();
      }
    });

    it('in any state on a phone', async () => {
      document.dir = '';
      await media();
      await setViewport({ width: 320, height: 568 });
      await check(states, { lang: 'en' });
      await check(launcherStates, { lang: 'en', loading: 'interaction' });
    });
  });
}
