import { byId } from '../dom.js';
import { eachSecond } from './ticker.js';

/** @typedef {{issuedAt: number, expiresAt: number, source: string}} Token */

/**
 * Shows the remaining lifetime of the Genesys JWT as a bar.
 *
 * @param {any} element
 * @returns {() => void} stops it
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

/** A new JWT: the bar uses a short transition instead of the long one between ticks. */
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
  // The value at the next tick, since the transition ends then.
  if (!fill.hasAttribute('data-refill')) fill.style.setProperty('--share', share(token, 1000).toFixed(4));
  byId('lifetime-seconds').textContent = token ? clock(seconds) : '–';
  byId('lifetime-unit').textContent = token ? (seconds < 100 ? ' s left' : ' left') : '';
  byId('lifetime-detail').textContent = token ? sentence(token, left) : 'Remaining lifetime.';
  const pill = byId('pill-text');
  pill.textContent = `${pill.dataset.state ?? 'loading'}${token && left > 0 ? ` · ${clock(seconds)}${seconds < 100 ? ' s' : ''}` : ''}`;

  const bar = byId('bar');
  bar.setAttribute('aria-valuemax', String(Math.round(total)));
  bar.setAttribute('aria-valuenow', String(Math.min(seconds, Math.round(total))));
  bar.setAttribute('aria-valuetext', token ? `${seconds} of ${Math.round(total)} seconds left` : 'No JWT');
}

/** @param {Token | undefined} token @param {number} aheadMs @returns {number} remaining share of the lifetime, from 0 to 1 */
function share(token, aheadMs) {
  if (!token) return 0;
  const left = token.expiresAt - Date.now() - aheadMs;
  return Math.min(1, Math.max(0, left / Math.max(1000, token.expiresAt - token.issuedAt)));
}

/** @param {Token | undefined} token */
function level(token) {
  if (!token) return 'none';
  const now = share(token, 0);
  if (now === 0) return 'expired';
  return now < 0.2 ? 'low' : 'good';
}

/** @param {Token} token @param {number} left seconds */
function sentence(token, left) {
  const origins = {
    'sign-in': 'From a code',
    refresh: 'Renewed',
    restored: 'From an earlier page',
    'step-up': 'From a step-up',
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
