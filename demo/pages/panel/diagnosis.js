import { byId, make } from '../dom.js';

/** @typedef {{name: string, ok?: boolean, found: string, hint?: string}} Check */

/**
 * Shows the result of `diagnose()`, problems first.
 *
 * @param {{ok: boolean, checks: readonly Check[]}} diagnosis
 * @returns {string} summary
 */
export function showDiagnosis({ ok, checks }) {
  const box = byId('diagnosis');
  const wrong = checks.filter((check) => check.ok === false).length;
  const order = [...checks].sort((a, b) => rank(a) - rank(b));
  box.hidden = false;
  box.replaceChildren(make('h4', {}, 'Result of the diagnosis'), make('ul', {}, ...order.map(row)));
  return ok ? `No problem in ${checks.length} checks.` : `${wrong} of ${checks.length} checks found a problem.`;
}

/** @param {Check} check */
const verdict = ({ ok }) => (ok === undefined ? 'unknown' : ok ? 'good' : 'wrong');

/** @param {Check} check */
const rank = (check) => ['wrong', 'unknown', 'good'].indexOf(verdict(check));

/** @param {Check} check */
function row(check) {
  const kind = verdict(check);
  return make(
    'li',
    { 'data-verdict': kind },
    make('b', {}, `${{ good: '✓', wrong: '✕', unknown: '?' }[kind]} ${check.name}`),
    make('span', { class: 'quiet' }, check.found),
    check.hint ? make('span', { class: 'entry-hint' }, check.hint) : undefined,
  );
}
