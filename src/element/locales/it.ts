import type { Strings } from '../texts.js';

/** Italian. */
export default {
  signIn: 'Acceda per chattare con noi.',
  signInAgain: 'Acceda di nuovo per continuare.',
  signInButton: 'Accedi',
  blocked: 'Il browser ha bloccato la finestra di accesso.',
  waiting: 'Completi l’accesso nell’altra finestra.',
  reopenButton: 'Riapri',
  cancel: 'Annulla',
  failed: 'La chat non è disponibile al momento.',
  retryButton: 'Riprova',
  dismiss: 'Chiudi',
  launcher: 'Apri la chat',
} satisfies Strings;
