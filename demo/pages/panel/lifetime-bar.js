import { byId } from '../dom.js';
import { eachSecond } from './ticker.js';

/** @typedef {{issuedAt: number, expiresAt: number, source: string}} Token */

/**
 * The life of the Genesys JWT as a bar that runs down, and refills when a new one is there.
 *
 * @param {any} element
 * @returns {() => void} lets go of streams and timer
 */
export function showLifetime(element) {
  /** @type {Token | undefined} */
  let token;
  const tokens = element.token$.subscribe((/** @type {Token} */ next) => {
    token = next;
    refill(share(token, 0));
    draw(token);
  });
  const states = element.state$.subscribe((/** @type {{state: string}} */ { state }) => {
    byId('pill-text').dataset.state = state;
    if (state === 'signed-out') token = undefined;
    draw(token);
  });
  const stopTicking = eachSecond(() => draw(token));
  return () => {
    tokens.unsubscribe();
    states.unsubscribe();
    stopTicking();
  };
}

/** The slow transition is for running down; a refill is quick. */
function refill(/** @type {number} */ to) {
  const fill = byId('bar-fill');
  fill.toggleAttribute('data-refill', true);
  fill.style.setProperty('--share', to.toFixed(4));
  setTimeout(() => fill.toggleAttribute('data-refill', false), 450);
}

/** @param {Token | undefined} token */
function draw(token) {
  const total = token ? Math.max(1, (token.expiresAt - token.issuedAt) / 1000) : 1;
  const left = token ? (token.expiresAt - Date.now()) / 1000 : 0;
  const seconds = Math.max(0, Math.ceil(left));

  byId('lifetime').dataset.level = level(token);
  const fill = byId('bar-fill');
  // Aims at the next tick: the transition takes as long as that takes to come.
  if (!fill.hasAttribute('data-refill')) fill.style.setProperty('--share', share(token, 1000).toFixed(4));
  byId('lifetime-seconds').textContent = token ? clock(seconds) : '–';
  byId('lifetime-unit').textContent = token ? (seconds < 100 ? ' s left' : ' left') : '';
  byId('lifetime-detail').textContent = token
    ? sentence(token, left)
    : 'It runs down here, and refills when it is renewed.';
  const pill = byId('pill-text');
  pill.textContent = `${pill.dataset.state ?? 'loading'}${token && left > 0 ? ` · ${clock(seconds)}${seconds < 100 ? ' s' : ''}` : ''}`;

  const bar = byId('bar');
  bar.setAttribute('aria-valuemax', String(Math.round(total)));
  bar.setAttribute('aria-valuenow', String(Math.min(seconds, Math.round(total))));
  bar.setAttribute('aria-valuetext', token ? `${seconds} of ${Math.round(total)} seconds left` : 'No JWT');
}

/** @param {Token | undefined} token @param {number} aheadMs @returns {number} what is left then, from 0 to 1 */
function share(token, aheadMs) {
  if (!token) return 0;
  const left = token.expiresAt - Date.now() - aheadMs;
  return Math.min(1, Math.max(0, left / Math.max(1000, token.expiresAt - token.issuedAt)));
}

/** @param {Token | undefined} token */
function level(token) {
  if (!token) return 'none';
  const now = share(token, 0);
  if (now === 0) return 'gone';
  return now < 0.2 ? 'low' : 'good';
}

/** @param {Token} token @param {number} left seconds */
function sentence(token, left) {
  const origins = {
    'sign-in': 'From a code',
    refresh: 'Renewed',
    restored: 'Kept from before',
    'step-up': 'From step-up',
  };
  const origin = origins[/** @type {keyof typeof origins} */ (token.source)] ?? token.source;
  const end = left > 0 ? 'expires' : 'expired';
  return `${origin} · issued ${time(token.issuedAt)} · ${end} ${time(token.expiresAt)}`;
}

/** @param {number} seconds */
const clock = (seconds) =>
  seconds < 100 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** @param {number} at epoch ms */
const time = (at) => new Date(at).toLocaleTimeString('en-GB');
