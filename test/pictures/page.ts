import { GcAuthError } from '../../src/core/errors.js';
import arabic from '../../src/element/locales/ar.js';
import { showFinalColors } from '../support/final-colors.js';
import { clearAway, placedWith } from '../support/harness-element.js';
import type { ElementUnderTest } from '../support/harness-element.js';

/** The page of `npm run pictures`: the element with fake ports, in the state that is asked for. */

const states: Readonly<Record<string, (under: ElementUnderTest) => unknown>> = {
  'sign in': (under) => under.toPrompt(),
  'popup open': async (under) => {
    await under.toPrompt();
    under.part('button')!.click();
  },
  'popup blocked': async (under) => {
    await under.toPrompt();
    under.code.popupBlocked = true;
    under.part('button')!.click();
  },
  'try again': ({ messenger }) => messenger.fail(new GcAuthError('script-blocked')),
  launcher: () => undefined,
};

async function show(state: string, dir: 'ltr' | 'rtl'): Promise<void> {
  await clearAway();
  document.dir = dir;
  const under = await placedWith({
    lang: dir === 'rtl' ? 'ar' : 'en',
    ...(state === 'launcher' && { loading: 'interaction' }),
  });
  if (dir === 'rtl') under.element.strings = arabic;
  await states[state]!(under);
  await under.element.updateComplete;
  showFinalColors(under.element);
}

Object.assign(window, { states: Object.keys(states), show });
