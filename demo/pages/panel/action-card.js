import { byId, make } from '../dom.js';

let count = 0;

/**
 * @typedef {object} Action A button or link of the panel.
 * @property {string} title
 * @property {string} expect what to expect
 * @property {() => Promise<string | void>} [run] click handler; resolves with a result to show
 * @property {string} [href] makes it a link
 * @property {(pressed: boolean) => Promise<string | void>} [toggle] makes it a toggle button; its handler
 * @property {boolean} [pressed] initial state of a toggle button
 */

/**
 * A button with a description and its result. The inspector notes each click.
 *
 * @param {Action} action
 * @returns {HTMLElement & {press?: (pressed: boolean) => void}}
 */
export function actionCard({ title, expect, run, href, toggle, pressed = false }) {
  count += 1;
  const id = `action-${count}`;
  const outcome = make('output', { class: 'outcome' });
  const button = href
    ? make('a', { class: 'action-button', href, 'aria-describedby': id }, title)
    : make('button', { class: 'action-button', type: 'button', 'aria-describedby': id }, title);
  const card = make('div', { class: 'action' }, button, make('p', { id, class: 'quiet' }, expect), outcome);
  if (href) return card;

  /** @param {boolean} on */
  const press = (on) => {
    button.setAttribute('aria-pressed', String(on));
    card.toggleAttribute('data-pressed', on);
  };
  if (toggle) press(pressed);

  button.addEventListener('click', async () => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    const inspector = /** @type {any} */ (byId('inspector'));
    inspector.note?.(`You: ${title}${toggle ? (on ? ', on' : ', off') : ''}`);
    outcome.textContent = '…';
    outcome.toggleAttribute('data-bad', false);
    try {
      // No await before this line: a popup can open only in the task of the click.
      const result = await (toggle ? toggle(on) : run?.());
      if (toggle) press(on);
      outcome.textContent = result ?? '';
    } catch (error) {
      outcome.toggleAttribute('data-bad', true);
      outcome.textContent = errorText(error);
    }
  });
  return Object.assign(card, toggle ? { press } : {});
}

/** @param {any} error */
function errorText(error) {
  return [error?.code, error?.message, error?.hint].filter(Boolean).join(' · ') || String(error);
}
