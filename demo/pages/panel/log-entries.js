import { errorEntry, messengerEntry, stateEntry, tokenEntry } from './texts.js';

/**
 * @typedef {object} Entry One event of the log.
 * @property {number} at epoch ms
 * @property {string} kind `state`, `token`, `refresh`, `code`, `prompt`, `error`, `refusal`, `socket`, `messenger` or `you`
 * @property {string} title
 * @property {string} [detail]
 * @property {string} [hint] what to do about it
 * @property {ReadonlyArray<{rung: string, verdict: string, ms: number}>} [trace] the attempts that led to an error
 * @property {boolean} [minor] shown only with "all Messenger events"
 */

/**
 * Combines the element's streams and the actions of the panel into one list of entries.
 *
 * @param {any} element
 */
export function collectEntries(element) {
  /** @type {Set<(entry: Entry) => void>} */
  const listeners = new Set();

  /** @param {Omit<Entry, 'at'>} entry */
  const record = (entry) => {
    for (const listener of listeners) listener({ at: Date.now(), ...entry });
  };

  const subscriptions = [
    element.state$.subscribe((/** @type {any} */ change) => record(stateEntry(change))),
    element.token$.subscribe((/** @type {any} */ token) => record(tokenEntry(token))),
    element.error$.subscribe((/** @type {any} */ error) => record(errorEntry(error))),
    element.messenger$.subscribe((/** @type {any} */ event) => record(messengerEntry(event))),
  ];

  return {
    record,
    /** @param {(entry: Entry) => void} listener */
    onEntry: (listener) => void listeners.add(listener),
    stop: () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
      listeners.clear();
    },
  };
}

/** @typedef {ReturnType<typeof collectEntries>} Entries */
