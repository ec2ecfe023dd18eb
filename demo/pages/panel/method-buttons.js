import { byId } from '../dom.js';
import { rememberForReturn } from '../setup.js';
import { actionCard } from './action-card.js';

/**
 * Buttons that call the element's methods.
 *
 * @param {any} element
 */
export function addMethodButtons(element) {
  /** @param {{expiresAt: number}} token */
  const validUntil = (token) => `JWT valid until ${new Date(token.expiresAt).toLocaleTimeString('en-GB')}.`;

  /** @type {import('./action-card.js').Action[]} */
  const actions = [
    { title: 'Sign in', expect: 'Opens the provider’s page in a popup.', run: () => element.signIn() },
    { title: 'Open chat', expect: 'Opens the Messenger window.', run: () => element.open() },
    { title: 'Close chat', expect: 'The draft is kept.', run: () => element.close() },
    { title: 'Refresh now', expect: 'Gets a new JWT.', run: async () => validUntil(await element.refresh()) },
    {
      title: 'Reauthenticate',
      expect: 'Gets a new code and a new Genesys JWT. No prompt while you are signed in at the provider.',
      run: async () => validUntil(await element.reauthenticate()),
    },
    { title: 'Sign out here', expect: 'Signs out of Genesys, but not of the provider.', run: () => element.signOut() },
    {
      title: 'Sign out everywhere',
      expect: 'Signs out of Genesys, then of the provider, and returns to this page.',
      run: () => {
        rememberForReturn();
        return element.signOut({ provider: true });
      },
    },
  ];
  byId('method-list').replaceChildren(...actions.map((action) => actionCard(action)));
}
