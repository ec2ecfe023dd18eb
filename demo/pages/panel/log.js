import { byId, make } from '../dom.js';

const maxEntries = 300;

/**
 * Shows the entries as text, newest first.
 *
 * @param {import('./log-entries.js').Entries} entries
 */
export function showLog(entries) {
  const list = byId('entries');
  const all = /** @type {HTMLInputElement} */ (byId('log-all'));
  all.addEventListener('change', () => list.toggleAttribute('data-all', all.checked));
  list.toggleAttribute('data-all', all.checked);

  entries.onEntry((entry) => {
    byId('log-empty').hidden = true;
    list.prepend(row(entry));
    while (list.childElementCount > maxEntries) list.lastElementChild?.remove();
  });
}

/** @param {import('./log-entries.js').Entry} entry */
function row({ at, kind, title, detail, hint, trace, minor }) {
  return make(
    'li',
    { class: 'entry', 'data-kind': kind, 'data-minor': minor },
    make('time', { datetime: new Date(at).toISOString() }, new Date(at).toLocaleTimeString('en-GB')),
    make('span', { class: 'entry-sign', 'aria-hidden': 'true' }),
    make(
      'div',
      { class: 'entry-text' },
      make('p', { class: 'entry-title' }, title),
      detail ? make('p', { class: 'quiet' }, detail) : undefined,
      hint ? make('p', { class: 'entry-hint' }, hint) : undefined,
      trace?.length ? attempts(trace) : undefined,
    ),
  );
}

/** @param {NonNullable<import('./log-entries.js').Entry['trace']>} trace */
function attempts(trace) {
  const items = trace.map(({ rung, verdict, ms }) =>
    make('li', {}, make('b', {}, rung), ` ${verdict} `, make('span', { class: 'quiet' }, `${Math.round(ms)} ms`)),
  );
  const count = trace.length === 1 ? '1 attempt' : `${trace.length} attempts`;
  return make('details', { class: 'trace' }, make('summary', {}, count), make('ol', {}, ...items));
}
