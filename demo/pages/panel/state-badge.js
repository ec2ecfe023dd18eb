import { byId } from '../dom.js';
import { personOf } from '../shop.js';
import { stateTexts } from './texts.js';

/**
 * Shows the element's state and who is signed in.
 *
 * @param {any} element
 * @returns {() => void} stops it
 */
export function showState(element) {
  const states = element.state$.subscribe((/** @type {{state: string}} */ { state }) => {
    for (const id of ['state', 'pill']) byId(id).dataset.state = state;
    byId('state-name').textContent = state;
    byId('state-text').textContent = stateTexts[state] ?? '';
    if (state === 'signed-out') showPerson(undefined);
  });
  const tokens = element.token$.subscribe((/** @type {{claims: Record<string, unknown>}} */ token) =>
    showPerson(token.claims),
  );
  return () => {
    states.unsubscribe();
    tokens.unsubscribe();
  };
}

/** @param {Record<string, unknown> | undefined} claims */
function showPerson(claims) {
  const { name, id } = claims ? personOf(claims) : {};
  byId('person').toggleAttribute('data-signed-out', !claims);
  byId('avatar').textContent = (name ?? id ?? '?').slice(0, 1).toUpperCase();
  byId('person-name').textContent = claims ? (name ?? id ?? 'Unknown') : 'Not signed in';
  byId('person-detail').textContent = claims ? (id ? `sub ${id}` : 'no sub claim') : 'No Genesys JWT';
}
