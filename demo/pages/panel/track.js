import { byId, make } from '../dom.js';
import { eachSecond } from './ticker.js';

/** What is older has left the window even on the widest screen. */
const keptSeconds = 180;

/**
 * The last minute as three lanes that move under a fixed “now”: states, JWTs (reaching ahead to their expiry), events.
 * It is decoration for the eyes; the list of entries says the same in words.
 *
 * @param {any} element
 * @param {import('./entries.js').Entries} entries
 * @returns {() => void} lets go of streams and timer
 */
export function drawTrack(element, entries) {
  const began = Date.now();
  const past = byId('track-past');
  const ahead = byId('track-ahead');
  const seconds = () => (Date.now() - began) / 1000;

  /** @type {HTMLElement | undefined} */
  let openState;
  const states = element.state$.subscribe((/** @type {{state: string}} */ { state }) => {
    if (openState) stretch(openState, seconds());
    openState = segment('state', state, seconds(), seconds() + keptSeconds);
    openState.dataset.state = state;
    past.append(openState);
  });

  /** @type {HTMLElement | undefined} */
  let lastToken;
  const tokens = element.token$.subscribe(
    (/** @type {{issuedAt: number, expiresAt: number, source: string}} */ token) => {
      const start = Math.max(-keptSeconds, (token.issuedAt - began) / 1000);
      if (lastToken) stretch(lastToken, Math.min(Number(lastToken.dataset.until), start));
      lastToken = segment('token', token.source, start, (token.expiresAt - began) / 1000);
      lastToken.dataset.source = token.source;
      ahead.append(lastToken);
    },
  );

  entries.onEntry((entry) => {
    if (entry.minor || entry.kind === 'state') return;
    past.append(mark(entry.kind, (entry.at - began) / 1000));
  });

  const stopTicking = eachSecond(() => {
    const now = seconds();
    // Aims at the next tick: the transition takes as long as that takes to come.
    for (const group of [past, ahead]) group.style.setProperty('--now', (now + 1).toFixed(2));
    if (openState) stretch(openState, now + keptSeconds);
    for (const old of [...past.children, ...ahead.children]) {
      if (Number(/** @type {HTMLElement} */ (old).dataset.until) < now - keptSeconds) old.remove();
    }
  });

  return () => {
    states.unsubscribe();
    tokens.unsubscribe();
    stopTicking();
  };
}

/** @param {string} kind @param {string} label @param {number} from seconds @param {number} until seconds */
function segment(kind, label, from, until) {
  const element = make('span', { class: `segment segment-${kind}` }, make('span', {}, label));
  element.style.setProperty('--from', from.toFixed(2));
  element.dataset.from = String(from);
  stretch(element, until);
  return element;
}

/** @param {HTMLElement} element @param {number} until seconds */
function stretch(element, until) {
  element.dataset.until = String(until);
  element.style.setProperty('--for', Math.max(0, until - Number(element.dataset.from)).toFixed(2));
}

/** @param {string} kind @param {number} at seconds */
function mark(kind, at) {
  const element = make('span', { class: 'mark', 'data-kind': kind, 'data-until': String(at) });
  element.style.setProperty('--from', at.toFixed(2));
  return element;
}
