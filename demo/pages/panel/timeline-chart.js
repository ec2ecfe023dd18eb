import { byId, make } from '../dom.js';
import { eachSecond } from './ticker.js';

/** Older items are outside the chart even on the widest screen. */
const maxAgeSeconds = 180;

/**
 * Draws the last minute in three rows that scroll past a fixed “now”: states, JWTs (up to their expiry) and events. It is
 * hidden from assistive technology: the log has the same information as text.
 *
 * @param {any} element
 * @param {import('./log-entries.js').Entries} entries
 * @returns {() => void} stops it
 */
export function drawTimeline(element, entries) {
  const startedAt = Date.now();
  const past = byId('chart-past');
  const future = byId('chart-future');
  const seconds = () => (Date.now() - startedAt) / 1000;

  /** @type {HTMLElement | undefined} */
  let openState;
  const states = element.state$.subscribe((/** @type {{state: string}} */ { state }) => {
    if (openState) stretch(openState, seconds());
    openState = segment('state', state, seconds(), seconds() + maxAgeSeconds);
    openState.dataset.state = state;
    past.append(openState);
  });

  /** @type {HTMLElement | undefined} */
  let lastToken;
  const tokens = element.token$.subscribe(
    (/** @type {{issuedAt: number, expiresAt: number, source: string}} */ token) => {
      const start = Math.max(-maxAgeSeconds, (token.issuedAt - startedAt) / 1000);
      if (lastToken) stretch(lastToken, Math.min(Number(lastToken.dataset.until), start));
      lastToken = segment('token', token.source, start, (token.expiresAt - startedAt) / 1000);
      lastToken.dataset.source = token.source;
      future.append(lastToken);
    },
  );

  entries.onEntry((entry) => {
    if (entry.minor || entry.kind === 'state') return;
    past.append(mark(entry.kind, (entry.at - startedAt) / 1000));
  });

  const stopTicking = eachSecond(() => {
    const now = seconds();
    // The position at the next tick, since the transition ends then.
    for (const group of [past, future]) group.style.setProperty('--now', (now + 1).toFixed(2));
    if (openState) stretch(openState, now + maxAgeSeconds);
    for (const old of [...past.children, ...future.children]) {
      if (Number(/** @type {HTMLElement} */ (old).dataset.until) < now - maxAgeSeconds) old.remove();
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
