import { byId } from '../dom.js';
import { personOf } from '../shop.js';
import { stateWords } from './words.js';

/**
 * Says in one badge and one sentence how things stand, and who is signed in.
 *
 * @param {any} element
 * @returns {() => void} lets go of the streams
 */
export function showState(element) {
  const states = element.state$.subscribe((/** @type {{state: string}} */ { state }) => {
    for (const id of ['state', 'pill']) byId(id).dataset.state = state;
    byId('state-name').textContent = state;
    byId('state-text').textContent = stateWords[state] ?? '';
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
  byId('person').toggleAttribute('data-nobody', !claims);
  byId('avatar').textContent = (name ?? id ?? '?').slice(0, 1).toUpperCase();
  byId('person-name').textContent = claims ? (name ?? id ?? 'Someone') : 'Nobody yet';
  byId('person-detail').textContent = claims ? (id ? `sub ${id}` : 'no sub claim') : 'No Genesys JWT';
}
