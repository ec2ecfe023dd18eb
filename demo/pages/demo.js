import { openControl } from './control.js';
import { byId } from './dom.js';
import { makeCollapsible } from './panel/collapse.js';
import { showCounters } from './panel/counters.js';
import { addFaultButtons } from './panel/fault-buttons.js';
import { addMethodButtons } from './panel/method-buttons.js';
import { showStateInPill } from './panel/state-pill.js';
import { addSwitches } from './panel/switch-board.js';
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
  if (!start(standInAttributes(env, site))) return;
  showCounters(control);
  await Promise.all([addFaultButtons(control, site), addSwitches(control)]);
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
    return false;
  }
  const element = document.createElement('gc-auth-messenger');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  showSnippet(attributes);

  showStateInPill(element);
  addMethodButtons(element);
  connectShop(element);
  document.body.append(element);
  return true;
}

/** @param {string} text */
function showBanner(text) {
  const banner = byId('banner');
  banner.hidden = false;
  banner.textContent = text;
}
