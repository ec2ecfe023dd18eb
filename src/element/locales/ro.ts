import type { Strings } from '../texts.js';

/** Romanian. */
export default {
  signIn: 'Conectați-vă pentru a discuta cu noi.',
  signInAgain: 'Conectați-vă din nou pentru a continua.',
  signInButton: 'Conectare',
  blocked: 'Browserul a blocat fereastra de conectare.',
  waiting: 'Finalizați conectarea în cealaltă fereastră.',
  reopenButton: 'Redeschidere',
  cancel: 'Anulare',
  failed: 'Chatul nu este disponibil momentan.',
  retryButton: 'Încercați din nou',
  dismiss: 'Închidere',
  launcher: 'Deschideți chatul',
} satisfies Strings;
