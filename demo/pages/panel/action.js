import { make } from '../dom.js';

let count = 0;

/**
 * @typedef {object} Action Something a visitor can do.
 * @property {string} title
 * @property {string} expect what will be seen
 * @property {() => Promise<string | void>} [run] does it, in the click; resolves with what came of it
 * @property {string} [href] leads there instead
 * @property {(pressed: boolean) => Promise<string | void>} [toggle] turns it on and off instead
 * @property {boolean} [pressed] how a toggle starts
 */

/**
 * A button with what to expect beside it, and room for what came of it.
 *
 * @param {Action} action
 * @param {(title: string) => void} [record] told when it is used
 * @returns {HTMLElement & {press?: (pressed: boolean) => void}}
 */
export function actionCard({ title, expect, run, href, toggle, pressed = false }, record) {
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
    record?.(toggle ? `${title}: ${on ? 'on' : 'off'}` : title);
    outcome.textContent = '…';
    outcome.toggleAttribute('data-bad', false);
    try {
      // No await before this line: a popup may only open in the click itself.
      const said = await (toggle ? toggle(on) : run?.());
      if (toggle) press(on);
      outcome.textContent = said ?? '';
    } catch (error) {
      outcome.toggleAttribute('data-bad', true);
      outcome.textContent = reason(error);
    }
  });
  return Object.assign(card, toggle ? { press } : {});
}

/** @param {any} error */
function reason(error) {
  return [error?.code, error?.message, error?.hint].filter(Boolean).join(' · ') || String(error);
}
