import { byId } from '../dom.js';

/**
 * Shows the state in the badge that is visible while the inspector is not.
 *
 * @param {any} element
 */
export function showStateInPill(element) {
  element.state$.subscribe((/** @type {{state: string}} */ { state }) => {
    byId('pill').dataset.state = state;
    byId('pill-text').textContent = state;
  });
}
