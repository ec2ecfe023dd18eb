import { openControl } from './control.js';
import { byId } from './dom.js';
import { showAttempts } from './panel/attempts.js';
import { makeCollapsible } from './panel/collapse.js';
import { showCounters } from './panel/counters.js';
import { addFaultButtons } from './panel/fault-buttons.js';
import { showLifetime } from './panel/lifetime-bar.js';
import { showLog } from './panel/log.js';
import { collectEntries } from './panel/log-entries.js';
import { addMethodButtons } from './panel/method-buttons.js';
import { showState } from './panel/state-badge.js';
import { addSwitches } from './panel/switch-board.js';
import { drawTimeline } from './panel/timeline-chart.js';
import { showRealForm } from './real-form.js';
import { chosenSite, providerOf, readEnvironment, standInAttributes } from './setup.js';
import { connectShop } from './shop.js';
import { addCopyButton, showSnippet } from './snippet.js';

const site = chosenSite();
document.documentElement.dataset.site = site;
document.querySelector(`[data-site="${site}"]:not(:root)`)?.setAttribute('aria-current', 'page');
makeCollapsible();
addCopyButton();

try {
  if (site === 'real') startReal();
  else await startStandIn();
} catch (error) {
  showBanner(`The demo could not start: ${error instanceof Error ? error.message : String(error)}`);
}

async function startStandIn() {
  const env = await readEnvironment();
  const control = openControl(env, providerOf(env, site));
  const entries = start(standInAttributes(env, site));
  if (!entries) return;
  showCounters(control);
  await Promise.all([addFaultButtons(control, site, entries), addSwitches(control)]);
}

function startReal() {
  const attributes = showRealForm();
  byId('panel').toggleAttribute('data-waiting', !attributes);
  if (attributes) start(attributes);
}

/** Adds the element to the page, after everything that observes it. */
function start(/** @type {Record<string, string>} */ attributes) {
  if (!customElements.get('gc-auth-messenger')) {
    showBanner('The element is not built. Run npm run build, then reload.');
    return undefined;
  }
  const element = document.createElement('gc-auth-messenger');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  showSnippet(attributes);

  const entries = collectEntries(element);
  showLog(entries);
  const stops = [
    showState(element),
    showLifetime(element),
    drawTimeline(element, entries),
    showAttempts(element),
    entries.stop,
  ];
  addEventListener('pagehide', ({ persisted }) => {
    if (!persisted) for (const stop of stops) stop();
  });

  addMethodButtons(element, entries);
  connectShop(element);
  document.body.append(element);
  return entries;
}

/** @param {string} text */
function showBanner(text) {
  const banner = byId('banner');
  banner.hidden = false;
  banner.textContent = text;
}
