import { byId } from '../dom.js';
import { rememberForReturn } from '../setup.js';
import { actionCard } from './action.js';
import { showDiagnosis } from './diagnosis.js';

/**
 * The element's methods as buttons.
 *
 * @param {any} element
 * @param {import('./entries.js').Entries} entries
 */
export function offerControls(element, entries) {
  /** @param {{expiresAt: number}} token */
  const good = (token) => `A JWT until ${new Date(token.expiresAt).toLocaleTimeString('en-GB')}.`;

  /** @type {import('./action.js').Action[]} */
  const actions = [
    { title: 'Sign in', expect: 'The provider’s window opens in this very click.', run: () => element.signIn() },
    { title: 'Open chat', expect: 'Messenger’s window.', run: () => element.open() },
    { title: 'Close chat', expect: 'What was typed stays.', run: () => element.close() },
    { title: 'Refresh now', expect: 'A new JWT; the bar refills.', run: async () => good(await element.refresh()) },
    {
      title: 'Reauthenticate',
      expect: 'A fresh code and a new Genesys session; no prompt while the provider knows you.',
      run: async () => good(await element.reauthenticate()),
    },
    { title: 'Sign out here', expect: 'Genesys forgets you; the provider does not.', run: () => element.signOut() },
    {
      title: 'Sign out everywhere',
      expect: 'Genesys first, then the provider, then back to this page.',
      run: () => {
        rememberForReturn();
        return element.signOut({ provider: true });
      },
    },
    {
      title: 'Diagnose',
      expect: 'The setup doctor looks at this page.',
      run: async () => showDiagnosis(await element.diagnose()),
    },
  ];
  const record = (/** @type {string} */ title) => entries.record({ kind: 'you', title: `You: ${title}` });
  byId('control-list').replaceChildren(...actions.map((action) => actionCard(action, record)));
}
