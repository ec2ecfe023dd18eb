import { openControl } from './control.js';
import { byId } from './dom.js';
import { showAttempts } from './panel/attempts.js';
import { offerBreakers } from './panel/breakers.js';
import { offerControls } from './panel/controls.js';
import { countVisits } from './panel/counters.js';
import { collectEntries } from './panel/entries.js';
import { letFold } from './panel/fold.js';
import { showLifetime } from './panel/lifetime-bar.js';
import { writeLog } from './panel/log.js';
import { showState } from './panel/state-badge.js';
import { offerSwitches } from './panel/switch-board.js';
import { drawTrack } from './panel/track.js';
import { offerRealForm } from './real-form.js';
import { chosenSite, providerOf, readEnvironment, standInAttributes } from './setup.js';
import { furnishShop } from './shop.js';
import { letCopySnippet, showSnippet } from './snippet.js';

const site = chosenSite();
document.documentElement.dataset.site = site;
document.querySelector(`[data-site="${site}"]:not(:root)`)?.setAttribute('aria-current', 'page');
letFold();
letCopySnippet();

try {
  if (site === 'real') startReal();
  else await startStandIn();
} catch (error) {
  tell(`The demo could not start: ${error instanceof Error ? error.message : String(error)}`);
}

async function startStandIn() {
  const env = await readEnvironment();
  const control = openControl(env, providerOf(env, site));
  const entries = start(standInAttributes(env, site));
  if (!entries) return;
  countVisits(control);
  await Promise.all([offerBreakers(control, site, entries), offerSwitches(control)]);
}

function startReal() {
  const attributes = offerRealForm();
  byId('panel').toggleAttribute('data-waiting', !attributes);
  if (attributes) start(attributes);
}

/** Puts the element into the page, with everything that watches it already watching. */
function start(/** @type {Record<string, string>} */ attributes) {
  if (!customElements.get('gc-auth-messenger')) {
    tell('The element is not built: run npm run build, then reload.');
    return undefined;
  }
  const element = document.createElement('gc-auth-messenger');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  showSnippet(attributes);

  const entries = collectEntries(element);
  writeLog(entries);
  const stops = [
    showState(element),
    showLifetime(element),
    drawTrack(element, entries),
    showAttempts(element),
    entries.stop,
  ];
  addEventListener('pagehide', ({ persisted }) => {
    if (!persisted) for (const stop of stops) stop();
  });

  offerControls(element, entries);
  furnishShop(element);
  document.body.append(element);
  return entries;
}

/** @param {string} sentence */
function tell(sentence) {
  const banner = byId('banner');
  banner.hidden = false;
  banner.textContent = sentence;
}
