import type { Strings } from '../texts.js';

/** German. */
export default {
  signIn: 'Melden Sie sich an, um mit uns zu chatten.',
  signInAgain: 'Melden Sie sich erneut an, um fortzufahren.',
  signInButton: 'Anmelden',
  blocked: 'Der Browser hat das Anmeldefenster blockiert.',
  waiting: 'Schließen Sie die Anmeldung im anderen Fenster ab.',
  reopenButton: 'Erneut öffnen',
  cancel: 'Abbrechen',
  failed: 'Der Chat ist derzeit nicht verfügbar.',
  retryButton: 'Erneut versuchen',
  dismiss: 'Schließen',
  launcher: 'Chat öffnen',
} satisfies Strings;
