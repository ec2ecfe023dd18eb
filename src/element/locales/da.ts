import type { Strings } from '../texts.js';

/** Danish. */
export default {
  signIn: 'Log ind for at chatte med os.',
  signInAgain: 'Log ind igen for at fortsætte.',
  signInButton: 'Log ind',
  blocked: 'Browseren blokerede loginvinduet.',
  waiting: 'Fuldfør login i det andet vindue.',
  reopenButton: 'Åbn igen',
  cancel: 'Annuller',
  failed: 'Chatten er ikke tilgængelig lige nu.',
  retryButton: 'Prøv igen',
  dismiss: 'Luk',
  launcher: 'Åbn chat',
} satisfies Strings;
