import type { Strings } from '../texts.js';

/** Croatian. */
export default {
  signIn: 'Prijavite se kako biste razgovarali s nama.',
  signInAgain: 'Za nastavak se ponovno prijavite.',
  signInButton: 'Prijava',
  blocked: 'Preglednik je blokirao prozor za prijavu.',
  waiting: 'Dovršite prijavu u drugom prozoru.',
  reopenButton: 'Otvori ponovno',
  cancel: 'Odustani',
  failed: 'Chat trenutačno nije dostupan.',
  retryButton: 'Pokušaj ponovno',
  dismiss: 'Zatvori',
  launcher: 'Otvori chat',
} satisfies Strings;
