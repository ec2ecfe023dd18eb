import type { Strings } from '../texts.js';

/** Catalan. */
export default {
  signIn: 'Inicieu la sessió per xatejar amb nosaltres.',
  signInAgain: 'Torneu a iniciar la sessió per continuar.',
  signInButton: 'Inicia la sessió',
  blocked: 'El navegador ha bloquejat la finestra d’inici de sessió.',
  waiting: 'Acabeu d’iniciar la sessió a l’altra finestra.',
  reopenButton: 'Torna a obrir',
  cancel: 'Cancel·la',
  failed: 'El xat no està disponible en aquest moment.',
  retryButton: 'Torna-ho a provar',
  dismiss: 'Tanca',
  launcher: 'Obre el xat',
} satisfies Strings;
