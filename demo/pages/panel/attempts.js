import { byId, make } from '../dom.js';
import { verdictTexts } from './texts.js';

const maxAttempts = 5;

/** @typedef {{rung: string, verdict: string, ms?: number}} Attempt */

/**
 * Shows the latest attempts to get a code, newest first. They come from the trace of `gc-error` and
 * `gc-interaction-required`. A trace grows until the next sign-in, so several events contain the same attempt.
 *
 * @param {any} element
 * @returns {() => void} stops it
 */
export function showAttempts(element) {
  /** @type {WeakSet<Attempt>} */
  const known = new WeakSet();
  const list = byId('attempt-list');

  /** @param {Attempt} attempt */
  const add = (attempt) => {
    if (known.has(attempt)) return;
    known.add(attempt);
    list.prepend(row(attempt));
    while (list.childElementCount > maxAttempts) list.lastElementChild?.remove();
    byId('attempts').hidden = false;
  };

  const failed = (/** @type {CustomEvent} */ { detail }) => detail.trace.forEach(add);
  const required = (/** @type {CustomEvent} */ { detail }) => detail.error.trace.forEach(add);
  element.addEventListener('gc-error', failed);
  element.addEventListener('gc-interaction-required', required);
  const tokens = element.token$.subscribe((/** @type {{source: string}} */ { source }) => {
    const exchanged = source === 'sign-in' || source === 'step-up';
    if (exchanged && list.childElementCount) add({ rung: 'code', verdict: 'signed-in' });
  });
  return () => {
    element.removeEventListener('gc-error', failed);
    element.removeEventListener('gc-interaction-required', required);
    tokens.unsubscribe();
  };
}

/** @param {Attempt} attempt */
function row({ rung, verdict, ms }) {
  const [tone, text] = verdictTexts[verdict] ?? ['bad', 'Failed. The timeline has a hint.'];
  return make(
    'li',
    { class: 'attempt', 'data-tone': tone },
    make('span', { class: 'attempt-sign', 'aria-hidden': 'true' }),
    make('b', {}, rung),
    make('span', { class: 'attempt-verdict' }, verdict),
    make('span', { class: 'attempt-ms' }, ms === undefined ? '' : duration(ms)),
    make('span', { class: 'attempt-words quiet' }, text),
  );
}

/** @param {number} ms */
const duration = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
